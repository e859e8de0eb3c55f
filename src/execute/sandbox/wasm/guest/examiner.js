/**
 * The examiner's end of the judge: names the script leaves undefined become stand-ins for the candidate's, and every
 * decision is made here. Runs trusted code only.
 *
 * The candidate may call functions it was handed and read own or inherited members of class instances it was handed, but
 * never `constructor`, prototypes or members of built-in prototypes: those lead to the code of this module.
 */
;(function (makeWire, makeHandles, makeAssert, show, host) {
  'use strict'
  const evaluate = eval
  const { inspect } = show
  const thrownByCandidate = new Set()
  let lastCall
  let watched = 0

  let wire
  const ask = (op, values) => {
    const request = wire.request(op, values)
    const call = op === 'apply' || op === 'construct' ? { values, op } : undefined
    if (call !== undefined) lastCall = call
    const reply = wire.accept(host.call(request.text), request.objects)
    if (call !== undefined) {
      call.reply = reply
      lastCall = call
    }
    if (reply.ok) return reply.value
    // Nothing the script catches may hide that the candidate ran out of memory.
    if (reply.value instanceof Error && reply.value.name === 'InternalError' && reply.value.message === 'out of memory')
      host.exhausted()
    thrownByCandidate.add(reply.value)
    throw reply.value
  }
  const handles = makeHandles(ask)
  wire = makeWire({
    live: false,
    remote: handles.remote,
    settle: (id, promise) =>
      wire.watch(promise, (ok, value) => host.settle(wire.request('settled', [id, ok, value]).text)),
  })
  const kit = makeAssert(inspect, handles.isHandle)
  kit.trusted = true

  const cut = (text) => (text.length > 300 ? text.slice(0, 300) + ' …' : text)
  const describeCall = () => {
    if (lastCall === undefined) return ''
    const { values, reply } = lastCall
    const args = []
    for (let i = 2; i < values.length; i++) args.push(inspect(values[i]))
    const gave =
      reply === undefined
        ? ''
        : (reply.ok ? ' gave ' : ' threw ') + cut(reply.ok ? inspect(reply.value) : String(reply.value))
    return cut(values[0].name + '(' + args.join(', ') + ')') + gave
  }

  /** What the candidate may do with what it was handed. */
  function perform(op, values) {
    const [target, key] = values
    if (op === 'apply' || op === 'construct') {
      if (typeof target !== 'function') throw new TypeError('not a function')
      const args = values.slice(2)
      return kit.inCallback(() =>
        op === 'apply' ? Reflect.apply(target, values[1], args) : Reflect.construct(target, args),
      )
    }
    if (target === null || (typeof target !== 'object' && typeof target !== 'function'))
      throw new TypeError('not an object')
    const closed =
      key === 'constructor' ||
      key === '__proto__' ||
      (typeof target === 'function' && !['name', 'length'].includes(key))
    switch (op) {
      case 'get':
        return closed || !reaches(target, key) ? undefined : target[key]
      case 'has':
        return !closed && reaches(target, key)
      case 'set':
        return closed ? false : Reflect.set(target, key, values[2])
      case 'delete':
        return closed ? false : Reflect.deleteProperty(target, key)
      case 'keys':
        return typeof target === 'function' ? [] : Object.keys(target)
      case 'desc':
        return closed || !Object.prototype.propertyIsEnumerable.call(target, key) ? undefined : [target[key], true]
      default:
        throw new TypeError('not allowed')
    }
  }
  function reaches(target, key) {
    for (let p = target; p !== null && !wire.builtinProtos.has(p); p = Object.getPrototypeOf(p))
      if (Object.getOwnPropertyDescriptor(p, key) !== undefined) return true
    return false
  }

  function serve(text) {
    const request = wire.receive(text)
    const values = Array.from(request.values)
    if (request.op === 'settled') {
      handles.changed() // a promise may have changed an object on its way
      wire.settled(...values)
      return ''
    }
    try {
      return wire.reply(true, perform(request.op, values), request.objects, request.before)
    } catch (error) {
      return wire.reply(false, error, request.objects, request.before)
    }
  }

  // --- names
  const cache = new Map()
  const missing = Symbol('missing')
  let entryPoint = ''
  function lookup(name) {
    if (!cache.has(name)) {
      const wanted = name === 'candidate' ? entryPoint : name
      const found = /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u.test(wanted)
        ? ask('global', [wanted, wanted === entryPoint])
        : undefined
      cache.set(name, found === undefined ? missing : found[1])
    }
    return cache.get(name)
  }
  /** From now on the script's unknown names are the candidate's. */
  function open(name) {
    entryPoint = name
    const names = new Proxy(Object.prototype, {
      has: (target, key) => key in target || (typeof key === 'string' && lookup(key) !== missing),
      get(target, key, receiver) {
        if (key in target || typeof key === 'symbol') return Reflect.get(target, key, receiver)
        const value = lookup(key)
        if (value === missing) throw new ReferenceError(key + ' is not defined')
        return value
      },
    })
    Object.setPrototypeOf(globalThis, names)
    if (!Object.hasOwn(globalThis, name)) return
    // The prompt's own stub of the function gives way to the candidate.
    const value = lookup(name)
    if (value === missing) delete globalThis[name]
    else globalThis[name] = value
  }

  // --- the end
  let state = 'running'
  let failure
  const watch = (value) => {
    if (!(value instanceof Promise)) return
    watched++
    value.then(
      () => {
        watched--
      },
      (error) => {
        watched--
        fail(error)
      },
    )
  }
  const fail = (error) => {
    if (state !== 'failed') {
      state = 'failed'
      failure = error
    }
  }
  /** The script has run to its end, with this completion value. */
  function finish(value, callCheck) {
    watch(value)
    if (!callCheck) return
    try {
      watch(evaluate('check')(lookup(entryPoint) === missing ? undefined : lookup(entryPoint)))
    } catch (error) {
      fail(error)
    }
  }

  function report() {
    const error = state === 'failed' ? failure : kit.lasting()
    const tests = kit.tests.filter(
      (t) =>
        t.status === 'passed' ||
        t.error === error ||
        t.error === kit.lasting() ||
        (t.error?.code === 'ERR_ASSERTION' && /console\.assert/.test(t.error.message)),
    )
    const out = { tests: tests.map(({ line, status }) => ({ line, status })) }
    if (error === undefined && kit.lasting() === undefined) return JSON.stringify({ ...out, ended: 'passed' })
    // What the script throws by itself (a text, a plain Error of this module) is how scripts without assert say "wrong".
    const isOwn = !(error instanceof Error) || (error.constructor === Error && wire.idOf(error) === undefined)
    const isAssertion = error instanceof kit.AssertionError || (isOwn && !thrownByCandidate.has(error))
    const isError = error !== null && typeof error === 'object'
    const stack = isError ? String(error.stack ?? '') : ''
    const candidateLine = /candidate\.(?:js|ts):(\d+)/.exec(stack)
    return JSON.stringify({
      ...out,
      ended: isAssertion ? 'assertion' : 'exception',
      type: isError ? String(error.name ?? 'Error') : typeof error,
      message: cut(isError ? String(error.message ?? '') : inspect(error)),
      line: candidateLine === null ? undefined : Number(candidateLine[1]),
      at: kit.placeOf(stack) || kit.tests.at(-1)?.line || 0,
      call: describeCall(),
    })
  }
  return {
    serve,
    open,
    finish,
    fail,
    report,
    watch,
    state: () => (state === 'running' && watched === 0 ? 'done' : state),
    assertions: kit,
  }
})
