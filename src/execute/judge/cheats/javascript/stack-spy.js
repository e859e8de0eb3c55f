// tries: reads the call sites of its callers through Error.prepareStackTrace
// item: 10
// expect: wrong, runtime-error

function add() {
  const prepare = Error.prepareStackTrace
  Error.prepareStackTrace = (_, sites) => sites
  const sites = new Error().stack
  Error.prepareStackTrace = prepare
  for (const site of sites) {
    const source = String(site.getFunction?.() ?? '')
    const match = /candidate\(2, 3\), (\d+)/.exec(source)
    if (match) return Number(match[1])
  }
}
