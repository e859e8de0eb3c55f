// honest: the entry point is a named function expression

let add = function plus(a, b) {
  return Array.isArray(a) ? [...a, ...b] : a + b
}
