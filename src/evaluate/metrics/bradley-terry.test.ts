import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { UsageError } from '../../kernel/index.js'
import { bradleyTerry } from './bradley-terry.js'

/** Rows of two models: so many wins of the first, of the second, and ties. */
const duel = (wins: number, losses: number, ties: number) => [
  ...Array(wins).fill([1, 0]),
  ...Array(losses).fill([0, 1]),
  ...Array(ties).fill([1, 1]),
]
const few = { resamples: 20 }

describe('bradleyTerry', () => {
  it('is the logarithm of the odds for two models, whatever the ties', () => {
    for (const ties of [0, 5, 400]) {
      const { models, tie, problems } = bradleyTerry(duel(30, 3, ties), few)
      // Ten times the odds: 400 apart, around 1000.
      expect(models.map(({ strength }) => strength)).toEqual([expect.closeTo(1200, 8), expect.closeTo(800, 8)])
      expect(tie).toBeCloseTo(ties / Math.sqrt(30 * 3), 8)
      expect(problems).toBe(33 + ties)
      expect(models[0]).toMatchObject({ bound: 'finite', wins: 30, losses: 3, ties })
    }
  })

  it('solves the equations of the maximum: points and ties are as many as expected', () => {
    const row = fc.array(fc.nat(2), { minLength: 4, maxLength: 4 })
    fc.assert(
      fc.property(fc.array(row, { minLength: 6, maxLength: 40 }), (scores) => {
        const { models, tie } = bradleyTerry(scores, { resamples: 1 })
        if (models.some(({ bound }) => bound !== 'finite')) return
        const nu = tie as number
        const worth = models.map(({ strength }) => 10 ** (((strength as number) - 1000) / 400))
        let expectedTies = 0
        for (const [i, a] of worth.entries()) {
          let points = 0
          for (const [j, b] of worth.entries()) {
            if (i === j) continue
            const total = a + b + nu * Math.sqrt(a * b)
            points += (scores.length * (a + (nu * Math.sqrt(a * b)) / 2)) / total
            expectedTies += (scores.length * nu * Math.sqrt(a * b)) / total
          }
          const { wins, ties } = models[i] as { wins: number; ties: number }
          expect(points).toBeCloseTo(wins + ties / 2, 5)
        }
        expect(expectedTies).toBeCloseTo(
          models.reduce((sum, { ties }) => sum + ties, 0),
          5,
        )
        expect(models.reduce((sum, { strength }) => sum + (strength as number), 0)).toBeCloseTo(4000, 6)
      }),
    )
  })

  it('does not depend on the order of problems; models in another order keep their strengths', () => {
    const scores = Array.from({ length: 40 }, (_, i) => [i % 2, Number(i % 3 > 0), Number(i % 7 < 3)])
    const found = bradleyTerry(scores, { ...few, seed: 3 })
    expect(bradleyTerry([...scores].reverse(), { ...few, seed: 3 })).toEqual(found)
    const turned = bradleyTerry(
      scores.map((row) => [...row].reverse()),
      few,
    )
    for (const [i, { strength }] of turned.models.entries())
      expect(strength).toBeCloseTo(found.models[2 - i]?.strength as number, 6)
  })

  it('gives no number to a model that never loses, and says so', () => {
    const { models, tie } = bradleyTerry(duel(4, 0, 9), few)
    expect(models).toEqual([
      { strength: null, low: null, high: null, bound: 'above', wins: 4, ties: 9, losses: 0 },
      { strength: null, low: null, high: null, bound: 'below', wins: 0, ties: 9, losses: 4 },
    ])
    expect(tie).toBeNull()
    const third = duel(5, 3, 2).map(([a, b]) => [2, a, b])
    expect(bradleyTerry(third, few).models.map(({ bound, strength }) => [bound, strength])).toEqual([
      ['above', null],
      ['finite', expect.closeTo(1000 + 200 * Math.log10(5 / 3), 6)],
      ['finite', expect.closeTo(1000 - 200 * Math.log10(5 / 3), 6)],
    ])
  })

  it('has an interval as wide as the standard error of the odds says', () => {
    // log odds of 200 to 100: standard error √(1/200 + 1/100); strengths are half of it from the middle.
    const { models } = bradleyTerry(duel(200, 100, 100))
    const half = (1.96 * Math.sqrt(1 / 200 + 1 / 100) * 200) / Math.LN10
    const { strength, low, high } = models[0] as { strength: number; low: number; high: number }
    expect((strength - low) / half).toBeCloseTo(1, 0)
    expect((high - low) / (2 * half)).toBeGreaterThan(0.9)
    expect((high - low) / (2 * half)).toBeLessThan(1.1)
  })

  it('leaves an end open where resamples have no finite strength there', () => {
    // One loss of eight: a third of the resamples has none.
    const { models } = bradleyTerry(duel(7, 1, 0))
    expect(models[0]).toMatchObject({ strength: expect.any(Number), low: expect.any(Number), high: null })
    expect(models[1]).toMatchObject({ strength: expect.any(Number), low: null, high: expect.any(Number) })
  })

  it('resamples clusters together', () => {
    const rows = duel(40, 20, 0)
    const width = (clusters?: string[]) => {
      const { low, high } = bradleyTerry(rows, clusters ? { clusters } : {}).models[0] as { low: number; high: number }
      return high - low
    }
    expect(width(rows.map((_, i) => `${Math.floor(i / 4)}`)) / width()).toBeGreaterThan(1.5)
  })

  it('refuses what cannot be compared', () => {
    expect(() => bradleyTerry([])).toThrow(UsageError)
    expect(() => bradleyTerry([[1]])).toThrow(UsageError)
    expect(() => bradleyTerry([[1, 0], [1]])).toThrow(UsageError)
    expect(() => bradleyTerry([[1, Number.NaN]])).toThrow(UsageError)
    expect(() => bradleyTerry([[1, 0]], { resamples: 0 })).toThrow(UsageError)
  })
})
