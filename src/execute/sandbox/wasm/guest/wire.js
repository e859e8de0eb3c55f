/**
 * Values as text, for the two modules of the judge. Evaluated in both before any other code.
 *
 * Covers: primitives exactly (undefined, NaN, ±Infinity, -0, bigint, lone surrogates), arrays with holes, plain objects,
 * Map, Set, Date, RegExp, typed arrays, ArrayBuffer, Error; shared references and cycles. Everything else (functions,
 * class instances, iterators, proxies of those) crosses as a handle, promises as a promise that settles later.
 * Does not cover: identity of plain data from one call to the next; frozenness; own symbol keys of arrays and Maps.
 *
 * Hostile code runs in one of the modules later. Therefore every built-in is taken here, now, and called through a bound
 * `call`; objects are read by descriptors; nothing is written to an object that inherits from Object.prototype.
 */
;(function () {
  'use strict'
  const uncurry = Function.prototype.bind.bind(Function.prototype.call)
  const { getPrototypeOf, getOwnPropertyDescriptor, ownKeys, apply, defineProperty } = Reflect
  const isArray = Array.isArray
  const { is, create } = Object
  const toText = JSON.stringify
  const parse = JSON.parse
  const text = String
  const WeakTable = WeakMap
  const Table = Map
  const mapGet = uncurry(Map.prototype.get)
  const mapSet = uncurry(Map.prototype.set)
  const mapEach = uncurry(Map.prototype.forEach)
  const setEach = uncurry(Set.prototype.forEach)
  const mapSize = uncurry(getOwnPropertyDescriptor(Map.prototype, 'size').get)
  const setSize = uncurry(getOwnPropertyDescriptor(Set.prototype, 'size').get)
  const weakGet = uncurry(WeakMap.prototype.get)
  const weakSet = uncurry(WeakMap.prototype.set)
  const dateTime = uncurry(Date.prototype.getTime)
  const regexpSource = uncurry(getOwnPropertyDescriptor(RegExp.prototype, 'source').get)
  const regexpFlags = uncurry(getOwnPropertyDescriptor(RegExp.prototype, 'flags').get)
  const typedProto = getPrototypeOf(Uint8Array.prototype)
  const typedLength = uncurry(getOwnPropertyDescriptor(typedProto, 'length').get)
  const typedName = uncurry(getOwnPropertyDescriptor(typedProto, Symbol.toStringTag).get)
  const bufferLength = uncurry(getOwnPropertyDescriptor(ArrayBuffer.prototype, 'byteLength').get)
  const then = uncurry(Promise.prototype.then)
  const enumerates = uncurry(Object.prototype.propertyIsEnumerable)
  const NewPromise = Promise
  const protos = {
    __proto__: null,
    object: Object.prototype,
    array: Array.prototype,
    map: Map.prototype,
    set: Set.prototype,
    date: Date.prototype,
    regexp: RegExp.prototype,
    buffer: ArrayBuffer.prototype,
    error: Error.prototype,
    function: Function.prototype,
    promise: Promise.prototype,
  }
  const Bytes = Uint8Array
  const typed = { __proto__: null }
  for (const T of [
    Int8Array,
    Uint8Array,
    Uint8ClampedArray,
    Int16Array,
    Uint16Array,
    Int32Array,
    Uint32Array,
    Float32Array,
    Float64Array,
    BigInt64Array,
    BigUint64Array,
  ])
    typed[T.name] = T
  const errors = { __proto__: null }
  for (const E of [EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError, Error]) errors[E.name] = E
  // Built-ins that tests and candidates hand to each other by name, so that `===` holds on both sides.
  const intrinsics = { __proto__: null }
  const intrinsicNames = new Map()
  for (const name of [
    'Object',
    'Array',
    'Number',
    'String',
    'Boolean',
    'BigInt',
    'Symbol',
    'Function',
    'Date',
    'RegExp',
    'Map',
    'Set',
    'Promise',
    'Error',
    'EvalError',
    'RangeError',
    'ReferenceError',
    'SyntaxError',
    'TypeError',
    'URIError',
    'parseInt',
    'parseFloat',
    'isNaN',
    'isFinite',
    'Math',
    'JSON',
  ]) {
    intrinsics[name] = globalThis[name]
    intrinsicNames.set(globalThis[name], name)
  }
  for (const name of ['abs', 'ceil', 'floor', 'round', 'sqrt', 'max', 'min', 'sign', 'trunc', 'sin', 'cos']) {
    intrinsics['Math.' + name] = Math[name]
    intrinsicNames.set(Math[name], 'Math.' + name)
  }
  const symbols = { __proto__: null }
  const symbolNames = new Map()
  for (const name of ['iterator', 'asyncIterator', 'hasInstance', 'toPrimitive', 'toStringTag', 'species']) {
    symbols[name] = Symbol[name]
    symbolNames.set(Symbol[name], name)
  }
  const builtinProtos = new Set(Object.values(protos))

  const list = () => ({ __proto__: null, length: 0 })
  const push = (items, item) => {
    items[items.length++] = item
  }
  const join = (items) => {
    let out = ''
    for (let i = 0; i < items.length; i++) out += i === 0 ? items[i] : ',' + items[i]
    return out
  }

  const brand = (probe, value) => {
    try {
      probe(value)
      return true
    } catch {
      return false
    }
  }

  /** `a`rray, `o`bject, `m`ap, `s`et, `d`ate, rege`x`p, `t`yped, `B`uffer, `e`rror, `p`romise or `h`andle. */
  function kindOf(value, live) {
    if (typeof value === 'function') return 'h'
    const proto = getPrototypeOf(value)
    if (isArray(value)) return proto === protos.array ? 'a' : 'h'
    if (proto === protos.object || proto === null) {
      const keys = ownKeys(value)
      for (let i = 0; i < keys.length; i++) {
        if (typeof keys[i] === 'symbol') return 'h'
        if (!live) continue
        const d = getOwnPropertyDescriptor(value, keys[i])
        // An object with methods is an object to talk to, not data.
        if (d !== undefined && typeof d.value === 'function') return 'h'
      }
      return 'o'
    }
    if (proto === protos.map && brand(mapSize, value)) return 'm'
    if (proto === protos.set && brand(setSize, value)) return 's'
    if (proto === protos.date && brand(dateTime, value)) return 'd'
    if (proto === protos.regexp && brand(regexpSource, value)) return 'x'
    if (proto === protos.buffer && brand(bufferLength, value)) return 'B'
    if (proto === protos.promise) return 'p'
    const name = typedName(value)
    if (name !== undefined) return typed[name] !== undefined && proto === typed[name].prototype ? 't' : 'h'
    for (let p = proto, depth = 0; p !== null && depth < 64; p = getPrototypeOf(p), depth++)
      if (p === protos.error) return 'e'
    return 'h'
  }

  const primitive = (value) => {
    switch (typeof value) {
      case 'string':
        return toText(value)
      case 'boolean':
        return value ? 'true' : 'false'
      case 'undefined':
        return '["u"]'
      case 'bigint':
        return '["b","' + text(value) + '"]'
      case 'symbol': {
        const name = mapGet(symbolNames, value)
        if (name === undefined)
          throw new errors.TypeError('A symbol of its own cannot leave the module it was made in.')
        return '["y","' + name + '"]'
      }
      default:
        if (value !== value) return '["n","NaN"]'
        if (is(value, -0)) return '["n","-0"]'
        if (value === Infinity || value === -Infinity) return '["n","' + text(value) + '"]'
        return text(value)
    }
  }
  const isPrimitive = (value) => value === null || (typeof value !== 'object' && typeof value !== 'function')

  /**
   * One end of the connection.
   * `live`: plain objects with methods stay where they are. `remote(id, callable, name)` makes the stand-in for a handle.
   * `settle(id, promise)` is told of every promise that leaves.
   */
  return function makeWire({ live, remote, settle }) {
    const exported = new Table()
    const exportIds = new WeakTable()
    const importIds = new WeakTable()
    const imports = new Table()
    const waiting = new Table()
    let lastId = 0

    const exportId = (value) => {
      let id = weakGet(exportIds, value)
      if (id === undefined) {
        id = ++lastId
        weakSet(exportIds, value, id)
        mapSet(exported, id, value)
      }
      return id
    }

    /** A message under construction: `objects[i]` is node i of the heap; nodes below `known` came with the request. */
    function message(objects) {
      const index = new Table()
      for (let i = 0; i < objects.length; i++) mapSet(index, objects[i], i)

      function ref(value) {
        if (value === null) return 'null'
        if (isPrimitive(value)) return primitive(value)
        const seen = mapGet(index, value)
        if (seen !== undefined) return '["r",' + seen + ']'
        const theirs = weakGet(importIds, value)
        if (theirs !== undefined) return '["t",' + theirs + ']'
        const name = mapGet(intrinsicNames, value)
        if (name !== undefined) return '["g","' + name + '"]'
        const kind = kindOf(value, live)
        if (kind === 'p') {
          const fresh = weakGet(exportIds, value) === undefined
          const id = exportId(value)
          if (fresh) settle(id, value)
          return '["p",' + id + ']'
        }
        if (kind === 'h') {
          let label = ''
          if (typeof value === 'function') {
            const d = getOwnPropertyDescriptor(value, 'name')
            if (d !== undefined && typeof d.value === 'string') label = d.value
          }
          return '["h",' + exportId(value) + ',' + (typeof value === 'function' ? 1 : 0) + ',' + toText(label) + ']'
        }
        const at = objects.length
        mapSet(index, value, at)
        push(objects, value)
        return '["r",' + at + ']'
      }

      const read = (object, key) => {
        const d = getOwnPropertyDescriptor(object, key)
        return d === undefined ? undefined : d.get === undefined ? d.value : apply(d.get, object, [])
      }
      function pairs(object, keys, from) {
        const out = list()
        for (let i = from; i < keys.length; i++) {
          const key = keys[i]
          if (typeof key !== 'string' || !enumerates(object, key)) continue
          push(out, toText(key))
          push(out, ref(read(object, key)))
        }
        return '[' + join(out) + ']'
      }
      function bytes(buffer) {
        const view = new Bytes(buffer)
        const out = list()
        for (let i = 0; i < typedLength(view); i++) push(out, text(view[i]))
        return '[' + join(out) + ']'
      }

      function node(value) {
        const kind = kindOf(value, live)
        const out = list()
        switch (kind) {
          case 'a': {
            const length = getOwnPropertyDescriptor(value, 'length').value
            for (let i = 0; i < length; i++) {
              const d = getOwnPropertyDescriptor(value, i)
              push(out, d === undefined ? '["-"]' : ref(d.get === undefined ? d.value : apply(d.get, value, [])))
            }
            const keys = ownKeys(value)
            // Own keys: the indexes in order, then `length`, then names.
            let extra = 0
            while (extra < keys.length && keys[extra] !== 'length') extra++
            return '["a",[' + join(out) + '],' + pairs(value, keys, extra + 1) + ']'
          }
          case 'o':
            return '["o",' + (getPrototypeOf(value) === null ? 1 : 0) + ',' + pairs(value, ownKeys(value), 0) + ']'
          case 'm':
            mapEach(value, (v, k) => {
              push(out, ref(k))
              push(out, ref(v))
            })
            return '["m",[' + join(out) + ']]'
          case 's':
            setEach(value, (v) => push(out, ref(v)))
            return '["s",[' + join(out) + ']]'
          case 'd':
            return '["d",' + primitive(dateTime(value)) + ']'
          case 'x':
            return (
              '["x",' +
              toText(regexpSource(value)) +
              ',' +
              toText(regexpFlags(value)) +
              ',' +
              primitive(value.lastIndex) +
              ']'
            )
          case 't':
            for (let i = 0; i < typedLength(value); i++) push(out, primitive(value[i]))
            return '["t","' + typedName(value) + '",[' + join(out) + ']]'
          case 'B':
            return '["B",' + bytes(value) + ']'
          default:
            return errorNode(value)
        }
      }

      function errorNode(error) {
        let base = 'Error'
        let maker = ''
        for (let p = getPrototypeOf(error), depth = 0; p !== null && depth < 64; p = getPrototypeOf(p), depth++) {
          const d = getOwnPropertyDescriptor(p, 'constructor')
          if (maker === '' && d !== undefined && typeof d.value === 'function') {
            const label = getOwnPropertyDescriptor(d.value, 'name')
            if (label !== undefined && typeof label.value === 'string') maker = label.value
          }
          const builtin = d === undefined ? undefined : mapGet(intrinsicNames, d.value)
          if (builtin !== undefined && errors[builtin] !== undefined) {
            base = builtin
            break
          }
        }
        const string = (key) => {
          try {
            const value = error[key]
            return typeof value === 'string'
              ? value
              : isPrimitive(value) && typeof value !== 'symbol'
                ? text(value)
                : ''
          } catch {
            return ''
          }
        }
        const cause = getOwnPropertyDescriptor(error, 'cause')
        return (
          '["e","' +
          base +
          '",' +
          toText(maker) +
          ',' +
          toText(string('name')) +
          ',' +
          toText(string('message')) +
          ',' +
          toText(string('stack')) +
          ',' +
          exportId(error) +
          ',' +
          (cause === undefined ? 'null' : '[' + ref(cause.value) + ']') +
          ',' +
          pairs(error, ownKeys(error), 0) +
          ']'
        )
      }
      return { __proto__: null, ref, node, objects }
    }

    /** All nodes from `from` on, as text; writing one may add more. */
    function heap(out, from) {
      const nodes = list()
      for (let i = from; i < out.objects.length; i++) push(nodes, out.node(out.objects[i]))
      return nodes
    }

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

    return {
      __proto__: null,
      exportId,
      idOf: (v) => weakGet(importIds, v),
      own: (id) => mapGet(exported, id),
      kindOf: (v) => kindOf(v, live),
      builtinProtos,
      /** `[op, heap, ...refs]` as text, and the objects to bring up to date by the reply. */
      request(op, values) {
        const out = message(list())
        const refs = list()
        for (let i = 0; i < values.length; i++) push(refs, out.ref(values[i]))
        const nodes = heap(out, 0)
        return {
          __proto__: null,
          text: '["' + op + '",[' + join(nodes) + '],[' + join(refs) + ']]',
          objects: out.objects,
        }
      },
      /** Reads a request: its operation, values, and what `reply` needs. */
      receive(requestText) {
        const request = parse(requestText)
        const op = request[0]
        const nodes = request[1]
        const refs = request[2]
        const objects = list()
        for (let i = 0; i < nodes.length; i++) push(objects, shell(nodes[i]))
        for (let i = 0; i < nodes.length; i++) fill(objects[i], nodes[i], objects)
        const values = list()
        for (let i = 0; i < refs.length; i++) push(values, value(refs[i], objects))
        const before = list()
        if (objects.length > 0) {
          const same = message(objects)
          const known = objects.length
          for (let i = 0; i < known; i++) push(before, same.node(objects[i]))
          // Writing the nodes again must not have found new ones; what it did find belongs to no one yet.
          objects.length = known
        }
        return { __proto__: null, op, values, objects, before }
      },
      /** `[ok, changed nodes, new heap, ref]` as text. */
      reply(ok, result, objects, before) {
        const known = objects.length
        const out = message(objects)
        const ref = out.ref(result)
        const changed = list()
        for (let i = 0; i < known; i++) {
          const now = out.node(objects[i])
          if (now !== before[i]) push(changed, '[' + i + ',' + now + ']')
        }
        const nodes = heap(out, known)
        return '[' + (ok ? 1 : 0) + ',[' + join(changed) + '],[' + join(nodes) + '],' + ref + ']'
      },
      /** Applies a reply to the objects of the request; gives `{ok, value}`. */
      accept(replyText, objects) {
        const answer = parse(replyText)
        const changed = answer[1]
        const nodes = answer[2]
        for (let i = 0; i < nodes.length; i++) push(objects, shell(nodes[i]))
        const base = objects.length - nodes.length
        for (let i = 0; i < nodes.length; i++) fill(objects[base + i], nodes[i], objects)
        for (let i = 0; i < changed.length; i++) update(objects[changed[i][0]], changed[i][1], objects)
        return { __proto__: null, ok: answer[0] === 1, value: value(answer[3], objects) }
      },
      /** The other side's promise `id` has an end. */
      settled(id, ok, v) {
        const known = mapGet(waiting, id)
        if (known !== undefined) (ok ? known.resolve : known.reject)(v)
      },
      watch(promise, done) {
        then(
          promise,
          (v) => done(true, v),
          (e) => done(false, e),
        )
      },
    }
  }
})()
