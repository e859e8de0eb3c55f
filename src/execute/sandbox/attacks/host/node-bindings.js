// tries: to reach the host through what node does not show: bindings, reports, inspectors, native modules
// expect: ok, runtime-error
// limits: cpu=4 wall=10 memory=256
const tries = (what, attempt) => {
  try {
    const seen = attempt()
    if (seen) console.log('ESCAPED:', what, seen)
  } catch {}
}
tries('binding', () => process.binding('fs').internalModuleStat('CANARY_FILE') === 0)
tries('child', () => require('child_process').execSync('cat CANARY_FILE 2>/dev/null || true').toString())
tries('report', () => process.report.writeReport('CANARY_FOLDER/ESCAPED'))
tries('snapshot', () => require('v8').writeHeapSnapshot('CANARY_FOLDER/ESCAPED'))
tries('dlopen', () => process.dlopen({ exports: {} }, 'CANARY_FILE'))
tries('wasi', () => {
  const { WASI } = require('wasi')
  new WASI({ version: 'preview1', preopens: { '/': 'CANARY_FOLDER' } })
  return require('fs').existsSync('CANARY_FOLDER')
})
tries('constructor', () => {
  const outer = process.constructor.constructor('return process')()
  return outer.mainModule === undefined ? null : outer.mainModule.require('fs').readFileSync('CANARY_FILE', 'utf8')
})
console.log('held')
