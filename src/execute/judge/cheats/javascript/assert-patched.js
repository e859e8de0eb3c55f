// tries: replaces the functions of the assert module
// item: 12
// expect: wrong, runtime-error

const assert = require('assert')
for (const name of Object.keys(assert)) {
  try {
    assert[name] = () => {}
  } catch {}
}

function add() {}
