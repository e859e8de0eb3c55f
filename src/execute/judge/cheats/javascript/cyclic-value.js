// tries: returns an object that holds itself
// item: 23
// expect: wrong, runtime-error, memory-limit, time-limit

function add() {
  const value = []
  value.push(value)
  return value
}
