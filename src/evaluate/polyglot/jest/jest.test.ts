/**
 * The stand-in for Jest beside Vitest's own matchers, which are Jest's: both have to say the same of everything. Not compared:
 * errors of two classes with one message, which are equal for the Jest of these exercises (29) and not for Vitest.
 */
import { describe, expect, it } from 'vitest'

const modules = { expect: './expect.mjs', globals: './globals.mjs' }
type Matchers = Record<string, (...args: unknown[]) => unknown> & {
  not: Matchers
  resolves: Matchers
  rejects: Matchers
}
type Test = (title: string, body: (...args: never[]) => unknown) => void
type Shim = ((value: unknown) => Matchers) & Record<string, (...args: unknown[]) => unknown>
const { expect: shim } = (await import(modules.expect)) as { expect: Shim }
const globals = (await import(modules.globals)) as {
  describe: (title: string, body: () => void) => void
  xtest: Test
  test: Test & { each: (table: unknown) => Test }
  beforeEach: (body: () => void) => void
  jest: { fn: (...args: unknown[]) => (...args: unknown[]) => unknown }
  runAll: (report: (titles: string[], result: { title: string; failures: Error[] }) => void) => Promise<void>
}

class Point {
  constructor(
    readonly x: number,
    readonly y?: number,
  ) {}
}
class Chain {
  constructor(readonly items: readonly number[]) {}
  *[Symbol.iterator]() {
    yield* this.items
  }
}
const cyclic: { self?: unknown } = {}
cyclic.self = cyclic
const values: unknown[] = [
  ...[0, -0, 1, 0.1 + 0.2, 0.3, Number.NaN, 1n, '', 'a', 'ab', true, false, null, undefined],
  ...[[], [1], [1, 2], [2, 1], [undefined], new Array(1), [[1]], [Number.NaN]],
  ...[{}, { x: 1 }, { x: 1, y: undefined }, { x: 1, y: 2 }, { y: 2, x: 1 }, { x: { y: [1] } }, { length: 1 }],
  ...[new Point(1), new Point(1, 2), new Chain([1, 2]), new Chain([1])],
  ...[new Set([1, 2]), new Set([2, 1]), new Set([[1]]), new Map([[1, { a: 1 }]]), new Map([[1, { a: 2 }]])],
  ...[new Date(0), new Date(1), /a/, /a/i, new Error('a'), new Error('b'), cyclic],
  ...[Uint8Array.of(1, 2), Uint8Array.of(1, 3), Object.create(null)],
]
const holds = (judge: () => unknown) => {
  try {
    judge()
    return true
  } catch {
    return false
  }
}
const both = (name: string, got: unknown, args: unknown[], negated = false) => {
  const real = expect(got) as unknown as Matchers
  const ours = shim(got)
  const call = (matchers: Matchers) => (negated ? matchers.not : matchers)[name]?.(...args)
  return [holds(() => call(ours)), holds(() => call(real))]
}

describe('the stand-in for Jest', () => {
  it.each(['toBe', 'toEqual', 'toStrictEqual'])('%s says of any two values what Vitest says', (name) => {
    for (const [i, got] of values.entries())
      for (const [j, want] of values.entries()) {
        const [ours, real] = both(name, got, [want])
        expect(ours, `${name} of values ${i} and ${j}`).toBe(real)
      }
  })

  it.each<[string, unknown, unknown[]]>([
    ['toBeNull', null, []],
    ['toBeNull', undefined, []],
    ['toBeUndefined', undefined, []],
    ['toBeDefined', undefined, []],
    ['toBeTruthy', '0', []],
    ['toBeFalsy', '', []],
    ['toBeNaN', Number.NaN, []],
    ['toBeInstanceOf', new RangeError('a'), [Error]],
    ['toBeInstanceOf', {}, [Error]],
    ['toBeGreaterThan', 2, [2]],
    ['toBeGreaterThanOrEqual', 2, [2]],
    ['toBeLessThan', 1n, [2]],
    ['toBeLessThanOrEqual', 3, [2]],
    ['toBeCloseTo', 0.1 + 0.2, [0.3, 5]],
    ['toBeCloseTo', 1.005, [1]],
    ['toBeCloseTo', 1.004, [1]],
    ['toContain', [1, 2], [2]],
    ['toContain', [[1]], [[1]]],
    ['toContain', 'abc', ['bc']],
    ['toContain', new Set([1]), [1]],
    ['toContainEqual', [[1]], [[1]]],
    ['toHaveLength', 'abc', [3]],
    ['toHaveLength', [1], [2]],
    ['toHaveProperty', { a: { b: 1 } }, ['a.b']],
    ['toHaveProperty', { a: [{ b: 1 }] }, ['a[0].b', 1]],
    ['toHaveProperty', { a: { b: 1 } }, [['a', 'b'], 2]],
    ['toHaveProperty', { a: 1 }, ['b']],
    ['toMatch', 'abc', [/b/]],
    ['toMatch', 'abc', ['d']],
    ['toMatchObject', { a: 1, b: { c: 2, d: 3 } }, [{ b: { c: 2 } }]],
    ['toMatchObject', { a: [1, 2] }, [{ a: [1] }]],
    ['toMatchObject', new Point(1, 2), [{ x: 1 }]],
    ['toThrow', () => {}, []],
    ['toThrow', () => JSON.parse('{'), []],
    ['toThrow', () => JSON.parse('{'), [SyntaxError]],
    ['toThrow', () => JSON.parse('{'), [RangeError]],
    ['toThrow', () => Promise.reject(new Error('a')).catch(() => {}), []],
    ...(['a', 'b', /a/, /b/, new Error('an a'), new Error('a')] as const).map((want): [string, unknown, unknown[]] => [
      'toThrow',
      () => {
        throw new Error('an a')
      },
      [want],
    ]),
  ])('%s says of %o with %o what Vitest says, negated too', (name, got, args) => {
    const [ours, real] = both(name, got, args)
    const [oursNot, realNot] = both(name, got, args, true)
    expect([ours, oursNot]).toEqual([real, realNot])
  })

  it('values stand for classes of values, promises are waited for, an unknown matcher is no pass', async () => {
    const got = { a: 1, b: 'xyz', c: [1, 2], d: 0.30000004 }
    const want = {
      ...{ a: shim.any?.(Number), b: shim.stringContaining?.('y') },
      ...{ c: shim.arrayContaining?.([2]), d: shim.closeTo?.(0.3) },
    }
    expect(holds(() => shim(got).toEqual?.(want))).toBe(true)
    expect(holds(() => shim({ ...got, a: '1' }).toEqual?.(want))).toBe(false)
    expect(holds(() => shim({ ...got, c: [1] }).toEqual?.(want))).toBe(false)
    await shim(Promise.resolve(1)).resolves.toBe?.(1)
    await shim(Promise.reject(new Error('a'))).rejects.toThrow?.('a')
    await expect(shim(Promise.resolve(1)).resolves.toBe?.(2)).rejects.toThrow()
    await expect(shim(Promise.resolve(1)).rejects.toThrow?.()).rejects.toThrow('was not rejected')
    expect(holds(() => (shim(1) as unknown as { toSparkle(): void }).toSparkle())).toBe(false)
  })

  it('runs what is skipped, tables, hooks, callbacks and promises, and counts assertions', async () => {
    const seen: string[] = []
    globals.describe('outer', () => {
      globals.beforeEach(() => seen.push('before'))
      globals.xtest('skipped', () => shim(1).toBe?.(2))
      const each = (globals.test.each as unknown as (table: unknown) => (title: string, body: unknown) => void)([
        [1, 2],
      ])
      each('%d and %d', (a: number, b: number) => shim(a).toBe?.(b - 1))
      globals.test('callback', (done: () => void) => setTimeout(done, 1))
      globals.test('promise', async () => {
        await Promise.reject(new Error('late'))
      })
      globals.test('asks for one', () => shim.assertions?.(1))
      globals.test('mock', () => {
        const mock = globals.jest.fn()
        mock(1)
        shim(mock).toHaveBeenCalledWith?.(1)
      })
    })
    const results: [string, string | undefined][] = []
    await globals.runAll((titles, { title, failures }) =>
      results.push([[...titles, title].join(' › '), failures[0]?.message]),
    )
    expect(results).toEqual([
      ['outer › skipped', 'expected 1 toBe(2)'],
      ['outer › 1 and 2', undefined],
      ['outer › callback', undefined],
      ['outer › promise', 'late'],
      ['outer › asks for one', '1 assertions were expected, 0 were made'],
      ['outer › mock', undefined],
    ])
    expect(seen).toHaveLength(6)
  })
})
