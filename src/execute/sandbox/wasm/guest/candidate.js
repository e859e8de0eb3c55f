/**
 * The candidate's end of the judge: answers the examiner's requests and sends the candidate's own (calls of callbacks).
 * Evaluated before the candidate; everything it uses later was taken before.
 * Does not cover: what the candidate does to its own arguments or globals, which concerns nobody else.
 */
;(function (makeWire, makeHandles, host) {
  'use strict'
  const { apply, construct, ownKeys, getOwnPropertyDescriptor, set, has, deleteProperty } = Reflect
  const evaluate = eval
  const Failure = TypeError
  const { call, settle } = host

  let wire
  const ask = (op, values) => {
    const request = wire.request(op, values)
    const reply = wire.accept(call(request.text), request.objects)
    if (!reply.ok) throw reply.value
    return reply.value
  }
  const handles = makeHandles(ask)
  wire = makeWire({
    live: true,
    remote: handles.remote,
    settle: (id, promise) =>
      wire.watch(promise, (ok, value) => {
        let sent
        try {
          sent = wire.request('settled', { __proto__: null, 0: id, 1: ok, 2: value, length: 3 })
        } catch (error) {
          sent = wire.request('settled', { __proto__: null, 0: id, 1: false, 2: error, length: 3 })
        }
        settle(sent.text)
      }),
  })

  const tail = (values) => {
    const out = { __proto__: null, length: 0 }
    for (let i = 2; i < values.length; i++) out[out.length++] = values[i]
    return out
  }
  const exportsOf = () => {
    const d = getOwnPropertyDescriptor(globalThis, 'module')
    return d === undefined || d.value === null || typeof d.value !== 'object' ? undefined : d.value.exports
  }
  const found = (value) => [1, value]

  /** A name at the candidate's top level, or among what it exports. */
  function lookup(name, isEntry) {
    if (evaluate('typeof ' + name) !== 'undefined') return found(evaluate(name))
    const exports = exportsOf()
    if (exports === undefined || exports === null) return undefined
    if (
      (typeof exports === 'object' || typeof exports === 'function') &&
      getOwnPropertyDescriptor(exports, name) !== undefined
    )
      return found(exports[name])
    if (!isEntry) return undefined
    if (typeof exports === 'function') return found(exports)
    return typeof exports === 'object' && typeof exports.default === 'function' ? found(exports.default) : undefined
  }

  function perform(op, values) {
    const target = values[0]
    switch (op) {
      case 'apply':
        return apply(target, values[1], tail(values))
      case 'construct':
        return construct(target, tail(values))
      case 'get':
        return target[values[1]]
      case 'set':
        return set(target, values[1], values[2])
      case 'has':
        return has(target, values[1])
      case 'delete':
        return deleteProperty(target, values[1])
      case 'keys': {
        const keys = ownKeys(target)
        const out = []
        for (let i = 0; i < keys.length; i++) if (typeof keys[i] === 'string') out[out.length] = keys[i]
        return out
      }
      case 'desc': {
        const d = getOwnPropertyDescriptor(target, values[1])
        return d === undefined ? undefined : [target[values[1]], d.enumerable]
      }
      case 'global':
        return lookup(values[0], values[1])
      default:
        throw new Failure('Unknown request.')
    }
  }

  return {
    __proto__: null,
    serve(text) {
      const request = wire.receive(text)
      if (request.op === 'settled') {
        wire.settled(request.values[0], request.values[1], request.values[2])
        return ''
      }
      try {
        return wire.reply(true, perform(request.op, request.values), request.objects, request.before)
      } catch (error) {
        try {
          return wire.reply(false, error, request.objects, request.before)
        } catch {
          return wire.reply(
            false,
            new Failure('What was thrown cannot leave the module.'),
            request.objects,
            request.before,
          )
        }
      }
    },
  }
})
