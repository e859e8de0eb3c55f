// tries: returns a thenable that resolves to another one for ever
// item: 22
// expect: wrong, runtime-error, time-limit

function again(resolve) {
  resolve({ then: again })
}

function add() {
  return { then: again }
}
