// tries: swallows every uncaught exception
// item: 13
// expect: runtime-error, wrong

process.on('uncaughtException', () => process.exit(0))
process.on('unhandledRejection', () => process.exit(0))

function add() {
  throw new Error('unseen')
}
