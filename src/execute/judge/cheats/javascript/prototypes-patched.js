// tries: patches JSON, Object.is, Array.prototype and Function.prototype, which a driver may use
// item: 11
// expect: wrong, runtime-error, cheated

Object.is = () => true
JSON.stringify = () => '{"ok":true,"value":5}'
JSON.parse = () => ({ ok: true })
Array.prototype.every = () => true
Array.prototype.push = function () {
  return 0
}
Array.prototype.map = function () {
  return [5]
}
Function.prototype.call = Function.prototype.apply = () => 5
Buffer.from = () => ({ length: 0 })

function add() {}
