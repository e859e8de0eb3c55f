import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { UsageError } from '../../kernel/index.js'
import { clusteredError } from './clustered-error.js'

const table = (values: readonly number[]) => new Map(values.map((value, i) => [`${i}`, value]))
const values = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 3, maxLength: 20 })

/** Miller's formula as it is printed: every pair of one cluster, one by one. */
function printed(list: readonly number[], cluster: (i: number) => string): number {
  const n = list.length
  const mean = list.reduce((a, b) => a + b, 0) / n
  let squares = 0
  let cross = 0
  for (const [i, a] of list.entries()) {
    squares += (a - mean) ** 2
    for (const [j, b] of list.entries()) if (i !== j && cluster(i) === cluster(j)) cross += (a - mean) * (b - mean)
  }
  return Math.sqrt(Math.max(0, squares / (n - 1) / n + cross / n ** 2))
}

describe('clusteredError', () => {
  it('is the usual standard error where problems are independent', () => {
    // Variance of 1, 2, 3, 4 is 5/3.
    expect(clusteredError(table([1, 2, 3, 4]))).toEqual({
      mean: 2.5,
      standardError: expect.closeTo(Math.sqrt(5 / 3 / 4), 12),
      clusters: 4,
    })
  })

  it('equals the printed formula for any clusters', () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 2, max: 5 }), (list, count) => {
        const cluster = (i: number) => `${(i * 7) % count}`
        const { standardError } = clusteredError(table(list), (id) => cluster(Number(id)))
        expect(standardError).toBeCloseTo(printed(list, cluster), 7)
      }),
    )
  })

  it('grows where the problems of a cluster agree: as many copies tell no more', () => {
    const once = [0, 1, 1, 0, 1, 0, 1, 1, 0, 1]
    const thrice = once.flatMap((value) => [value, value, value])
    const alone = clusteredError(table(thrice)).standardError as number
    const clustered = clusteredError(table(thrice), (id) => `${Math.floor(Number(id) / 3)}`).standardError as number
    expect(clustered / alone).toBeGreaterThan(1.6)
    expect(clustered / (clusteredError(table(once)).standardError as number)).toBeCloseTo(1, 1)
  })

  it('has no error with one cluster, and refuses nothing at all', () => {
    expect(clusteredError(table([0, 1]), () => 'one')).toMatchObject({ standardError: null, clusters: 1 })
    expect(clusteredError(table([0.5])).standardError).toBeNull()
    expect(() => clusteredError(table([]))).toThrow(UsageError)
  })
})
