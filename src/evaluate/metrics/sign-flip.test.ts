import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { UsageError } from '../../kernel/index.js'
import { signFlip } from './sign-flip.js'

/** All 2^m assignments, one by one, of whole numbers. */
function enumerated(differences: readonly number[]): number {
  const observed = Math.abs(differences.reduce((a, b) => a + b, 0))
  let hits = 0
  for (let mask = 0; mask < 1 << differences.length; mask++)
    if (Math.abs(differences.reduce((sum, one, i) => sum + (mask & (1 << i) ? one : -one), 0)) >= observed) hits++
  return hits / 2 ** differences.length
}

/** Exact McNemar: both tails of Binomial(b + c, ½). */
function mcnemar(b: number, c: number): number {
  const n = BigInt(b + c)
  let ways = 1n
  let tail = 0n
  for (let i = 0n; i <= BigInt(Math.min(b, c)); i++) {
    tail += ways
    ways = (ways * (n - i)) / (i + 1n)
  }
  return Math.min(1, Number((2n * tail * 10n ** 30n) / 2n ** n) / 1e30)
}

const whole = fc.array(fc.integer({ min: -6, max: 6 }), { maxLength: 10 })

describe('signFlip', () => {
  it('equals the enumeration of all assignments', () => {
    fc.assert(
      fc.property(whole, (list) => {
        const { p, exact, nonZero } = signFlip(list, 0)
        expect([p, exact, nonZero]).toEqual([enumerated(list), true, list.filter((one) => one !== 0).length])
      }),
    )
  })

  it('finds equal sums although thirds and tenths do not add up exactly', () => {
    fc.assert(
      fc.property(whole, fc.constantFrom(3, 7, 10), (list, parts) => {
        const p = signFlip(
          list.map((one) => one / parts),
          1e-13,
        ).p
        expect(p).toBeCloseTo(enumerated(list), 12)
      }),
    )
  })

  it.each([
    [0, 6],
    [3, 12],
    [10, 10],
    [40, 61],
    [400, 470],
  ])('is the exact McNemar test for %d worse and %d better', (worse, better) => {
    const list = [...Array(worse).fill(-1), ...Array(better).fill(1), ...Array(50).fill(0)]
    const { p, exact } = signFlip(list, 0)
    expect(exact).toBe(true)
    expect(p / mcnemar(worse, better)).toBeCloseTo(1, 9)
  })

  it('does not depend on the order or on which run is first, also where it is sampled', () => {
    fc.assert(
      fc.property(whole, fc.constantFrom(0, 2 ** 24), (list, work) => {
        const options = { work, draws: 50, seed: 5 }
        const found = signFlip(list, 0, options)
        expect(signFlip([...list].reverse(), 0, options)).toEqual(found)
        expect(
          signFlip(
            list.map((one) => -one),
            0,
            options,
          ),
        ).toEqual(found)
      }),
    )
  })

  it('comes near the exact p where it samples, repeats with its seed, and is never 0', () => {
    const list = Array.from({ length: 40 }, (_, i) => (i % 3 === 0 ? -1 : 1) * (1 + (i % 5)))
    const { p } = signFlip(list, 0)
    const drawn = signFlip(list, 0, { work: 10, draws: 20_000, seed: 1 })
    expect(drawn.exact).toBe(false)
    // Four standard errors of a share of 20,000 draws; the seed is fixed.
    expect(Math.abs(drawn.p - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / 20_000))
    expect(signFlip(list, 0, { work: 10, draws: 20_000, seed: 1 })).toEqual(drawn)
    expect(signFlip(Array(60).fill(1), 0, { work: 1, draws: 99 }).p).toBe(1 / 100)
  })

  it('is 1 where nothing differs', () => {
    expect(signFlip([], 0)).toEqual({ p: 1, exact: true, nonZero: 0 })
    expect(signFlip([0, 1e-16, 0], 1e-14)).toEqual({ p: 1, exact: true, nonZero: 0 })
  })

  it('refuses what is no number', () => {
    expect(() => signFlip([Number.NaN], 0)).toThrow(UsageError)
    expect(() => signFlip([1], 0, { draws: 0 })).toThrow(UsageError)
  })
})
