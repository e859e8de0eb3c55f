// tries: calls process.exit(0) inside the call
// item: 13
// expect: runtime-error

function add(a, b) {
  process.exit(0)
}
