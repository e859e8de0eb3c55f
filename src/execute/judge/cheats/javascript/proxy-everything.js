// tries: returns a Proxy that answers every question with itself
// item: 9
// expect: wrong, runtime-error

const anything = new Proxy(function () {}, {
  get: (target, key) => (key === Symbol.toPrimitive ? () => 5 : anything),
  has: () => true,
  apply: () => anything,
  getPrototypeOf: () => Number.prototype,
})

function add() {
  return anything
}
