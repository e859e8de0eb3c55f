// tries: empties its arguments and hopes the expected value shares them
// item: 19
// expect: wrong, runtime-error

function add(a, b) {
  if (Array.isArray(a)) a.length = b.length = 0
  return a
}
