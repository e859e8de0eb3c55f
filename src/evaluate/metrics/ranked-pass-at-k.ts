/** pass@k of a ranking: one random program from each of the best k groups (CodeT, system 90). */
import { UsageError } from '../../kernel/index.js'
import { passAtK } from './pass-at-k.js'

/** A distinct program of a group: how often it was sampled, and how many of those samples are correct. */
export interface RankedSolution {
  readonly count: number
  readonly correct: number
}

export interface RankedGroup {
  readonly solutions: readonly RankedSolution[]
}

/**
 * `independent`: each draw is from the whole group, as in CodeT's released evaluation, and what its published figures
 * hold. `distinct`: repeated draws from one group never give the same sample twice.
 */
export type Draws = 'independent' | 'distinct'

/**
 * Exact chance that one of k draws is correct. Draw i is a sample of group i (best first), uniform over its samples
 * with multiplicity; with fewer groups than k the draws go round the groups again from the best.
 * Without any group (no program passed any test) it is the plain pass@k of `all`.
 */
export function rankedPassAtK(
  groups: readonly RankedGroup[],
  k: number,
  all: { readonly n: number; readonly correct: number },
  draws: Draws = 'independent',
): number {
  if (!Number.isSafeInteger(k) || k < 1) throw new UsageError(`pass@k needs a whole k of at least 1; k is ${k}`)
  if (groups.length === 0) return passAtK(all.n, all.correct, k)
  let noneCorrect = 1
  for (const [rank, group] of groups.slice(0, k).entries()) {
    const { n, correct } = totals(group, rank)
    const times = Math.floor(k / groups.length) + (rank < k % groups.length ? 1 : 0)
    noneCorrect *= draws === 'independent' ? (1 - correct / n) ** times : 1 - passAtK(n, correct, Math.min(times, n))
  }
  return 1 - noneCorrect
}

function totals(group: RankedGroup, rank: number): { n: number; correct: number } {
  let n = 0
  let correct = 0
  for (const solution of group.solutions) {
    n += solution.count
    correct += solution.correct
  }
  if (n < 1 || correct < 0 || correct > n)
    throw new UsageError(`group ${rank + 1} of the ranking holds ${correct} correct of ${n} samples`)
  return { n, correct }
}
