import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { UsageError } from '../../kernel/index.js'
import { bootstrapMean } from './bootstrap.js'
import { differencesOf, pairedDifference } from './paired-difference.js'

const table = (values: readonly number[]) => new Map(values.map((value, i) => [`${i}`, value]))
const pairs = fc.array(fc.tuple(fc.nat(10), fc.nat(10)), { minLength: 1, maxLength: 30 })
const both = (list: readonly (readonly [number, number])[]) =>
  [table(list.map(([a]) => a / 10)), table(list.map(([, b]) => b / 10))] as const
const zero: [number, number][] = [
  [3, 8],
  [7, 3],
  [1, 4],
  [8, 6],
  [0, 8],
  [8, 3],
  [6, 5],
  [2, 7],
  [6, 1],
  [8, 2],
  [7, 9],
]
const options = { resamples: 60, seed: 9 }

describe('pairedDifference', () => {
  it('is the mean difference, with its standard error and p, of six problems by hand', () => {
    const found = pairedDifference(table([0, 0, 1, 0, 1, 1]), table([1, 1, 1, 1, 0, 1]))
    // +1 +1 0 +1 −1 0: mean 1/3, variance 2/3, p both tails of 1 of 4: (1+4+4+1)/16.
    expect(found).toMatchObject({ problems: 6, clusters: 6, differing: 4, p: 0.625, exact: true })
    expect(found.value).toBeCloseTo(1 / 3, 12)
    expect(found.standardError).toBeCloseTo(Math.sqrt((4 - 6 / 9) / 5 / 6), 12)
    expect(found.low).toBeLessThan(0)
    expect(found.high).toBeGreaterThan(1 / 3)
  })

  it('swapping the runs turns the sign, mirrors the interval, and keeps p', () => {
    fc.assert(
      fc.property(pairs, (list) => {
        const [first, second] = both(list)
        const forth = pairedDifference(first, second, options)
        const back = pairedDifference(second, first, options)
        expect(back.value).toBeCloseTo(-forth.value, 12)
        expect([back.p, back.problems, back.differing]).toEqual([forth.p, forth.problems, forth.differing])
        if (forth.value === 0) return
        expect(back.low).toBeCloseTo(-forth.high, 12)
        expect(back.high).toBeCloseTo(-forth.low, 12)
      }),
    )
  })

  it('does not depend on the order of problems', () => {
    fc.assert(
      fc.property(pairs, (list) => {
        const [first, second] = both(list)
        const forth = pairedDifference(first, second, options)
        const back = pairedDifference(new Map([...first].reverse()), second, options)
        expect(back.value).toBeCloseTo(forth.value, 12)
        expect(back.p).toBe(forth.p)
        expect(back.low).toBeCloseTo(forth.low, 12)
        expect(back.high).toBeCloseTo(forth.high, 12)
      }),
      // The second is exactly 0, which rounding turns into a little more or less.
      {
        examples: [
          [
            [
              [3, 8],
              [7, 3],
            ],
          ],
          [zero],
        ],
      },
    )
  })

  it('resamples pairs together: what is equal in both has no width', () => {
    const first = table([0.1, 0.5, 0.9, 0.3])
    const second = new Map([...first].map(([id, value]) => [id, value + 0.1]))
    const { low, high, value } = pairedDifference(first, second)
    for (const end of [low, high, value]) expect(end).toBeCloseTo(0.1, 12)
    expect(bootstrapMean([...first.values()]).high - bootstrapMean([...first.values()]).low).toBeGreaterThan(0.2)
  })

  it('counts only problems that both have, and names the others', () => {
    const first = new Map([
      ['a', 1],
      ['b', 0],
      ['x', 1],
    ])
    const second = new Map([
      ['b', 1],
      ['a', 1],
      ['y', 1],
    ])
    expect(pairedDifference(first, second)).toMatchObject({
      value: 0.5,
      problems: 2,
      onlyFirst: ['x'],
      onlySecond: ['y'],
    })
    expect(() => pairedDifference(first, new Map([['y', 1]]))).toThrow(UsageError)
  })

  it('flips and resamples clusters as one', () => {
    // Nine problems better, all copies of three: 2 · 2⁻³ and not 2 · 2⁻⁹.
    const first = table(Array(9).fill(0))
    const second = table(Array(9).fill(1))
    const clusterOf = (id: string) => `${Math.floor(Number(id) / 3)}`
    expect(pairedDifference(first, second).p).toBe(2 / 2 ** 9)
    expect(pairedDifference(first, second, { clusterOf })).toMatchObject({ p: 0.25, clusters: 3, differing: 3 })
    const mixed = table([1, 1, 1, 0, 0, 0, 1, 1, 1])
    const alone = pairedDifference(first, mixed)
    const together = pairedDifference(first, mixed, { clusterOf })
    expect(together.high - together.low).toBeGreaterThan(alone.high - alone.low)
    expect(together.standardError).toBeGreaterThan(alone.standardError as number)
  })

  it('is exactly 0 where rounding alone is left', () => {
    const found = pairedDifference(table([0.1, 0.2, 0.3]), table([0.3, 0.1, 0.2]))
    expect([found.value, found.p]).toEqual([0, 1])
    expect([...differencesOf(table([1 - 0.9]), table([0.1])).values()]).toEqual([0])
  })
})
