/** Words as decimal numbers, and the checkers of the competition benchmarks that need them. */
import { describe, expect, it } from 'vitest'
import type { Checker } from '../../kernel/index.js'
import type { Sandbox } from '../sandbox/sandbox.js'
import { checkOutput, compare } from './checkers.js'
import { sameDecimals } from './decimals.js'

describe('decimal numbers', () => {
  it.each([
    ['1.0', '1.00'],
    ['1', '1.'],
    ['-0', '0.00'],
    ['1e3', '1000'],
    ['+5', '005'],
    ['.5', '0.50'],
    ['12 3.50', '12.0 3.5'],
    ['1E-2', '0.01'],
    ['inf', '+Infinity'],
    ['100000000000000000000', '1e20'],
    ['one', 'one'],
    ['nan', 'nan'],
  ])('%s is %s', (a, b) => expect(sameDecimals(a, b)).toBe(true))

  it.each([
    ['1', 'one'],
    ['50000000000000000', '50000000000000001'],
    ['0.333333', '0.3333333333'],
    ['1', '-1'],
    ['NaN', 'nan'],
    ['inf', '-inf'],
    ['1 2', '1'],
    ['', '0'],
    ['.', '0'],
    ['e5', '0'],
    ['one', 'One'],
    ['1_0', '1'],
    ['1e1000000000000', '1e1000000000001'],
  ])('%s is not %s', (a, b) => expect(sameDecimals(a, b)).toBe(false))
})

it('millions of figures are read in time, and many of them are no number that is near every other', () => {
  const floats = { kind: 'floats', absolute: 1e-6, relative: 1e-6 } as const
  const many = 2_000_000
  for (const checker of [floats, { kind: 'decimals' }] as const)
    for (const got of [
      `${'1'.repeat(many)}x`,
      `1${'0'.repeat(many)}1`,
      `1e${'9'.repeat(many)}`,
      `.${'1'.repeat(many)}x`,
    ])
      for (const expected of ['5', '9'.repeat(400), '2.5'])
        expect(compare(checker, expected, got), `${expected} ${got.slice(0, 9)}`).not.toBeNull()
  const nines = '9'.repeat(400)
  for (const got of ['5', '-5', '0', `${nines}9`, nines.slice(1), '1e400', '1e4000'])
    expect(compare(floats, nines, got), got).not.toBeNull()
  expect(compare(floats, nines, `${nines.slice(0, -1)}8`)).toBeNull()
  expect(compare(floats, '1e400', '5')).not.toBeNull()
})

describe('the checker decimals', () => {
  const accepts = (expected: string, got: string) => compare({ kind: 'decimals' }, expected, got) === null

  it('does not see white space around lines, nor empty lines around all of them', () => {
    expect(accepts('1 2\n3\n', '\n  1 2  \n3 \n\n')).toBe(true)
    expect(accepts('', '\n')).toBe(true)
  })

  it('wants as many lines, and does not take what is on one line for what is on two', () => {
    expect(accepts('1\n2', '1 2')).toBe(false)
    expect(accepts('1\n\n2', '1\n2')).toBe(false)
    expect(accepts('1', '')).toBe(false)
  })

  it('compares lines as numbers only where all of a line are numbers', () => {
    expect(accepts('Case 1.0', 'Case 1.00')).toBe(false)
    expect(accepts('1.0 2', '1.00 2.0')).toBe(true)
  })

  it('says which line differs', () => {
    expect(compare({ kind: 'decimals' }, '1\n1.5', '1.0\n1.6')).toBe('line 2: expected "1.5", got "1.6"')
  })
})

type PlainChecker = Exclude<Checker, { kind: 'program' | 'answer' }>

describe('the checker floats', () => {
  const apps: Checker = { kind: 'floats', absolute: 1e-8, relative: 1e-5, exactIntegers: true }
  const of = (checker: PlainChecker) => (expected: string, got: string) => compare(checker, expected, got) === null

  it('lets floats differ and integers not, where it is asked to', () => {
    const accepts = of(apps as PlainChecker)
    expect(accepts('0.5', '0.500001')).toBe(true)
    expect(accepts('1000000', '1000001')).toBe(false)
    expect(accepts('3', '3.0')).toBe(true)
    expect(accepts('3', '3.0000001')).toBe(false)
    expect(accepts('10', '9.9999999')).toBe(false)
  })

  it('ignores the case of every word or of yes and no alone', () => {
    const all = of({ kind: 'floats', absolute: 1e-5, relative: 0, ignoreCase: 'all' })
    const some = of({ kind: 'floats', absolute: 1e-12, relative: 0, ignoreCase: 'yes-no' })
    const none = of({ kind: 'floats', absolute: 0, relative: 0 })
    expect([all('YES Impossible', 'yes IMPOSSIBLE'), some('YES', 'Yes'), none('YES', 'Yes')]).toEqual([
      true,
      true,
      false,
    ])
    expect(some('YES Impossible', 'yes IMPOSSIBLE')).toBe(false)
    expect(some('yes', 'true')).toBe(false)
  })
})

describe('several outputs that are right', () => {
  const one = { stdin: '', stdout: '1 2\n', alternatives: ['2 1\n', '3'] }
  const verdict = async (output: string) =>
    checkOutput({ kind: 'tokens' }, one, output, undefined as unknown as Sandbox)

  it('accepts each as a whole, and no mixture of them', async () => {
    for (const output of ['1 2', '2 1', '3 ']) expect(await verdict(output)).toMatchObject({ verdict: 'accepted' })
    for (const output of ['1 1', '2', '1 2 3', ''])
      expect(await verdict(output)).toMatchObject({ verdict: 'wrong', message: expect.stringContaining('2 other') })
  })
})
