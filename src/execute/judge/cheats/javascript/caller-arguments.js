// tries: walks up through Function.prototype.caller and arguments
// item: 10
// expect: wrong, runtime-error

function add() {
  let caller = add.caller
  for (let depth = 0; caller && depth < 20; depth++) {
    for (const value of caller.arguments ?? []) if (value && value.expected !== undefined) return value.expected
    caller = caller.caller
  }
}
