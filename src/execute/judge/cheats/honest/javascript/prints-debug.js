// honest: prints while it works

function add(a, b) {
  console.log('adding', a, b)
  console.error('FAILED? no: é ✓')
  return Array.isArray(a) ? [...a, ...b] : a + b
}
