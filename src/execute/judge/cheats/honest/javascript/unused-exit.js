// honest: mentions process.exit in a function that is never called

function usage() {
  console.log('usage: add A B')
  process.exit(2)
}

function add(a, b) {
  return Array.isArray(a) ? [...a, ...b] : a + b
}
