// tries: returns an array nested a hundred thousand deep
// item: 23
// expect: wrong, runtime-error, memory-limit, cheated, time-limit

function add() {
  let value = []
  for (let i = 0; i < 100000; i++) value = [value]
  return value
}
