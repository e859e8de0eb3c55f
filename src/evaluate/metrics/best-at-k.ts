/**
 * best@k: the score to be expected of the best of k samples.
 *
 * The k are drawn without replacement from the n that there are, and the mean over all such draws is taken exactly, by
 * order statistics: it is unbiased. Drawing with replacement may draw a sample twice and is too low on average.
 */
import { UsageError } from '../../kernel/index.js'
import { type Drawn, type OverProblems, type OverProblemsOptions, overProblems } from './over-problems.js'

/**
 * Mean of the largest score over all k-subsets: Σ s₍ᵢ₎ C(i−1, k−1) / C(n, k) with s₍₁₎ ≤ … ≤ s₍ₙ₎. Scores have any unit.
 * Throws UsageError for a score that is not finite, a k below 1 or above the number of scores.
 */
export function bestAtK(scores: readonly number[], k: number): number {
  if (!Number.isSafeInteger(k) || k < 1) throw new UsageError(`best@k needs a whole k of at least 1; k is ${k}`)
  const n = scores.length
  if (k > n) throw new UsageError(`best@${k} needs at least ${k} samples; there are ${n}`)
  for (const score of scores)
    if (!Number.isFinite(score)) throw new UsageError(`best@k takes finite scores; one is ${score}`)
  const sorted = Float64Array.from(scores).sort()
  let weight = k / n
  let sum = 0
  // From the best down; the k − 1 lowest are never the best of k.
  for (let i = n; i >= k; i--) {
    sum += weight * (sorted[i - 1] as number)
    weight *= (i - k) / (i - 1 || 1)
  }
  return sum
}

/** Scores by problem; null is a sample that the machine failed to score. */
export type ScoreTable = ReadonlyMap<string, readonly (number | null)[]>

/** Mean best@k over problems, by the rules of `passAtKOverProblems`: a null is in no denominator. */
export function bestAtKOverProblems(table: ScoreTable, k: number, options: OverProblemsOptions = {}): OverProblems {
  return overProblems('best@', k, drawn(table, k), options)
}

function* drawn(table: ScoreTable, k: number): Generator<[problemId: string, Drawn]> {
  for (const [problemId, all] of table) {
    const scores = all.filter((score) => score !== null)
    const infrastructure = all.length - scores.length
    yield [problemId, { n: scores.length, infrastructure, estimate: () => bestAtK(scores, k) }]
  }
}
