/**
 * Text to values: empty objects first, then their contents, so that they may refer to each other. `update` brings an object
 * of ours to the state in which the other side left its copy.
 * Does not cover: text that encode.js did not write; it throws on that.
 */
;(function (values) {
  'use strict'
  const {
    ownKeys,
    defineProperty,
    isArray,
    create,
    mapGet,
    mapSet,
    weakSet,
    enumerates,
    NewPromise,
    Bytes,
    typed,
    errors,
    intrinsics,
    symbols,
  } = values

  /** `exported`: our own objects by number; `imports`, `importIds`: what stands for the other side's; `waiting`: promises. */
  return function makeDecoder({ remote, exported, imports, importIds, waiting }) {
    function value(ref, objects) {
      if (!isArray(ref)) return ref
      const id = ref[1]
      switch (ref[0]) {
        case 'u':
          return undefined
        case 'n':
          return id === 'NaN' ? NaN : id === '-0' ? -0 : id === 'Infinity' ? Infinity : -Infinity
        case 'b':
          return BigInt(id)
        case 'y':
          return symbols[id]
        case 'g':
          return intrinsics[id]
        case 'r':
          return objects[id]
        case 't':
          return mapGet(exported, id)
        case 'p':
        case 'h': {
          let known = mapGet(imports, id)
          if (known === undefined) {
            known = ref[0] === 'p' ? promise(id) : remote(id, ref[2] === 1, ref[3])
            mapSet(imports, id, known)
            weakSet(importIds, known, id)
          }
          return known
        }
        default:
          throw new errors.TypeError('Unknown value tag on the wire.')
      }
    }
    function promise(id) {
      return new NewPromise((resolve, reject) => {
        mapSet(waiting, id, { __proto__: null, resolve, reject })
      })
    }

    /** An empty object of the node's kind, to be filled once all of them exist. */
    function shell(n) {
      switch (n[0]) {
        case 'a':
          return []
        case 'o':
          return n[1] === 1 ? create(null) : {}
        case 'm':
          return new Map()
        case 's':
          return new Set()
        case 'd':
          return new Date(value(n[1]))
        case 'x':
          return new RegExp(n[1], n[2])
        case 't':
          return new typed[n[1]](n[2].length)
        case 'B':
          return new Bytes(n[1]).buffer
        case 'e':
          return errorShell(n)
        default:
          throw new errors.TypeError('Unknown node kind on the wire.')
      }
    }
    function errorShell(n) {
      const Base = errors[n[1]]
      const error = new Base(n[4])
      const define = (target, key, v) =>
        defineProperty(target, key, {
          __proto__: null,
          value: v,
          writable: true,
          configurable: true,
          enumerable: false,
        })
      if (n[2] !== n[1] && n[2] !== '') {
        const proto = create(Base.prototype)
        const maker = function () {}
        define(maker, 'name', n[2])
        define(proto, 'constructor', maker)
        Object.setPrototypeOf(error, proto)
      }
      if (error.name !== n[3]) define(error, 'name', n[3])
      define(error, 'stack', n[5])
      weakSet(importIds, error, n[6])
      mapSet(imports, n[6], error)
      return error
    }
    function put(object, key, v) {
      if (key === '__proto__')
        defineProperty(object, key, { __proto__: null, value: v, writable: true, configurable: true, enumerable: true })
      else object[key] = v
    }
    function fill(object, n, objects) {
      switch (n[0]) {
        case 'a':
          object.length = n[1].length
          for (let i = 0; i < n[1].length; i++)
            if (isArray(n[1][i]) && n[1][i][0] === '-') delete object[i]
            else object[i] = value(n[1][i], objects)
          properties(object, n[2], objects)
          break
        case 'o':
          properties(object, n[2], objects)
          break
        case 'm':
          for (let i = 0; i < n[1].length; i += 2) object.set(value(n[1][i], objects), value(n[1][i + 1], objects))
          break
        case 's':
          for (let i = 0; i < n[1].length; i++) object.add(value(n[1][i], objects))
          break
        case 'x':
          object.lastIndex = value(n[3], objects)
          break
        case 't':
          for (let i = 0; i < n[2].length; i++) object[i] = value(n[2][i], objects)
          break
        case 'e':
          if (n[7] !== null)
            defineProperty(object, 'cause', {
              __proto__: null,
              value: value(n[7][0], objects),
              writable: true,
              configurable: true,
            })
          properties(object, n[8], objects)
          break
      }
    }
    function properties(object, flat, objects) {
      for (let i = 0; i < flat.length; i += 2) put(object, flat[i], value(flat[i + 1], objects))
    }

    /** Brings an object of ours to the state the other side left its copy in. */
    function update(object, n, objects) {
      switch (n[0]) {
        case 'm':
        case 's':
          object.clear()
          break
        case 'd':
          object.setTime(value(n[1], objects))
          break
        case 'B':
          new Bytes(object).set(n[1])
          break
        case 'e':
          return
        default: {
          const keep = n[0] === 'a' ? n[2] : n[0] === 'o' ? n[2] : undefined
          if (keep === undefined) break
          const names = {}
          for (let i = 0; i < keep.length; i += 2) names['$' + keep[i]] = true
          for (const key of ownKeys(object))
            if (
              typeof key === 'string' &&
              enumerates(object, key) &&
              !(n[0] === 'a' && /^\d+$/.test(key)) &&
              !names['$' + key]
            )
              delete object[key]
        }
      }
      fill(object, n, objects)
    }
    return { __proto__: null, value, shell, fill, update }
  }
})
