import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Random } from './random.js'

it('gives the same numbers for the same seed, on every machine', () => {
  const numbers = (seed: number | string) => {
    const random = new Random(seed)
    return Array.from({ length: 4 }, () => random.int(1_000_000))
  }
  expect(numbers(1)).toEqual(numbers(1))
  expect(numbers('a')).toEqual(numbers('a'))
  expect(numbers(1)).not.toEqual(numbers(2))
  expect(numbers(7)).toMatchInlineSnapshot(`
    [
      233827,
      512232,
      448914,
      172715,
    ]
  `)
})

it('forks streams that do not depend on the order of the work', () => {
  const one = new Random(3)
  const two = new Random(3)
  expect(one.fork('a').next()).toBe(two.fork('a').next())
  expect(one.fork('a').next()).not.toBe(one.fork('b').next())
})

it('stays in range, is even, and shuffles to a permutation', () => {
  const random = new Random(5)
  const counts = Array<number>(10).fill(0)
  for (let i = 0; i < 10_000; i++) counts[random.int(10)] = (counts[random.int(10)] ?? 0) + 1
  expect(Math.min(...counts)).toBeGreaterThan(800)
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.integer(), (items, seed) => {
      expect([...new Random(seed).shuffle(items)].sort()).toEqual([...items].sort())
    }),
  )
  expect(() => random.pick([])).toThrow(RangeError)
})
