import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { UsageError, type VerdictKind } from '../../kernel/index.js'
import { passAtK, passAtKOverProblems, sampleCounts } from './pass-at-k.js'

/** Share of all k-subsets of n samples, the first c of them correct, that hold a correct one. */
function enumerated(n: number, c: number, k: number): number {
  let subsets = 0
  let hits = 0
  for (let mask = 0; mask < 1 << n; mask++) {
    if (mask.toString(2).replaceAll('0', '').length !== k) continue
    subsets++
    if (mask & ((1 << c) - 1)) hits++
  }
  return hits / subsets
}

const counts = fc
  .integer({ min: 1, max: 300 })
  .chain((n) => fc.record({ n: fc.constant(n), c: fc.nat(n), k: fc.integer({ min: 1, max: n }) }))

describe('passAtK', () => {
  it('equals the enumeration of all subsets for every n up to 10', () => {
    for (let n = 1; n <= 10; n++)
      for (let c = 0; c <= n; c++)
        for (let k = 1; k <= n; k++) expect(passAtK(n, c, k), `${n} ${c} ${k}`).toBeCloseTo(enumerated(n, c, k), 12)
  })

  it('is c/n at k = 1 and a probability everywhere', () => {
    fc.assert(
      fc.property(counts, ({ n, c, k }) => {
        expect(passAtK(n, c, 1)).toBeCloseTo(c / n, 12)
        expect(passAtK(n, c, k)).toBeGreaterThanOrEqual(0)
        expect(passAtK(n, c, k)).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('never falls when c or k grows', () => {
    fc.assert(
      fc.property(counts, ({ n, c, k }) => {
        const value = passAtK(n, c, k)
        if (c < n) expect(passAtK(n, c + 1, k)).toBeGreaterThanOrEqual(value - 1e-12)
        if (k < n) expect(passAtK(n, c, k + 1)).toBeGreaterThanOrEqual(value - 1e-12)
      }),
    )
  })

  it('stays exact where binomial coefficients overflow', () => {
    expect(passAtK(1_000_000, 1, 500_000)).toBeCloseTo(0.5, 12)
    expect(passAtK(1_000_000, 500_000, 1)).toBeCloseTo(0.5, 12)
    expect(passAtK(1_000_000, 999_999, 2)).toBe(1)
  })

  it.each([
    [5, 1, 6],
    [5, 6, 1],
    [5, 1, 0],
    [5, -1, 1],
    [5.5, 1, 1],
    [5, Number.NaN, 1],
    [0, 0, 1],
  ])('refuses n = %d, c = %d, k = %d', (n, c, k) => {
    expect(() => passAtK(n, c, k)).toThrow(UsageError)
  })
})

describe('passAtKOverProblems', () => {
  const kinds = (text: string): VerdictKind[] =>
    [...text].map((letter) => (letter === 'p' ? 'passed' : letter === 'i' ? 'infrastructure' : 'wrong'))

  it('is the mean over problems', () => {
    // (1/2 + 1/4) / 2
    const result = passAtKOverProblems(
      new Map([
        ['a', kinds('pw')],
        ['b', kinds('pwww')],
      ]),
      1,
    )
    expect(result.value).toBeCloseTo(0.375, 12)
    expect(result).toMatchObject({ problems: 2, excluded: [] })
  })

  it('takes infrastructure out of n and never counts it as a failure', () => {
    expect(sampleCounts(kinds('piw'))).toEqual({ n: 2, c: 1, infrastructure: 1 })
    expect(passAtKOverProblems(new Map([['a', kinds('piiiw')]]), 1).value).toBe(0.5)
  })

  it('excludes and lists a problem with too few samples left', () => {
    const result = passAtKOverProblems(
      new Map([
        ['full', kinds('pw')],
        ['short', kinds('pi')],
      ]),
      2,
    )
    expect(result).toMatchObject({ value: 1, problems: 1 })
    expect(result.excluded).toEqual([
      { problemId: 'short', reason: '1 of the 2 samples needed (lost to infrastructure: 1)' },
    ])
  })

  it('[system 4.c] refuses when no problem has k samples, naming n and k', () => {
    const table = new Map([
      ['a', kinds('pw')],
      ['b', kinds('www')],
    ])
    expect(() => passAtKOverProblems(table, 10)).toThrow(/k = 10.*n = 3/)
    expect(() => passAtKOverProblems(table, 10)).toThrow(UsageError)
  })

  it('refuses an empty table, one of infrastructure only, and a k that is none', () => {
    expect(() => passAtKOverProblems(new Map(), 1)).toThrow(UsageError)
    expect(() => passAtKOverProblems(new Map([['a', kinds('ii')]]), 1)).toThrow(/n = 0.*--resume/)
    expect(() => passAtKOverProblems(new Map([['a', kinds('p')]]), 1.5)).toThrow(UsageError)
  })

  it('gives the same for counts as for lists, whatever the order of problems', () => {
    const problem = fc.record({ n: fc.integer({ min: 1, max: 12 }), p: fc.nat(12) })
    fc.assert(
      fc.property(fc.array(problem, { minLength: 1, maxLength: 20 }), (problems) => {
        const lists = problems.map(({ n, p }, i): [string, VerdictKind[]] => [
          `${i}`,
          Array.from({ length: n }, (_, j) => (j < p ? 'passed' : 'wrong')),
        ])
        const counted = lists.map(([id, list]): [string, ReturnType<typeof sampleCounts>] => [id, sampleCounts(list)])
        const options = { resamples: 50, seed: 7 }
        const fromLists = passAtKOverProblems(new Map(lists), 1, options)
        expect(passAtKOverProblems(new Map(counted), 1, options)).toEqual(fromLists)
        expect(passAtKOverProblems(new Map(counted.reverse()), 1, options)).toEqual(fromLists)
      }),
      { numRuns: 50 },
    )
  })

  it('resamples the problems of a cluster together', () => {
    const table = new Map(Array.from({ length: 60 }, (_, i) => [`${i}`, { n: 1, c: Math.floor(i / 6) % 2 }]))
    const alone = passAtKOverProblems(table, 1)
    const together = passAtKOverProblems(table, 1, { clusterOf: (id) => `${Math.floor(Number(id) / 6)}` })
    expect(together.value).toBe(alone.value)
    // √6 as wide.
    expect((together.high - together.low) / (alone.high - alone.low)).toBeGreaterThan(2)
  })

  it('takes a million samples as counts', () => {
    const table = new Map(Array.from({ length: 10_000 }, (_, i) => [`p${i}`, { n: 100, c: i % 101 }]))
    const { value, low, high } = passAtKOverProblems(table, 10)
    expect(low).toBeLessThan(value)
    expect(high).toBeGreaterThan(value)
  })
})
