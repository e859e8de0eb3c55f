import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { boundsOf, type Results } from './separation.js'

/** `results(3, [[0, 1, wins, losses, ties]])`. */
function results(size: number, games: readonly (readonly [number, number, number, number, number])[]): Results {
  const empty = () => Array.from({ length: size }, () => Array<number>(size).fill(0))
  const [wins, ties] = [empty(), empty()]
  for (const [i, j, won, lost, tied] of games) {
    ;(wins[i] as number[])[j] = won
    ;(wins[j] as number[])[i] = lost
    ;(ties[i] as number[])[j] = tied
    ;(ties[j] as number[])[i] = tied
  }
  return { wins, ties }
}

/** Whether some direction of strengths and of log ν (rising by 1, or held) makes no outcome seen less likely. */
function escapes({ wins, ties }: Results): boolean {
  const size = wins.length
  const steps = Array.from({ length: 13 }, (_, i) => i - 6)
  const directions = (size === 2 ? [[]] : steps.map((step) => [step])).flatMap((rest) =>
    steps.map((step) => [0, step, ...rest]),
  )
  return directions.some((d) =>
    [0, 1].some((tie) => {
      if (tie === 0 && d.every((one) => one === 0)) return false
      return d.every((a, i) =>
        d.every((b, j) => {
          if (i === j) return true
          const logits = [a, b, tie + (a + b) / 2]
          const best = Math.max(...logits)
          return ((wins[i]?.[j] ?? 0) === 0 || a === best) && ((ties[i]?.[j] ?? 0) === 0 || logits[2] === best)
        }),
      )
    }),
  )
}

describe('boundsOf', () => {
  it('calls all finite exactly where no direction makes everything seen more likely', () => {
    const count = fc.constantFrom(0, 0, 1)
    const game = fc.tuple(count, count, count).filter((counts) => counts.some((one) => one > 0))
    const drawn = fc.oneof(
      game.map((a) => results(2, [[0, 1, ...a]])),
      fc.tuple(game, game, game).map(([a, b, c]) =>
        results(3, [
          [0, 1, ...a],
          [0, 2, ...b],
          [1, 2, ...c],
        ]),
      ),
    )
    fc.assert(
      fc.property(drawn, (one) => {
        expect(boundsOf(one).every((bound) => bound === 'finite')).toBe(!escapes(one))
      }),
      { numRuns: 1000 },
    )
  })

  it('puts what never loses above, what never wins below, and the others beside their equals', () => {
    const games = [
      [0, 1, 3, 0, 0],
      [0, 2, 2, 0, 0],
      [0, 3, 5, 0, 0],
      [1, 2, 2, 1, 4],
      [1, 3, 6, 0, 0],
      [2, 3, 1, 0, 0],
    ] as const
    expect(boundsOf(results(4, games))).toEqual(['above', 'finite', 'finite', 'below'])
  })

  it('does not take ties for a loss: with two models the likelihood still rises for ever', () => {
    expect(boundsOf(results(2, [[0, 1, 3, 0, 2]]))).toEqual(['above', 'below'])
    expect(boundsOf(results(2, [[0, 1, 3, 1, 2]]))).toEqual(['finite', 'finite'])
  })

  it('takes ties where others show how likely ties are', () => {
    const games = [
      [0, 1, 3, 0, 1],
      [0, 2, 3, 0, 0],
      [1, 2, 2, 2, 1],
    ] as const
    expect(boundsOf(results(3, games))).toEqual(['finite', 'finite', 'finite'])
  })

  it('says nothing of what is all ties, or has no games', () => {
    expect(boundsOf(results(2, [[0, 1, 0, 0, 7]]))).toEqual(['open', 'open'])
    expect(boundsOf(results(2, []))).toEqual(['open', 'open'])
  })
})
