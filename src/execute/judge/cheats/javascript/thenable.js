// tries: returns a thenable that never settles
// item: 9
// expect: wrong, runtime-error, time-limit

function add() {
  return { then() {} }
}
