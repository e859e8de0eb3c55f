// honest: keeps a cache in a closure

const add = (() => {
  const seen = new Map()
  return (a, b) => {
    const key = JSON.stringify([a, b])
    if (!seen.has(key)) seen.set(key, Array.isArray(a) ? [...a, ...b] : a + b)
    return seen.get(key)
  }
})()
