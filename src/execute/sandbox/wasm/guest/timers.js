/**
 * setTimeout, setInterval, setImmediate in real time. The host calls `turn()` until it gives -1.
 * Does not cover: unref (a timer always keeps the program alive until it is cleared).
 */
;(function () {
  'use strict'
  const now = Date.now
  const timers = new Map()
  const entries = Function.prototype.call.bind(Map.prototype.forEach, timers)
  const remove = Function.prototype.call.bind(Map.prototype.delete, timers)
  const add = Function.prototype.call.bind(Map.prototype.set, timers)
  const { apply } = Reflect
  let lastId = 0

  const later = (callback, delay, args, every) => {
    if (typeof callback !== 'function') throw new TypeError('The "callback" argument must be of type function.')
    const wait = delay >= 1 && delay <= 2147483647 ? delay : delay === 0 && every === 0 ? 0 : 1
    const id = ++lastId
    add(id, {
      __proto__: null,
      id,
      due: now() + wait,
      callback,
      args,
      every: every === undefined ? -1 : every === 0 ? -1 : wait,
    })
    return id
  }
  const clear = (id) => {
    remove(+id)
  }
  const define = (name, value) =>
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false })
  define('setTimeout', (callback, delay, ...args) => later(callback, +delay || 1, args))
  define('setInterval', (callback, delay, ...args) => later(callback, +delay || 1, args, +delay || 1))
  define('setImmediate', (callback, ...args) => later(callback, 0, args, 0))
  define('clearTimeout', clear)
  define('clearInterval', clear)
  define('clearImmediate', clear)
  define('queueMicrotask', (callback) => {
    Promise.resolve().then(callback)
  })

  /** Runs the timer that is due first, if any is due; gives the milliseconds until the next one, or -1. */
  return function turn() {
    let first
    entries((timer) => {
      if (first === undefined || timer.due < first.due) first = timer
    })
    if (first === undefined) return -1
    const left = first.due - now()
    if (left > 0) return left
    if (first.every > 0) first.due = now() + first.every
    else remove(first.id)
    apply(first.callback, undefined, first.args)
    return 0
  }
})()
