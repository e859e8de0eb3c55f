/**
 * Both sides in JavaScript: `serve` answers calls for the candidate, `standIn` stands in for its functions in the tests.
 * Values are read by their own data properties and written as tokens (see the README of the folder above).
 */
'use strict'
const fs = require('node:fs')
const { types } = require('node:util')

const lines = fs.readFileSync(0, 'latin1').split('\n')
const mark = lines[0]
/** Kept, since programs replace them. */
const write = fs.writeSync
const { isArray } = Array
const { getPrototypeOf, getOwnPropertyDescriptor } = Object

function send(text) {
  let rest = Buffer.from(`\n${mark} ${text}\n`, 'latin1')
  while (rest.length > 0)
    try {
      rest = rest.subarray(write(1, rest))
    } catch (error) {
      if (error.code !== 'EAGAIN') throw error
    }
}

// ── values to tokens ──

function text(value) {
  let out = ''
  for (const letter of value) {
    const code = letter.codePointAt(0)
    if (code > 0x20 && code < 0x7f && code !== 0x25) out += letter
    else if (code >= 0xd800 && code <= 0xdfff) out += `%u${code.toString(16)}`
    else for (const byte of Buffer.from(letter)) out += `%${byte.toString(16).padStart(2, '0')}`
  }
  return out
}

function number(value) {
  if (Number.isSafeInteger(value) && !Object.is(value, -0)) return `i${value}`
  const bits = Buffer.alloc(8)
  bits.writeDoubleBE(value)
  return `d${bits.toString('hex')}`
}

class CannotCross extends Error {}

function encode(value, out, open) {
  switch (typeof value) {
    case 'undefined':
      return void out.push('u')
    case 'boolean':
      return void out.push(value ? 't' : 'f')
    case 'number':
      return void out.push(number(value))
    case 'bigint':
      return void out.push(`I${value}`)
    case 'string':
      return void out.push(`s${text(value)}`)
    case 'symbol':
      return void out.push(`?${text(String(value))}`)
    case 'function':
      return void out.push(`?${text(`function ${value.name}`)}`)
  }
  if (value === null) return void out.push('n')
  if (open.includes(value)) throw new CannotCross('a value that contains itself cannot cross')
  if (open.length > 390) throw new CannotCross('the value is nested too deeply to cross')
  open.push(value)
  if (isArray(value)) {
    out.push(`[${value.length}`)
    for (let i = 0; i < value.length; i++) encode(value[i], out, open)
  } else if (types.isSet(value)) {
    const items = [...Set.prototype.values.call(value)]
    out.push(`<${items.length}`)
    for (const item of items) encode(item, out, open)
  } else if (types.isMap(value)) {
    const pairs = [...Map.prototype.entries.call(value)]
    out.push(`M${pairs.length}`)
    for (const [key, item] of pairs) encode(key, out, open), encode(item, out, open)
  } else if (value instanceof Uint8Array) {
    out.push(`b${[...value].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')}`)
  } else if (types.isNumberObject(value) || types.isStringObject(value) || types.isBooleanObject(value)) {
    out.push(`?${text(`boxed ${value}`)}`)
  } else if (plain(value)) {
    const names = Object.keys(value)
    out.push(`{${names.length}`)
    for (const name of names) encode(name, out, open), encode(getOwnPropertyDescriptor(value, name)?.value, out, open)
  } else out.push(`?${text(getPrototypeOf(value)?.constructor?.name ?? 'object')}`)
  open.pop()
}

/** An object literal, or one without a prototype. Not a proxy of one. */
function plain(value) {
  const prototype = getPrototypeOf(value)
  return !types.isProxy(value) && (prototype === null || prototype === Object.prototype)
}

function tokens(value) {
  const out = []
  encode(value, out, [])
  return out.join(' ')
}

// ── tokens to values ──

function unescape(token) {
  let out = ''
  let bytes = []
  for (let i = 1; i < token.length; i++) {
    if (token[i] !== '%') bytes.push(token.charCodeAt(i))
    else if (token[i + 1] === 'u') {
      out += Buffer.from(bytes).toString() + String.fromCharCode(Number.parseInt(token.slice(i + 2, i + 6), 16))
      bytes = []
      i += 5
    } else {
      bytes.push(Number.parseInt(token.slice(i + 1, i + 3), 16))
      i += 2
    }
  }
  return out + Buffer.from(bytes).toString()
}

/** What stayed with the candidate: it equals nothing, and nothing can be read of it. */
function opaque(name) {
  const refuse = () => {
    throw new TypeError(`the candidate gave a ${name}, which cannot leave its process`)
  }
  const traps = { get: refuse, set: refuse, has: refuse, apply: refuse, construct: refuse, ownKeys: refuse }
  return new Proxy(function () {}, traps)
}

class Reader {
  constructor(line) {
    this.tokens = line.split(' ')
    this.at = 0
  }

  next() {
    return this.tokens[this.at++]
  }

  value() {
    const token = this.next()
    const rest = token.slice(1)
    switch (token[0]) {
      case 'n':
        return null
      case 'u':
        return undefined
      case 't':
        return true
      case 'f':
        return false
      case 'i':
        return Number.isSafeInteger(Number(rest)) ? Number(rest) : BigInt(rest)
      case 'I':
        return BigInt(rest)
      case 'd':
        return Buffer.from(rest, 'hex').readDoubleBE()
      case 's':
      case 'c':
      case 'y':
        return unescape(token)
      case 'b':
        return Uint8Array.from(rest.split('%').slice(1), (byte) => Number.parseInt(byte, 16))
      case '?':
        return opaque(unescape(token))
      case '[':
      case '(':
        return Array.from({ length: Number(rest) }, () => this.value())
      case '<':
        return new Set(Array.from({ length: Number(rest) }, () => this.value()))
      case 'M':
        return new Map(Array.from({ length: Number(rest) }, () => [this.value(), this.value()]))
    }
    const made = {}
    for (let i = Number(rest); i > 0; i--) {
      const name = this.value()
      Object.defineProperty(made, name, { value: this.value(), writable: true, enumerable: true, configurable: true })
    }
    return made
  }
}

// ── the candidate's side ──

function failure(error) {
  const about = error !== null && typeof error === 'object' ? error : { name: 'Error', message: String(error) }
  let [name, message] = ['Error', '']
  try {
    name = String(about.name || 'Error')
    message = String(about.message ?? '')
  } catch {}
  return `s${text(name)} s${text(message.slice(0, 2000))}`
}

/** `find(name)` gives what the program calls so. */
async function serve(find) {
  for (const line of lines.slice(1)) {
    if (line === '') continue
    try {
      const reader = new Reader(line)
      const name = unescape(reader.next())
      const args = reader.value()
      const before = args.map(tokens)
      let value = find(name)(...args)
      let kind = 'v'
      if (value !== null && typeof value === 'object' && types.isPromise(value)) {
        kind = 'p'
        try {
          value = await value
        } catch (error) {
          send(`q ${failure(error)}`)
          continue
        }
      }
      let reply = `${kind} ${tokens(value)}`
      args.forEach((arg, i) => {
        if (arg === null || typeof arg !== 'object') return
        const after = tokens(arg)
        if (after !== before[i]) reply += ` m ${i} ${after}`
      })
      send(reply)
    } catch (error) {
      send(`e ${failure(error)}`)
    }
  }
}

// ── the tests' side ──

let call = 0
/** From the first guess on nothing decides: the script goes on as far as it comes, to show which calls it makes. */
let guessed = false

function standIn(name) {
  return Object.defineProperty(
    function (...args) {
      let asked
      try {
        asked = `s${text(name)} ${tokens(args).replace(/^\[/, '(')}`
        const strange = / \?(\S*)/.exec(asked)
        if (strange) throw new CannotCross(`the tests pass a value that cannot cross: ${strange[1]}`)
      } catch (error) {
        send(`x s${text(error.message)}`)
        process.exit(78)
      }
      const at = 1 + 2 * call++
      const reply = lines[at] === asked ? lines[at + 1] : undefined
      send(`c ${reply === undefined ? 'g' : 'r'} ${asked}`)
      guessed ||= reply === undefined
      return reply === undefined ? undefined : meaning(reply, args)
    },
    'name',
    { value: name },
  )
}

function meaning(line, args) {
  const reader = new Reader(line)
  const kind = reader.next()
  if (kind === 'e') throw errorFrom(reader)
  if (kind === 'q') return Promise.reject(errorFrom(reader))
  const value = reader.value()
  while (reader.next() === 'm') refill(args[Number(reader.next())], reader.value())
  return kind === 'p' ? Promise.resolve(value) : value
}

/**
 * Functions that are a test each: all are run, whatever becomes of the others, and the first that fails ends the script as it
 * would have alone. What follows a guess decides nothing and is not told.
 */
async function runTests(functions) {
  const all = Object.entries(functions)
  send(`n ${all.map(([name]) => `s${text(name)}`).join(' ')}`)
  let first = null
  for (const [name, test] of all) {
    let status = 'passed'
    try {
      await test()
    } catch (error) {
      status = error instanceof AssertionError ? 'failed' : 'error'
      if (!guessed) first ??= error
    }
    if (!guessed) send(`t ${status} s${text(name)}`)
  }
  if (first === null) return
  fs.writeSync(2, `${first?.stack ?? first}\n`)
  process.exit(1)
}

const errors = { Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError }

function errorFrom(reader) {
  const [name, message] = [unescape(reader.next()), unescape(reader.next())]
  const error = new (errors[name] ?? Error)(message)
  if (error.name !== name) error.name = name
  return error
}

/** An argument that the candidate changed in place: the caller's own object gets the new content. */
function refill(old, made) {
  if (isArray(old)) {
    old.length = 0
    for (const item of made) old.push(item)
  } else if (types.isSet(old)) old.clear(), made.forEach((item) => old.add(item))
  else if (types.isMap(old)) old.clear(), made.forEach((item, key) => old.set(key, item))
  else if (old instanceof Uint8Array) old.set(made)
  else {
    for (const name of Object.keys(old)) delete old[name]
    Object.assign(old, made)
  }
}

/** What the scripts of benchmarks take for granted, without its holes, and the same in each run. */
function prepareTests() {
  // console.assert only prints: a failed test would go unseen
  console.assert = (condition, ...about) => {
    if (!condition && !guessed) throw new Error(`Assertion failed${about.length > 0 ? `: ${about.join(' ')}` : ''}`)
  }
  const assert = require('node:assert')
  // The old deepEqual takes "2" for 2. Only null and undefined are one: translations made either of Python's None.
  assert.deepEqual = (actual, expected, message) => {
    if (!alike(actual, expected)) assert.deepStrictEqual(actual, expected, message)
  }
  for (const [name, check] of Object.entries(assert))
    if (typeof check === 'function' && /^[a-z]/.test(name))
      assert[name] = (...args) => (guessed ? undefined : Reflect.apply(check, assert, args))
  // Each run of the tests has to make the same calls.
  let state = 1
  Math.random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
  const { Module } = require('node:module')
  const load = Module._load
  Module._load = function (request, ...rest) {
    return request === 'lodash' ? { isEqual: same } : Reflect.apply(load, this, [request, ...rest])
  }
}

/** They show another time whenever they are asked, and the same times in each run of the tests. */
function stopClocks() {
  let time = 1.7e12
  const { Date } = globalThis
  const now = () => time++
  Date.now = now
  globalThis.Date = new Proxy(Date, {
    apply: () => new Date(now()).toString(),
    construct: (_, args, made) => Reflect.construct(Date, args.length > 0 ? args : [now()], made),
  })
  Date.prototype.constructor = globalThis.Date
  performance.now = now
}

const alike = (a, b) => equal(a, b, (x, y) => x === y || (x == null && y == null) || (x !== x && y !== y))
/** As lodash has it: zeros are one, NaN is itself. */
const same = (a, b) => equal(a, b, (x, y) => x === y || (x !== x && y !== y))

function equal(a, b, leaves) {
  if (leaves(a, b)) return true
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return false
  if (getPrototypeOf(a) !== getPrototypeOf(b)) return false
  if (types.isMap(a)) return equal([...a], [...b], leaves)
  if (types.isSet(a))
    return a.size === b.size && [...a].every((x) => b.has(x) || [...b].some((y) => equal(x, y, leaves)))
  const names = Object.keys(a)
  if (names.length !== Object.keys(b).length || (isArray(a) && a.length !== b.length)) return false
  return names.every((name) => Object.hasOwn(b, name) && equal(a[name], b[name], leaves))
}

// ── both in one program ──

const { AssertionError } = require('node:assert')

/** What became of tests that run beside the program. Called before it, so that it is told first. */
function beside() {
  prepareTests()
  process.on('uncaughtException', (error) => {
    send(error instanceof AssertionError ? `a s${text(String(error.message))}` : `e ${failure(error)}`)
    process.exit(1)
  })
}

/** What the script has begun and has to come to its end: a promise that is never kept would end it without a word. */
let waiting = 0

const waits = {
  set for(begun) {
    if (!types.isPromise(begun)) return
    waiting++
    // One that fails is nobody's yet, and is told as that.
    begun.then(() => void waiting--)
  },
}

/** The script is at its end; what it left to be done comes before the report, which an exit of the process prevents. */
function ended(word) {
  process.once('beforeExit', () => {
    if (!process.exitCode && waiting === 0) send(`d ${word} 1`)
  })
}

module.exports = { waits, serve, standIn, runTests, prepareTests, stopClocks, beside, ended, mark }
