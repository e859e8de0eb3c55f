// tries: to find secrets in its environment and in what node tells of itself
// expect: ok
// limits: cpu=3 wall=8 memory=256
const tries = (what, attempt) => {
  try {
    const seen = attempt()
    if (seen) console.log('ESCAPED:', what, seen)
  } catch {}
}
const found = (text) => (/CANARY_VARIABLE|TOKEN|API_KEY|npm_/.test(text) ? text : null)
tries('env', () => found(JSON.stringify(process.env)))
tries('report', () => found(JSON.stringify(process.report.getReport().environmentVariables)))
tries('environ', () => found(require('fs').readFileSync('/proc/self/environ', 'utf8')))
console.log('held')
