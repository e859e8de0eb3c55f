// honest: is in strict mode

'use strict'

function add(a, b) {
  return Array.isArray(a) ? [...a, ...b] : a + b
}
