/**
 * Equality as `toEqual` and `toStrictEqual` mean it: recursive, by value, `Object.is` for what is not an object. `strict` also
 * tells types, missing keys and holes apart.
 *
 * Not covered: symbols as keys; DOM nodes; Immutable's collections.
 */

/** What stands for a whole class of values: `expect.any(Number)`. */
export class Asymmetric {
  constructor(name, matches) {
    this.name = name
    this.matches = matches
  }
}

const tag = (value) => Object.prototype.toString.call(value)

export function equal(a, b, strict = false, seen = []) {
  if (a instanceof Asymmetric) return b instanceof Asymmetric ? a === b : a.matches(b)
  if (b instanceof Asymmetric) return b.matches(a)
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (tag(a) !== tag(b)) return false
  if (strict && Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false
  const known = seen.find(([left]) => left === a)
  if (known) return known[1] === b
  const within = [...seen, [a, b]]
  const same = (x, y) => equal(x, y, strict, within)
  if (a instanceof Error && b instanceof Error) return a.message === b.message && (!strict || a.name === b.name)
  if (a instanceof Date || a instanceof Number || a instanceof String || a instanceof Boolean)
    return Object.is(a.valueOf(), b.valueOf())
  if (a instanceof RegExp) return a.source === b.source && a.flags === b.flags
  if (a instanceof Set) return a.size === b.size && eachIn([...a], [...b], same)
  if (a instanceof Map)
    return a.size === b.size && eachIn([...a], [...b], (x, y) => same(x[0], y[0]) && same(x[1], y[1]))
  if (a instanceof ArrayBuffer) return same(new Uint8Array(a), new Uint8Array(b))
  if (Array.isArray(a) || ArrayBuffer.isView(a)) {
    if (a.length !== b.length) return false
    for (let i = 0; i < a.length; i++) {
      if (strict && i in a !== i in b) return false
      if (!same(a[i], b[i])) return false
    }
    if (!Array.isArray(a)) return true
  } else if (isIterable(a) && isIterable(b) && a.constructor === b.constructor) return same([...a], [...b])
  return sameKeys(a, b, strict, same)
}

function sameKeys(a, b, strict, same) {
  const has = (object, key) => Object.hasOwn(object, key)
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
    if (strict && has(a, key) !== has(b, key)) return false
    if (!same(has(a, key) ? a[key] : undefined, has(b, key) ? b[key] : undefined)) return false
  }
  return true
}

/** Whether each of one list has a partner of its own in the other. */
function eachIn(left, right, same) {
  const rest = [...right]
  return left.every((one) => {
    const at = rest.findIndex((other) => same(one, other))
    if (at < 0) return false
    rest.splice(at, 1)
    return true
  })
}

function isIterable(value) {
  return typeof value[Symbol.iterator] === 'function'
}

/** Whether an object has all that another has, at any depth; arrays have to be as long. */
export function contains(object, part) {
  if (part instanceof Asymmetric || typeof part !== 'object' || part === null) return equal(object, part)
  if (typeof object !== 'object' || object === null) return false
  if (Array.isArray(part))
    return Array.isArray(object) && object.length === part.length && part.every((one, i) => contains(object[i], one))
  if (Object.getPrototypeOf(part) !== Object.prototype && !isPlain(part)) return equal(object, part)
  return Object.keys(part).every((key) => key in object && contains(object[key], part[key]))
}

function isPlain(value) {
  return tag(value) === '[object Object]' && !isIterable(value)
}
