// honest: the entry point is a constant arrow function

const add = (a, b) => (Array.isArray(a) ? [...a, ...b] : a + b)
