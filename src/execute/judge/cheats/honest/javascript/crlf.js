// honest: has CRLF line ends

function add(a, b) {
  const text = `one
two`
  return Array.isArray(a) ? [...a, ...b] : a + b
}
