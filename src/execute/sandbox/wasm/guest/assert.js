/**
 * The assert module of the examiner. Every assertion is recorded with its place in the script.
 * Does not cover: node's diff in messages, assert.CallTracker, snapshots.
 */
;(function (inspect, isHandle) {
  'use strict'
  const tests = []
  /** An assertion that failed where the script cannot be relied upon to pass it on. */
  let lasting
  let guarded = 0

  class AssertionError extends Error {
    constructor(options) {
      super(options.message)
      this.name = 'AssertionError'
      this.code = 'ERR_ASSERTION'
      this.actual = options.actual
      this.expected = options.expected
      this.operator = options.operator
    }
  }

  const placeOf = (stack) => {
    const hits = [...String(stack).matchAll(/\(?test\.js:(\d+)/g)]
    return hits.length === 0 ? 0 : Number(hits[0][1])
  }
  const show = (value) => {
    const text = inspect(value)
    return text.length > 400 ? text.slice(0, 400) + ' …' : text
  }
  function fail(message, operator, actual, expected) {
    if (message instanceof Error) throw message
    const own = operator === 'fail' ? 'Failed' : show(actual) + ' ' + operator + ' ' + show(expected)
    throw new AssertionError({ message: message === undefined ? own : String(message), actual, expected, operator })
  }
  const note = (line, status, error) => {
    const record = { line, status, error }
    if (tests.length < 10000) tests.push(record)
    if (status === 'failed' && guarded > 0 && lasting === undefined) lasting = error
    return record
  }
  const recorded = (check) =>
    function (...args) {
      const line = placeOf(new Error('place').stack)
      let out
      try {
        out = check.apply(this, args)
      } catch (error) {
        note(line, 'failed', error)
        throw error
      }
      if (!(out instanceof Promise)) {
        note(line, 'passed')
        return out
      }
      return out.then(
        (value) => {
          note(line, 'passed')
          return value
        },
        (error) => {
          note(line, 'failed', error)
          throw error
        },
      )
    }

  const tag = (value) => Object.prototype.toString.call(value)
  const own = (value) => Reflect.ownKeys(value).filter((k) => Object.prototype.propertyIsEnumerable.call(value, k))

  /** node's deepStrictEqual (`strict`) or legacy deepEqual. A handle equals nothing but itself. */
  function same(a, b, strict, seen = []) {
    if (strict ? Object.is(a, b) : a == b || (a !== a && b !== b)) return true
    if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return false
    if (isHandle(a) || isHandle(b)) return false
    if (strict && Object.getPrototypeOf(a) !== Object.getPrototypeOf(b) && !alike(a, b)) return false
    if (Array.isArray(a) !== Array.isArray(b) || tag(a) !== tag(b)) return false
    for (const [x, y] of seen) if (x === a && y === b) return true
    const deeper = [...seen, [a, b]]
    const eq = (x, y) => same(x, y, strict, deeper)
    if (a instanceof Date && !Object.is(a.getTime(), b.getTime())) return false
    if (a instanceof RegExp && (a.source !== b.source || a.flags !== b.flags || a.lastIndex !== b.lastIndex))
      return false
    if (a instanceof Error && (a.message !== b.message || a.name !== b.name)) return false
    if (a instanceof Number || a instanceof String || a instanceof Boolean)
      if (!Object.is(a.valueOf(), b.valueOf())) return false
    if (a instanceof ArrayBuffer) return eq(new Uint8Array(a), new Uint8Array(b))
    if (ArrayBuffer.isView(a)) {
      if (a.length !== b.length) return false
      for (let i = 0; i < a.length; i++) if (strict ? !Object.is(a[i], b[i]) : a[i] != b[i]) return false
      return true
    }
    if (a instanceof Set && !sameSet(a, b, eq)) return false
    if (a instanceof Map && !sameMap(a, b, eq)) return false
    if (Array.isArray(a) && a.length !== b.length) return false
    const keys = own(a)
    if (keys.length !== own(b).length) return false
    return keys.every((k) => Object.prototype.propertyIsEnumerable.call(b, k) && eq(a[k], b[k]))
  }
  /** Errors made again on this side have a class of their own with the same name. */
  const alike = (a, b) =>
    a instanceof Error && b instanceof Error && a.name === b.name && a.constructor.name === b.constructor.name
  function sameSet(a, b, eq) {
    if (!(b instanceof Set) || a.size !== b.size) return false
    const rest = [...b]
    for (const x of a) {
      const at = b.has(x) ? rest.findIndex((y) => Object.is(x, y) || x === y) : rest.findIndex((y) => eq(x, y))
      if (at < 0) return false
      rest.splice(at, 1)
    }
    return true
  }
  function sameMap(a, b, eq) {
    if (!(b instanceof Map) || a.size !== b.size) return false
    const rest = [...b]
    for (const [k, v] of a) {
      const at = rest.findIndex(([l, w]) => eq(k, l) && eq(v, w))
      if (at < 0) return false
      rest.splice(at, 1)
    }
    return true
  }

  /** Whether what was thrown is what the script asked for: a class, a pattern, an object of properties, or a predicate. */
  function matches(error, expected) {
    if (expected === undefined) return true
    if (expected instanceof RegExp) return expected.test(String(error))
    if (typeof expected === 'function') {
      if (expected === Error || expected.prototype instanceof Error) return error instanceof expected
      if (isHandle(expected)) return error instanceof expected
      return expected.call({}, error) === true
    }
    if (expected !== null && typeof expected === 'object')
      return Object.keys(expected)
        .concat(expected instanceof Error ? ['name', 'message'] : [])
        .every((k) =>
          expected[k] instanceof RegExp && typeof error[k] === 'string'
            ? expected[k].test(error[k])
            : same(error[k], expected[k], true),
        )
    return true
  }
  const split = (expected, message) => (typeof expected === 'string' ? [undefined, expected] : [expected, message])
  function thrown(error, expected, message) {
    const [wanted, text] = split(expected, message)
    if (!matches(error, wanted))
      fail(text ?? 'The exception was not the expected one: ' + show(error), 'throws', error, wanted)
  }

  const equality = (operator, holds) =>
    recorded((actual, expected, message) => {
      if (!holds(actual, expected)) fail(message, operator, actual, expected)
    })
  const assert = recorded((value, message) => {
    if (!value) fail(message, '==', value, true)
  })
  Object.assign(assert, {
    AssertionError,
    ok: assert,
    equal: equality('==', (a, b) => a == b || (a !== a && b !== b)),
    notEqual: equality('!=', (a, b) => !(a == b || (a !== a && b !== b))),
    strictEqual: equality('===', Object.is),
    notStrictEqual: equality('!==', (a, b) => !Object.is(a, b)),
    deepEqual: equality('deepEqual', (a, b) => same(a, b, false)),
    notDeepEqual: equality('notDeepEqual', (a, b) => !same(a, b, false)),
    deepStrictEqual: equality('deepStrictEqual', (a, b) => same(a, b, true)),
    notDeepStrictEqual: equality('notDeepStrictEqual', (a, b) => !same(a, b, true)),
    fail: recorded((message) => fail(message, 'fail')),
    ifError: recorded((value) => {
      if (value !== null && value !== undefined) fail(undefined, 'ifError', value, null)
    }),
    match: equality('match', (text, pattern) => typeof text === 'string' && pattern.test(text)),
    doesNotMatch: equality('doesNotMatch', (text, pattern) => typeof text === 'string' && !pattern.test(text)),
    throws: recorded((run, expected, message) => {
      try {
        run()
      } catch (error) {
        return thrown(error, expected, message)
      }
      fail(split(expected, message)[1] ?? 'Missing expected exception.', 'throws')
    }),
    doesNotThrow: recorded((run, expected, message) => {
      try {
        run()
      } catch (error) {
        fail(split(expected, message)[1] ?? 'Got unwanted exception: ' + show(error), 'doesNotThrow', error)
      }
    }),
    rejects: recorded(async (promise, expected, message) => {
      let value
      try {
        value = typeof promise === 'function' ? promise() : promise
        await value
      } catch (error) {
        return thrown(error, expected, message)
      }
      fail(split(expected, message)[1] ?? 'Missing expected rejection.', 'rejects', value)
    }),
    doesNotReject: recorded(async (promise, expected, message) => {
      try {
        await (typeof promise === 'function' ? promise() : promise)
      } catch (error) {
        fail(split(expected, message)[1] ?? 'Got unwanted rejection: ' + show(error), 'doesNotReject', error)
      }
    }),
  })
  assert.strict = Object.assign((...args) => assert(...args), assert, {
    equal: assert.strictEqual,
    notEqual: assert.notStrictEqual,
    deepEqual: assert.deepStrictEqual,
    notDeepEqual: assert.notDeepStrictEqual,
  })
  assert.strict.strict = assert.strict

  return {
    assert,
    AssertionError,
    same,
    tests,
    placeOf,
    /** console.assert goes on after a failure, so the failure is kept here. */
    soft(value, message) {
      const line = placeOf(new Error('place').stack)
      if (value) return void note(line, 'passed')
      const error = new AssertionError({ message: message === undefined ? 'console.assert failed' : String(message) })
      note(line, 'failed', error)
      lasting ??= error
    },
    /** Runs test code on behalf of the candidate: what fails in there counts even if the candidate swallows it. */
    inCallback(run) {
      guarded++
      try {
        return run()
      } finally {
        guarded--
      }
    },
    lasting: () => lasting,
  }
})
