// tries: returns objects that become the right number when coerced
// item: 9
// expect: wrong, runtime-error

function add(a, b) {
  let turn = 0
  return { valueOf: () => [5, 0, 0.3][turn++], toString: () => '5', [Symbol.toPrimitive]: () => [5, 0, 0.3][turn++] }
}
