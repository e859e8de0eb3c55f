// tries: uses the inner ways out: reallyExit, abort and kill
// item: 13
// expect: runtime-error

function add(a, b) {
  process.exitCode = 0
  process.reallyExit(0)
  process.kill(process.pid, 'SIGTERM')
}
