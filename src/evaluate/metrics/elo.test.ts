import fc from 'fast-check'
import { expect, it } from 'vitest'
import { UsageError } from '../../kernel/index.js'
import { elo, type Game } from './elo.js'

it('moves equals by half of K, and a tie of equals not at all', () => {
  const after = elo(
    [
      { first: 'c', second: 'd', score: 0.5 },
      { first: 'a', second: 'b', score: 1 },
    ],
    { k: 32 },
  )
  expect([...after]).toEqual([
    ['c', 1000],
    ['d', 1000],
    ['a', 1016],
    ['b', 984],
  ])
})

it('expects ten wins in eleven of 400 more', () => {
  // Won from 1000 each with K = 400: 1200 and 800; the next win was expected with 10/11.
  const win: Game = { first: 'a', second: 'b', score: 1 }
  expect(elo([win, win], { k: 400 }).get('a')).toBeCloseTo(1200 + 400 / 11, 9)
  // A tie costs the stronger what it was expected to win beyond a half.
  expect(elo([win, { ...win, score: 0.5 }], { k: 400 }).get('a')).toBeCloseTo(1200 - 400 * (10 / 11 - 0.5), 9)
})

it('takes from one what it gives to the other, depends on the order, and refuses nonsense', () => {
  const game = fc.record({
    first: fc.constantFrom('a', 'b'),
    second: fc.constantFrom('c', 'd'),
    score: fc.constantFrom(0 as const, 0.5 as const, 1 as const),
  })
  fc.assert(
    fc.property(fc.array(game), (games) => {
      const ratings = [...elo(games, { k: 16 }).values()]
      expect(ratings.reduce((a, b) => a + b, 0)).toBeCloseTo(1000 * ratings.length, 6)
    }),
  )
  const won: Game = { first: 'a', second: 'b', score: 1 }
  const lost: Game = { first: 'a', second: 'b', score: 0 }
  expect(elo([won, lost], { k: 32 }).get('a')).toBeLessThan(1000)
  expect(elo([lost, won], { k: 32 }).get('a')).toBeGreaterThan(1000)
  expect(() => elo([won], { k: 0 })).toThrow(UsageError)
  expect(() => elo([{ ...won, second: 'a' }], { k: 1 })).toThrow(UsageError)
})
