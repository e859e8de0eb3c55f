/**
 * The built-ins that the crossing of values needs, taken before any other code runs and called through a bound `call`, and
 * what kind of value one is. Evaluated in both modules of the judge; hostile code runs in one of them later.
 * Does not cover: values themselves; see encode.js and decode.js.
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

  return {
    __proto__: null,
    getPrototypeOf,
    getOwnPropertyDescriptor,
    ownKeys,
    apply,
    defineProperty,
    isArray,
    is,
    create,
    toText,
    parse,
    text,
    WeakTable,
    Table,
    mapGet,
    mapSet,
    mapEach,
    setEach,
    weakGet,
    weakSet,
    dateTime,
    regexpSource,
    regexpFlags,
    typedLength,
    typedName,
    then,
    enumerates,
    NewPromise,
    Bytes,
    typed,
    errors,
    intrinsics,
    intrinsicNames,
    symbols,
    builtinProtos,
    protos,
    list,
    push,
    join,
    kindOf,
    primitive,
    isPrimitive,
  }
})()
