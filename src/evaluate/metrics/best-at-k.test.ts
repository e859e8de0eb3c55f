import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { UsageError } from '../../kernel/index.js'
import { bestAtK, bestAtKOverProblems } from './best-at-k.js'
import { passAtK } from './pass-at-k.js'

/** Mean of the largest score over all k-subsets. */
function enumerated(scores: readonly number[], k: number): number {
  let subsets = 0
  let sum = 0
  for (let mask = 0; mask < 1 << scores.length; mask++) {
    const chosen = scores.filter((_, i) => mask & (1 << i))
    if (chosen.length !== k) continue
    subsets++
    sum += Math.max(...chosen)
  }
  return sum / subsets
}

const scores = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 9 })

describe('bestAtK', () => {
  it('equals the enumeration of all subsets', () => {
    fc.assert(
      fc.property(scores, (list) => {
        for (let k = 1; k <= list.length; k++) expect(bestAtK(list, k)).toBeCloseTo(enumerated(list, k), 10)
      }),
    )
  })

  it('is the mean at k = 1 and the best at k = n; drawing with replacement would be less', () => {
    expect(bestAtK([0.2, 0.9, 0.4], 1)).toBeCloseTo(0.5, 12)
    expect(bestAtK([0.2, 0.9, 0.4], 3)).toBeCloseTo(0.9, 12)
    // Pairs: 0.9, 0.4, 0.9.
    expect(bestAtK([0.2, 0.9, 0.4], 2)).toBeCloseTo(2.2 / 3, 12)
  })

  it('is pass@k where scores are 0 and 1', () => {
    for (let c = 0; c <= 40; c++)
      for (const k of [1, 7, 40])
        expect(
          bestAtK(
            Array.from({ length: 40 }, (_, i) => Number(i < c)),
            k,
          ),
        ).toBeCloseTo(passAtK(40, c, k), 12)
  })

  it('refuses scores that are none and a k that is none', () => {
    expect(() => bestAtK([1, Number.NaN], 1)).toThrow(UsageError)
    expect(() => bestAtK([1, 2], 3)).toThrow(/best@3/)
    for (const k of [0, 1.5, -1]) expect(() => bestAtK([1], k)).toThrow(UsageError)
  })
})

describe('bestAtKOverProblems', () => {
  it('leaves out what the machine failed, and lists problems with too few scores', () => {
    const table = new Map([
      ['a', [1, null, 3]],
      ['b', [2, 2]],
      ['short', [9, null]],
    ])
    const { value, excluded } = bestAtKOverProblems(table, 2)
    expect(value).toBe(2.5)
    expect(excluded).toEqual([{ problemId: 'short', reason: '1 of the 2 samples needed (lost to infrastructure: 1)' }])
  })
})
