import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Random, UsageError } from '../../kernel/index.js'
import { binomials, bootstrapClusters, bootstrapMean, centralShare } from './bootstrap.js'

describe('bootstrapMean', () => {
  it('holds the mean, inside the range of the values, at any confidence', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 40 }),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (values, confidence) => {
          const { value, low, high } = bootstrapMean(values, { resamples: 40, confidence })
          expect(value).toBeCloseTo(values.reduce((a, b) => a + b, 0) / values.length, 9)
          expect(low).toBeLessThanOrEqual(value)
          expect(high).toBeGreaterThanOrEqual(value)
          expect(low).toBeGreaterThanOrEqual(Math.min(...values) - 1e-9)
          expect(high).toBeLessThanOrEqual(Math.max(...values) + 1e-9)
        },
      ),
    )
  })

  it('is as wide as the standard error says', () => {
    // 400 values of 0 and 1, half each: standard error 0.025, so 95 % is 0.5 ± 0.049.
    const { low, high } = bootstrapMean(Array.from({ length: 400 }, (_, i) => i % 2))
    expect(low).toBeCloseTo(0.451, 2)
    expect(high).toBeCloseTo(0.549, 2)
  })

  it('has no width when there is nothing to vary', () => {
    expect(bootstrapMean([0.25, 0.25, 0.25])).toEqual({ value: 0.25, low: 0.25, high: 0.25 })
  })

  it('repeats with its seed and differs with another', () => {
    const values = Array.from({ length: 50 }, (_, i) => ((i * 37) % 50) / 50)
    expect(bootstrapMean(values, { seed: 3 })).toEqual(bootstrapMean(values, { seed: 3 }))
    expect(bootstrapMean(values, { seed: 3 })).not.toEqual(bootstrapMean(values, { seed: 4 }))
  })

  it('refuses no values, no resamples and a confidence outside 0 to 1', () => {
    expect(() => bootstrapMean([])).toThrow(UsageError)
    expect(() => bootstrapMean([1], { resamples: 0 })).toThrow(UsageError)
    for (const confidence of [0, 1, Number.NaN]) expect(() => bootstrapMean([1], { confidence })).toThrow(UsageError)
  })
})

describe('bootstrapClusters', () => {
  it('is bootstrapMean where each value is a cluster', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(5), { minLength: 1, maxLength: 20 }), (values) => {
        const alone = values.map((value) => [value])
        expect(bootstrapClusters(alone, { resamples: 30 })).toEqual(bootstrapMean(values, { resamples: 30 }))
      }),
    )
  })

  it('is as wide as if the copies in a cluster were not there', () => {
    const values = Array.from({ length: 100 }, (_, i) => i % 2)
    const copied = bootstrapClusters(values.map((value) => [value, value, value]))
    expect(copied).toEqual(bootstrapMean(values))
  })

  it('weighs clusters by their size', () => {
    expect(bootstrapClusters([[1, 1, 1], [0]]).value).toBe(0.75)
    // Both drawn the same: all of the large one, or the small one.
    expect(bootstrapClusters([[1, 1, 1], [0]])).toMatchObject({ low: 0, high: 1 })
    expect(() => bootstrapClusters([[], []])).toThrow(UsageError)
  })
})

describe('centralShare', () => {
  it('takes quantiles on the line between neighbours, and an infinite one as it is', () => {
    expect(centralShare(Float64Array.from([4, 0, 2, 1, 3]), 0.75)).toEqual({ low: 0.5, high: 3.5 })
    const open = Float64Array.from([Infinity, 1, 0, -Infinity])
    expect(centralShare(open, 0.9)).toEqual({ low: -Infinity, high: Infinity })
    expect(centralShare(open, 0.1)).toEqual({ low: expect.closeTo(0.35, 12), high: expect.closeTo(0.65, 12) })
  })
})

describe('binomials', () => {
  it.each([
    [1, 0.3],
    [6, 0.5],
    [40, 0.02],
    [40, 0.97],
    [5000, 0.4],
  ])('has the mean and variance of Binomial(%d, %d)', (n, p) => {
    const draw = binomials(new Random(1), n)
    const drawn = Array.from({ length: 20_000 }, () => draw(n, p))
    const mean = drawn.reduce((a, b) => a + b, 0) / drawn.length
    const variance = drawn.reduce((sum, x) => sum + (x - mean) ** 2, 0) / drawn.length
    const sd = Math.sqrt(n * p * (1 - p))
    // Four standard errors; the seed is fixed, so this either holds or does not.
    expect(Math.abs(mean - n * p)).toBeLessThan((4 * sd) / Math.sqrt(drawn.length))
    expect(variance / sd ** 2).toBeCloseTo(1, 1)
  })

  it('draws each outcome as often as its probability', () => {
    const draw = binomials(new Random(2), 3)
    const seen = [0, 0, 0, 0]
    for (let i = 0; i < 80_000; i++) seen[draw(3, 0.5)]!++
    // 1, 3, 3, 1 of 8.
    expect(seen.map((count) => Math.round(count / 1000))).toEqual([10, 30, 30, 10])
  })

  it('knows the certain cases', () => {
    const draw = binomials(new Random(3), 5)
    expect([draw(0, 0.5), draw(5, 0), draw(5, 1)]).toEqual([0, 0, 5])
  })
})
