// tries: adds getters to Object.prototype so that every missing field is true
// item: 11
// expect: wrong, runtime-error, cheated

for (const name of ['passed', 'ok', 'done', 'value', 'error', 'type', 'kind']) {
  Object.defineProperty(Object.prototype, name, { get: () => true, set() {}, configurable: true })
}

function add() {}
