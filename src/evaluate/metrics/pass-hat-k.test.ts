import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { UsageError, type VerdictKind } from '../../kernel/index.js'
import { passAtK } from './pass-at-k.js'
import { passHatK, passHatKOverProblems } from './pass-hat-k.js'

/** Share of all k-subsets of n samples, the first c of them correct, that hold correct ones only. */
function enumerated(n: number, c: number, k: number): number {
  let subsets = 0
  let hits = 0
  for (let mask = 0; mask < 1 << n; mask++) {
    if (mask.toString(2).replaceAll('0', '').length !== k) continue
    subsets++
    if (mask >> c === 0) hits++
  }
  return hits / subsets
}

describe('passHatK', () => {
  it('equals the enumeration of all subsets for every n up to 10', () => {
    for (let n = 1; n <= 10; n++)
      for (let c = 0; c <= n; c++)
        for (let k = 1; k <= n; k++) expect(passHatK(n, c, k), `${n} ${c} ${k}`).toBeCloseTo(enumerated(n, c, k), 12)
  })

  it('is the chance that no sample fails: 1 − pass@k of the failures', () => {
    const counts = fc
      .integer({ min: 1, max: 300 })
      .chain((n) => fc.record({ n: fc.constant(n), c: fc.nat(n), k: fc.integer({ min: 1, max: n }) }))
    fc.assert(
      fc.property(counts, ({ n, c, k }) => {
        expect(passHatK(n, c, k)).toBeCloseTo(1 - passAtK(n, n - c, k), 12)
      }),
    )
  })

  it('is a plain 0 where fewer than k samples pass', () => {
    expect(passHatK(5, 1, 3)).toBe(0)
  })

  it('stays exact where binomial coefficients overflow', () => {
    expect(passHatK(1_000_000, 999_999, 500_000)).toBeCloseTo(0.5, 12)
    expect(passHatK(1_000_000, 500_000, 2)).toBeCloseTo((500_000 / 1_000_000) * (499_999 / 999_999), 12)
  })

  it.each([
    [5, 1, 6],
    [5, 6, 1],
    [5, 1, 0],
    [5, 1.5, 1],
    [0, 0, 1],
  ])('refuses n = %d, c = %d, k = %d', (n, c, k) => {
    expect(() => passHatK(n, c, k)).toThrow(UsageError)
  })
})

describe('passHatKOverProblems', () => {
  it('is the mean over problems, without infrastructure and with the excluded listed', () => {
    const table = new Map<string, VerdictKind[]>([
      ['a', ['passed', 'passed', 'wrong', 'infrastructure']],
      ['b', ['passed', 'passed']],
      ['short', ['passed', 'infrastructure']],
    ])
    // C(2,2)/C(3,2) = 1/3, and 1.
    const { value, problems, excluded } = passHatKOverProblems(table, 2)
    expect([value, problems]).toEqual([expect.closeTo(2 / 3, 12), 2])
    expect(excluded).toEqual([{ problemId: 'short', reason: '1 of the 2 samples needed (lost to infrastructure: 1)' }])
  })

  it('names itself in what it refuses', () => {
    expect(() => passHatKOverProblems(new Map([['a', { n: 1, c: 1 }]]), 2)).toThrow(/pass\^2 needs n ≥ k/)
  })
})
