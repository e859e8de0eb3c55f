import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Random, UsageError } from '../../kernel/index.js'
import { binomials, bootstrapMean } from './bootstrap.js'

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
