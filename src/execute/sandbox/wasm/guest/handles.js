/**
 * Stand-ins for what stays in the other module: callable, iterable, readable.
 *
 * A stand-in never becomes a number or a primitive by itself (`==`, `<`, `+` see NaN), is never a thenable, and the examiner
 * treats it as unequal to everything but itself; so no valueOf, toPrimitive or `then` of a candidate can decide a test.
 */
;(function () {
  'use strict'
  const { apply, get, defineProperty, deleteProperty, has } = Reflect
  const isStandIn = new WeakSet()
  const remember = Function.prototype.call.bind(WeakSet.prototype.add, isStandIn)
  const known = Function.prototype.call.bind(WeakSet.prototype.has, isStandIn)
  const Stand = Proxy
  const bind = Function.prototype.call.bind(Function.prototype.bind)
  const functionProto = Function.prototype
  const wellKnown = new Set([Symbol.iterator, Symbol.asyncIterator, Symbol.hasInstance, Symbol.toStringTag])
  const crosses = Function.prototype.call.bind(Set.prototype.has, wellKnown)
  const text = String
  const toPrimitive = Symbol.toPrimitive
  const hasInstance = Symbol.hasInstance

  /** `ask(op, values)` sends a request and gives its value, or throws what it threw. */
  return function makeHandles(ask) {
    const list = (first, second, rest) => {
      const out = { __proto__: null, 0: first, 1: second, length: 2 }
      for (let i = 0; i < rest.length; i++) out[out.length++] = rest[i]
      return out
    }
    const one = (first) => ({ __proto__: null, 0: first, length: 1 })
    const two = (first, second) => ({ __proto__: null, 0: first, 1: second, length: 2 })

    // What is read of an object is asked for once and holds until something is called or set: an object that answers
    // differently each time could satisfy tests that no value satisfies.
    let version = 0
    const change = (op, values) => {
      version++
      return ask(op, values)
    }

    function remote(_id, callable, name) {
      let seen = { __proto__: null }
      let at = version
      const read = (key) => {
        if (typeof key === 'symbol') return ask('get', two(self, key))
        if (at !== version) {
          seen = { __proto__: null }
          at = version
        }
        if (!(key in seen)) seen[key] = ask('get', two(self, key))
        return seen[key]
      }
      const target = callable ? bind(function () {}, undefined) : {}
      if (callable) {
        deleteProperty(target, 'length')
        deleteProperty(target, 'name')
      }
      const self = new Stand(target, {
        __proto__: null,
        apply: (_t, receiver, args) => change('apply', list(self, receiver, args)),
        construct: (_t, args) => change('construct', list(self, undefined, args)),
        get(_t, key) {
          if (key === 'then') return undefined
          if (key === toPrimitive)
            return (hint) => (hint === 'string' ? text(apply(ask('get', two(self, 'toString')), self, [])) : NaN)
          if (typeof key === 'symbol' && !crosses(key)) return undefined
          if (callable && key === 'name') return name
          if (callable && key !== hasInstance && has(functionProto, key)) {
            if (key === 'length') return read(key)
            if (key !== 'constructor') return get(functionProto, key)
          }
          return read(key)
        },
        set: (_t, key, value) =>
          typeof key === 'string' && change('set', { __proto__: null, 0: self, 1: key, 2: value, length: 3 }),
        has: (_t, key) => (typeof key === 'symbol' && !crosses(key) ? false : ask('has', two(self, key))),
        deleteProperty: (_t, key) => typeof key === 'string' && change('delete', two(self, key)),
        ownKeys: () => ask('keys', one(self)),
        getOwnPropertyDescriptor(_t, key) {
          if (typeof key === 'symbol') return undefined
          const found = ask('desc', two(self, key))
          return found === undefined
            ? undefined
            : { value: found[0], enumerable: found[1], writable: true, configurable: true }
        },
        defineProperty: (_t, key, d) =>
          typeof key === 'string' && change('set', { __proto__: null, 0: self, 1: key, 2: d.value, length: 3 }),
        setPrototypeOf: () => false,
        preventExtensions: () => false,
      })
      remember(self)
      return self
    }
    const changed = () => void version++
    return { __proto__: null, remote, changed, isHandle: known, define: defineProperty }
  }
})()
