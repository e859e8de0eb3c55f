// tries: ends the process with status 0 before any test
// item: 13
// expect: runtime-error

process.exit(0)

function add() {}
