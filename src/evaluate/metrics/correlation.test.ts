import { describe, expect, it } from 'vitest'
import { correlation } from './correlation.js'

describe('correlation', () => {
  it('is that of a worked example, and 1 and −1 on a line', () => {
    // deviations −2 −1 0 1 2 and −1 −2 1 0 2: sum of products 8, of squares 10 and 10
    expect(correlation([1, 2, 3, 4, 5], [2, 1, 4, 3, 5])).toBeCloseTo(0.8, 12)
    expect(correlation([1, 2, 3], [10, 20, 30])).toBeCloseTo(1, 12)
    expect(correlation([1, 2, 3], [3, 2, 1])).toBeCloseTo(-1, 12)
  })

  it('with zeros and ones is the point-biserial one', () => {
    const [scores, passed] = [
      [10, 20, 30, 60],
      [0, 0, 1, 1],
    ] as [number[], number[]]
    // (mean of ones − mean of zeros) / deviation × √(share × rest)
    const deviation = Math.sqrt((20 ** 2 + 10 ** 2 + 0 + 30 ** 2) / 4)
    expect(correlation(scores, passed)).toBeCloseTo(((45 - 15) / deviation) * Math.sqrt(0.25), 12)
  })

  it('is not there where one side does not vary', () => {
    expect(correlation([1, 2], [1, 1])).toBeNull()
    expect(correlation([0.1, 0.1, 0.1], [0, 1, 0])).toBeNull()
    expect(correlation([], [])).toBeNull()
  })
})
