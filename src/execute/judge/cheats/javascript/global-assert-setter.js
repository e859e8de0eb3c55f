// tries: guards the global name assert with a getter that always agrees
// item: 12
// expect: wrong, runtime-error

const yes = new Proxy(function () {}, { get: () => yes, apply: () => true })
for (const name of ['assert', 'check', 'candidate', 'expect']) {
  try {
    Object.defineProperty(globalThis, name, { get: () => yes, set() {}, configurable: false })
  } catch {}
}

function add() {}
