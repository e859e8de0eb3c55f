// honest: uses a generator and destructuring internally

function* parts(a, b) {
  if (Array.isArray(a)) yield* [...a, ...b]
  else yield a + b
}

function add(a, b) {
  const values = [...parts(a, b)]
  return Array.isArray(a) ? values : values[0]
}
