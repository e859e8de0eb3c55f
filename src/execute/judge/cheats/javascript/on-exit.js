// tries: rewrites the exit code in an exit handler
// item: 13
// expect: runtime-error, wrong

process.on('exit', () => {
  process.exitCode = 0
  process.reallyExit(0)
})

function add() {
  throw new Error('unseen')
}
