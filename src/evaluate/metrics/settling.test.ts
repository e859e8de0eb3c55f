import { describe, expect, it } from 'vitest'
import { Random, UsageError } from '../../kernel/index.js'
import { pairedDifference } from './paired-difference.js'
import { passAtK, passAtKByProblem, type SampleCounts } from './pass-at-k.js'
import { samplingVariance, type Settling, settling, type SettlingOptions } from './settling.js'

const table = (n: number, passed: readonly number[]) =>
  new Map<string, SampleCounts>(passed.map((c, i) => [`${i}`, { n, c }]))

function settled(
  first: Map<string, SampleCounts>,
  second: typeof first,
  k = 1,
  options: SettlingOptions = {},
): Settling {
  const values = [first, second].map((counts) => passAtKByProblem(counts, k)) as [
    Map<string, number>,
    Map<string, number>,
  ]
  const clusters = options.clusterOf ? { clusterOf: options.clusterOf } : {}
  return settling(first, second, k, pairedDifference(...values, clusters), options)
}

/** (z of 0.975 + z of 0.8)². */
const factor = (1.9599639845 + 0.8416212336) ** 2

describe('settling', () => {
  it('says how many problems, by hand, with one sample for each', () => {
    // 0 0 0 … with 8 better and 3 worse of 40: mean 1/8, variance (11 − 40/64)/39.
    const second = table(1, [...Array(8).fill(1), ...Array(29).fill(0), ...Array(3).fill(0)])
    const first = table(1, [...Array(8).fill(0), ...Array(29).fill(0), ...Array(3).fill(1)])
    expect(settled(first, second)).toEqual({
      kind: 'open',
      problems: Math.ceil((factor * (11 - 40 / 64)) / 39 / (1 / 8) ** 2),
      samples: { kind: 'unknown' },
      variance: null,
    })
  })

  it('says how many samples, by hand, where sampling is all that varies', () => {
    const first = table(4, Array(10).fill(1))
    const second = table(4, [1, 2, 1, 2, 1, 2, 1, 2, 1, 2])
    // p(1−p)/(n−1): 1/16 for a quarter, 1/12 for a half. Differences 0 and 1/4: mean 1/8, variance 10/9 · 1/64 < sampling.
    const sampling = 1 / 16 + (1 / 16 + 1 / 12) / 2
    const room = (10 * (1 / 8) ** 2) / factor
    const samples = Math.ceil((4 * sampling) / room)
    expect(settled(first, second)).toEqual({
      kind: 'open',
      // Half of the problems differ, and six must: 2 · 2⁻⁵ is above 0.05.
      problems: 11,
      samples: { kind: 'needed', first: samples, second: samples },
      variance: { between: 0, sampling: expect.closeTo(sampling, 12) },
    })
  })

  it('says that no number of samples would, where the problems themselves vary too much', () => {
    const first = table(4, [0, 0, 0, 0, 4, 4, 4, 0])
    const second = table(4, [4, 4, 4, 4, 0, 0, 0, 0])
    expect(settled(first, second)).toMatchObject({
      kind: 'open',
      samples: { kind: 'never' },
      variance: { sampling: 0 },
    })
  })

  it('never calls fewer problems enough than a sign-flip test needs', () => {
    // All three better: no variance at all, and yet p = 0.25; six are needed.
    expect(settled(table(2, [0, 0, 0]), table(2, [2, 2, 2]))).toMatchObject({ problems: 6, samples: { kind: 'never' } })
    expect(settled(table(2, [0, 0, 0]), table(2, [2, 2, 2]), 1, { alpha: 0.001 })).toMatchObject({ problems: 11 })
  })

  it('knows the ends: settled, exactly equal, and too little to tell', () => {
    expect(settled(table(1, Array(9).fill(0)), table(1, Array(9).fill(1)))).toEqual({ kind: 'settled' })
    expect(settled(table(1, [0, 1]), table(1, [1, 0]))).toEqual({ kind: 'equal' })
    expect(settled(table(1, [0]), table(1, [1]))).toEqual({ kind: 'unknown' })
    const one = { clusterOf: () => 'one' }
    expect(settled(table(1, Array(9).fill(0)), table(1, Array(9).fill(1)), 1, one)).toEqual({ kind: 'unknown' })
    expect(() => settled(table(1, [0]), table(1, [1]), 1, { alpha: 1 })).toThrow(UsageError)
    expect(() => settled(table(1, [0]), table(1, [1]), 1, { power: 0 })).toThrow(UsageError)
  })

  it('asks for more problems where they come in clusters', () => {
    const first = table(1, Array(40).fill(0))
    const second = table(1, [...Array(5).fill(1), ...Array(35).fill(0)])
    const clusterOf = (id: string) => `${Math.floor(Number(id) / 5)}`
    const needed = (options: SettlingOptions) => {
      const found = settled(first, second, 1, { alpha: 0.01, ...options })
      return found.kind === 'open' ? found.problems : 0
    }
    expect(needed({ clusterOf })).toBeGreaterThan(3 * needed({}))
  })

  it('is right about its power: so many problems settle it four times of five', () => {
    const second = table(1, [...Array(8).fill(1), ...Array(32).fill(0)])
    const first = table(1, [...Array(37).fill(0), ...Array(3).fill(1)])
    const found = settled(first, second)
    const problems = found.kind === 'open' ? found.problems : 0
    const random = new Random(4)
    let significant = 0
    for (let round = 0; round < 400; round++) {
      const draws = Array.from({ length: problems }, () => random.next())
      const before = new Map(draws.map((draw, i) => [`${i}`, draw > 0.925 ? 1 : 0]))
      const after = new Map(draws.map((draw, i) => [`${i}`, draw < 0.2 ? 1 : 0]))
      if (pairedDifference(before, after, { resamples: 1 }).p <= 0.05) significant++
    }
    expect(significant / 400).toBeGreaterThan(0.72)
    expect(significant / 400).toBeLessThan(0.88)
  })
})

describe('samplingVariance', () => {
  it.each([
    [4, 1, 0.3],
    [7, 2, 0.4],
    [9, 3, 0.15],
  ])('is on average the variance of the estimate: n = %d, k = %d, p = %d', (n, k, p) => {
    let mean = 0
    let square = 0
    let estimated = 0
    let ways = 1
    for (let c = 0; c <= n; c++) {
      const chance = ways * p ** c * (1 - p) ** (n - c)
      mean += chance * passAtK(n, c, k)
      square += chance * passAtK(n, c, k) ** 2
      estimated += chance * samplingVariance({ n, c }, k)
      ways = (ways * (n - c)) / (c + 1)
    }
    expect(estimated).toBeCloseTo(square - mean ** 2, 12)
  })
})
