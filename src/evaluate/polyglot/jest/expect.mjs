/**
 * `expect` with the matchers that exercises use. A matcher that is not here is an error of the test, never a pass.
 *
 * Not covered: snapshots; `expect.extend`; what a mock returned.
 */
import { format, inspect } from 'node:util'
import { Asymmetric, contains, equal } from './equal.mjs'

export class ExpectationError extends Error {
  name = 'ExpectationError'
}

/** How many assertions the running test made, and how many it asked for. */
export const asserted = { count: 0, expected: null, any: false }

const isMock = (value) => {
  if (typeof value !== 'function' || !value.mock) throw new ExpectationError('the received value is no mock function')
  return value.mock
}
const numbers = (a, b) => {
  for (const one of [a, b])
    if (typeof one !== 'number' && typeof one !== 'bigint') throw new ExpectationError(`${inspect(one)} is no number`)
  return true
}
const at = (value, path) => {
  const keys = Array.isArray(path)
    ? path
    : String(path)
        .replace(/\[(\w+)\]/g, '.$1')
        .split('.')
  let found = value
  for (const key of keys) {
    if (found === null || found === undefined || !(key in Object(found))) return { there: false }
    found = found[key]
  }
  return { there: true, value: found }
}
const near = (got, want, digits = 2) => Object.is(got, want) || got === want || Math.abs(got - want) < 10 ** -digits / 2

/** Each tells whether it holds. */
const matchers = {
  toBe: (got, want) => Object.is(got, want),
  toEqual: (got, want) => equal(got, want),
  toStrictEqual: (got, want) => equal(got, want, true),
  toMatchObject: (got, want) => contains(got, want),
  toBeNull: (got) => got === null,
  toBeUndefined: (got) => got === undefined,
  toBeDefined: (got) => got !== undefined,
  toBeTruthy: (got) => Boolean(got),
  toBeFalsy: (got) => !got,
  toBeNaN: (got) => Number.isNaN(got),
  toBeInstanceOf: (got, type) => got instanceof type,
  toBeGreaterThan: (got, than) => numbers(got, than) && got > than,
  toBeGreaterThanOrEqual: (got, than) => numbers(got, than) && got >= than,
  toBeLessThan: (got, than) => numbers(got, than) && got < than,
  toBeLessThanOrEqual: (got, than) => numbers(got, than) && got <= than,
  toBeCloseTo: (got, want, digits) => numbers(got, want) && near(got, want, digits),
  toContain: (got, item) =>
    typeof got === 'string' ? got.includes(String(item)) : [...got].some((one) => one === item || Object.is(one, item)),
  toContainEqual: (got, item) => [...got].some((one) => equal(one, item)),
  toHaveLength: (got, length) => got.length === length,
  toHaveProperty: (got, path, ...want) => {
    const found = at(got, path)
    return found.there && (want.length === 0 || equal(found.value, want[0]))
  },
  toMatch: (got, pattern) => {
    if (typeof got !== 'string') throw new ExpectationError(`${inspect(got)} is no string`)
    return pattern instanceof RegExp ? new RegExp(pattern.source, pattern.flags).test(got) : got.includes(pattern)
  },
  toHaveBeenCalled: (got) => isMock(got).calls.length > 0,
  toHaveBeenCalledTimes: (got, times) => isMock(got).calls.length === times,
  toHaveBeenCalledWith: (got, ...args) => isMock(got).calls.some((call) => equal(call, args)),
  toHaveBeenLastCalledWith: (got, ...args) => equal(isMock(got).calls.at(-1), args),
  toHaveBeenNthCalledWith: (got, nth, ...args) => equal(isMock(got).calls[nth - 1], args),
}
const aliases = {
  toBeCalled: 'toHaveBeenCalled',
  toBeCalledTimes: 'toHaveBeenCalledTimes',
  toBeCalledWith: 'toHaveBeenCalledWith',
  lastCalledWith: 'toHaveBeenLastCalledWith',
  nthCalledWith: 'toHaveBeenNthCalledWith',
  toThrowError: 'toThrow',
}

/** Whether what was thrown is what was expected. */
function isThrown(thrown, want) {
  if (want === undefined) return true
  const message = typeof thrown === 'object' && thrown !== null ? String(thrown.message) : String(thrown)
  if (want instanceof Asymmetric) return want.matches(thrown)
  if (typeof want === 'string') return message.includes(want)
  if (want instanceof RegExp) return new RegExp(want.source, want.flags).test(message)
  if (typeof want === 'function') return thrown instanceof want
  return message === want?.message
}

function caught(call) {
  try {
    call()
  } catch (error) {
    return { error }
  }
  return null
}

export function expect(...received) {
  return matching(received[0], false, (value) => value)
}

/** `settle` makes the value of a promise: then every matcher gives a promise. */
function matching(received, negated, settle, rejected = false) {
  const judge = (name, got, args) => {
    asserted.count++
    let holds
    if (name === 'toThrow') {
      const thrown = rejected ? { error: got } : caught(callable(got))
      holds = thrown !== null && isThrown(thrown.error, args[0])
    } else holds = matchers[name](got, ...args)
    if (holds === negated)
      throw new ExpectationError(
        `expected ${inspect(got)}${negated ? ' not' : ''} ${name}${format('(%s)', args.map((one) => inspect(one)).join(', '))}`,
      )
  }
  const known = [...Object.keys(matchers), 'toThrow', ...Object.keys(aliases)]
  const bound = Object.fromEntries(
    known.map((name) => [
      name,
      (...args) => {
        const got = settle(received)
        const real = aliases[name] ?? name
        return got instanceof Settled ? got.value.then((value) => judge(real, value, args)) : judge(real, got, args)
      },
    ]),
  )
  if (!negated) bound.not = matching(received, true, settle, rejected)
  if (!(settle(undefined) instanceof Settled) && !negated) {
    bound.resolves = matching(received, false, (value) => new Settled(Promise.resolve(value)))
    bound.rejects = matching(received, false, (value) => new Settled(rejection(value)), true)
  }
  return bound
}

/** A matcher has to know a promise it waits for from a value that is a promise. */
class Settled {
  constructor(value) {
    this.value = value
    value.catch(() => {})
  }
}

function rejection(value) {
  return Promise.resolve(typeof value === 'function' ? value() : value).then(
    () => {
      throw new ExpectationError('the promise was not rejected')
    },
    (error) => error,
  )
}

function callable(got) {
  if (typeof got !== 'function') throw new ExpectationError('toThrow needs a function')
  return got
}

const ofType = (type) => (value) =>
  value !== null &&
  value !== undefined &&
  (value instanceof type || Object(value).constructor === type || (type === Object && typeof value === 'object'))

Object.assign(expect, {
  any: (type) => new Asymmetric('any', ofType(type)),
  anything: () => new Asymmetric('anything', (value) => value !== null && value !== undefined),
  arrayContaining: (part) =>
    new Asymmetric('arrayContaining', (v) => Array.isArray(v) && part.every((p) => v.some((one) => equal(one, p)))),
  objectContaining: (part) =>
    new Asymmetric('objectContaining', (v) => Object(v) === v && Object.keys(part).every((k) => equal(v[k], part[k]))),
  stringContaining: (part) => new Asymmetric('stringContaining', (v) => typeof v === 'string' && v.includes(part)),
  stringMatching: (part) => new Asymmetric('stringMatching', (v) => typeof v === 'string' && new RegExp(part).test(v)),
  closeTo: (want, digits) => new Asymmetric('closeTo', (v) => typeof v === 'number' && near(v, want, digits)),
  assertions: (count) => {
    asserted.expected = count
  },
  hasAssertions: () => {
    asserted.any = true
  },
})
