/** pass^k: the chance that all of k samples pass, which is reliability (Yao et al. 2024, τ-bench, arXiv 2406.12045). */
import { checkCounts, counted, type CountTable, subsetShare } from './pass-at-k.js'
import { type OverProblems, type OverProblemsOptions, overProblems } from './over-problems.js'

/**
 * Unbiased estimate for one problem: C(correct, k) / C(n, k). Throws UsageError when an argument is not a whole
 * number ≥ 0, k is 0, correct > n or k > n.
 */
export function passHatK(n: number, correct: number, k: number): number {
  checkCounts('pass^', n, correct, k)
  return subsetShare(n, correct, k)
}

/** Mean pass^k over problems, by the rules of `passAtKOverProblems`. */
export function passHatKOverProblems(table: CountTable, k: number, options: OverProblemsOptions = {}): OverProblems {
  return overProblems('pass^', k, counted(table, k, passHatK), options)
}
