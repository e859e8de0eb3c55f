// honest: recurses 900 deep

function add(a, b, depth = 900) {
  if (depth > 0) return add(a, b, depth - 1)
  return Array.isArray(a) ? [...a, ...b] : a + b
}
