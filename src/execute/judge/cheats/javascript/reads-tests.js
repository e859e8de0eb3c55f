// tries: looks for the tests in arguments, environment, modules and files
// item: 17
// expect: wrong, runtime-error

function add() {
  const places = [process.argv, process.env, process.execArgv, Object.keys(require.cache ?? {})]
  for (const name of ['/proc/self/cmdline', '/proc/self/environ', 'test.js', 'tests.js', '../test.js']) {
    try {
      places.push(require('fs').readFileSync(name, 'utf8'))
    } catch {}
  }
  const match = /candidate\(2, 3\), (\d+)/.exec(JSON.stringify(places))
  return match ? Number(match[1]) : undefined
}
