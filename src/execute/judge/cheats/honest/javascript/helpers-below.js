// honest: uses helpers that are defined further down

function add(a, b) {
  return Array.isArray(a) ? joined(a, b) : a + b
}

function joined(a, b) {
  return [].concat(a, b)
}
