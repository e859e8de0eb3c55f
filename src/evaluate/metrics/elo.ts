/**
 * Online Elo ratings (Elo 1978): each game moves both ratings by K times what was not expected of it.
 *
 * Not covered: order. The last games count most, so the same games in another order give other ratings; where all games
 * are at hand, `bradleyTerry` uses them alike and has intervals.
 */
import { UsageError } from '../../kernel/index.js'

export interface Game {
  readonly first: string
  readonly second: string
  /** Of the first: 1 won, ½ a tie, 0 lost. */
  readonly score: 0 | 0.5 | 1
}

/**
 * Ratings after the games, in the order in which players first appear; all begin at `start`. A player 400 above another is
 * expected to win 10 times as often. Throws UsageError for a K that is not above 0 and for a game against oneself.
 */
export function elo(games: Iterable<Game>, { k, start = 1000 }: { k: number; start?: number }): Map<string, number> {
  if (!(k > 0 && Number.isFinite(k))) throw new UsageError(`K is a number above 0, not ${k}`)
  const ratings = new Map<string, number>()
  for (const { first, second, score } of games) {
    if (first === second) throw new UsageError(`${first} cannot play against itself`)
    const a = ratings.get(first) ?? start
    const b = ratings.get(second) ?? start
    const moved = k * (score - 1 / (1 + 10 ** ((b - a) / 400)))
    ratings.set(first, a + moved)
    ratings.set(second, b - moved)
  }
  return ratings
}
