/**
 * The warm node: it starts once, up to the point where it would look at the program, and every job is a fork of it
 * (node-addon.c). It is a module preloaded by `node --require … /tmp/work/main.js`, so in a child node itself goes on
 * to load the program, exactly as a node just started does. What differs between two starts is put right here.
 */
'use strict'

function forgetThisModule() {
  delete require.cache[__filename]
  Object.defineProperty(process, '_preload_modules', { value: [] })
  process.execArgv.splice(process.execArgv.indexOf('--require'), 2)
}

/** Node compiles its own functions when they are first called: those that most programs call are called here once. */
function warmUp(turn) {
  const fs = require('node:fs')
  const { Socket } = require('node:net')
  const { Console } = require('node:console')
  const Module = require('node:module')
  require('node:tty')

  const settle = () => {
    for (let i = 0; i < 20; i++) {
      turn()
      process._tickCallback()
    }
  }

  // Our own standard output is a pipe that nobody reads; opened like this it has both ends.
  const pipe = () => fs.openSync('/proc/self/fd/1', 'r+')
  const output = new Socket({ fd: pipe(), readable: false, writable: true })
  const input = new Socket({ fd: pipe(), readable: true, writable: false, manualStart: true })
  const own = new Console(output, output)
  own.log('text', 1, -0.5, true, null, undefined, 10n, Symbol('s'))
  own.log({ a: [1, 'x', { b: [] }], f() {} }, [[1], ['a']], new Map([[1, 2]]), new Set([1]), class A {}, new Error('x'))
  own.log('%s %d %j %o', 'a', 1, {}, [])
  own.error(new TypeError('x').stack)
  const lines = require('node:readline').createInterface({ input })
  lines.on('line', () => {})
  setTimeout(() => {}, 0)
  setImmediate(() => {})
  process.nextTick(() => {})
  queueMicrotask(() => {})
  Promise.resolve()
    .then(() => {})
    .finally(() => {})
  settle()
  lines.close()
  input.destroy()
  output.destroy()
  settle()

  fs.readFileSync(__filename, 'utf8').split('\n')
  try {
    fs.readFileSync('/nowhere')
  } catch {}
  Module.runMain('/cupel/warm.cjs')
  delete require.cache['/cupel/warm.cjs']
  delete process.mainModule
  for (const name of Object.keys(Module._pathCache)) delete Module._pathCache[name]
  const empty = 'data:text/javascript,export default 1'
  import(empty).catch(() => {})
  settle()
}

/** Asynchronous resources are numbered; returns what sets the counter back to where it is now, where node allows it. */
function noteResourceNumber() {
  process.noDeprecation = true
  try {
    const { async_id_fields: fields, constants } = process.binding('async_wrap')
    const number = fields[constants.kAsyncIdCounter]
    return () => {
      fields[constants.kAsyncIdCounter] = number
    }
  } catch {
    return () => {}
  } finally {
    delete process.noDeprecation
  }
}

/** A program expects other random numbers in each process; V8 has taken its seed long ago. */
function reseed(v8, seed) {
  v8.setFlagsFromString(`--random-seed=${seed}`)
  Math.random()
  v8.setFlagsFromString('--random-seed=0')
}

function takeOrigin(performance) {
  const origin = Date.now() - performance.now()
  const prototype = Object.getPrototypeOf(performance)
  const { get: _, ...rest } = Object.getOwnPropertyDescriptor(prototype, 'timeOrigin')
  Object.defineProperty(prototype, 'timeOrigin', { ...rest, get: () => origin })
  const { value: toJSON, ...kind } = Object.getOwnPropertyDescriptor(prototype, 'toJSON')
  Object.defineProperty(prototype, 'toJSON', {
    ...kind,
    value: { toJSON: () => ({ ...toJSON.call(performance), timeOrigin: origin }) }.toJSON,
  })
}

function main() {
  const resetResourceNumber = noteResourceNumber()
  const addon = { exports: {} }
  process.dlopen(addon, '/cupel/warden-node.node')
  const { serve, turn } = addon.exports
  const Module = require('node:module')
  const path = require('node:path')
  const v8 = require('node:v8')
  const { runMain } = Module
  warmUp(turn)
  resetResourceNumber()
  const { performance } = globalThis
  v8.setFlagsFromString('--expose-gc')
  const gc = require('node:vm').runInNewContext('gc')
  v8.setFlagsFromString('--no-expose-gc')
  gc()
  gc()

  const [pid, seed, entry, ...args] = serve()
  process.chdir('/tmp/work')
  process.argv.splice(1, Infinity, path.resolve(entry), ...args)
  Object.defineProperty(process, 'pid', { value: pid })
  reseed(v8, seed)
  takeOrigin(performance)
  // Node has already decided on the path of the program; but it asks here for what loads it.
  const own = Object.getOwnPropertyDescriptor(Module, 'runMain')
  Object.defineProperty(Module, 'runMain', {
    configurable: true,
    get() {
      Object.defineProperty(Module, 'runMain', own)
      return runMain.bind(Module, process.argv[1])
    },
  })
}

// Threads that the program starts load this module too.
if (require('node:worker_threads').isMainThread) main()
forgetThisModule()
