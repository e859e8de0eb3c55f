/**
 * pass@k: the chance that at least one of k samples passes (Chen et al. 2021, arXiv 2107.03374).
 *
 * Not covered: duplicates. Equal samples count as often as they were sampled, which is what the estimator assumes.
 */
import { UsageError, type VerdictKind, type VerdictTable } from '../../kernel/index.js'
import { byProblem, type Drawn, type OverProblems, type OverProblemsOptions, overProblems } from './over-problems.js'

/** Samples of one problem that have a verdict about the candidate, and how many of them passed. */
export interface SampleCounts {
  /** Samples without those that ended in `infrastructure`. */
  readonly n: number
  /** Passed. */
  readonly c: number
  /** Samples the machine failed; they are in no denominator. */
  readonly infrastructure?: number
}

/** Verdicts, or counts of them, by problem. */
export type CountTable = VerdictTable | ReadonlyMap<string, SampleCounts>

/**
 * Unbiased estimate for one problem: 1 − C(n−correct, k) / C(n, k), as a product that neither overflows nor cancels.
 * Throws UsageError when an argument is not a whole number ≥ 0, k is 0, correct > n or k > n.
 */
export function passAtK(n: number, correct: number, k: number): number {
  checkCounts('pass@', n, correct, k)
  return 1 - subsetShare(n, n - correct, k)
}

/**
 * Share of the k-subsets of n samples that lie within `some` of them: C(some, k) / C(n, k), as the shorter of two
 * products.
 */
export function subsetShare(n: number, some: number, k: number): number {
  if (some < k) return 0
  // C(n−c, k) / C(n, k) is symmetric in c and k.
  const others = n - some
  const [few, many] = others < k ? [others, k] : [k, others]
  let share = 1
  for (let i = 0; i < few; i++) share *= (n - many - i) / (n - i)
  return share
}

/** Throws UsageError for counts of which the figure `metric`k (`pass@`) is not defined. */
export function checkCounts(metric: string, n: number, correct: number, k: number): void {
  for (const [name, value] of Object.entries({ n, correct, k }))
    if (!Number.isSafeInteger(value) || value < 0)
      throw new UsageError(`${metric}k takes whole numbers from 0 upwards; ${name} is ${value}`)
  if (k === 0) throw new UsageError(`${metric}k needs a k of at least 1`)
  if (correct > n) throw new UsageError(`${metric}k got ${correct} correct samples out of ${n}`)
  if (k > n) throw new UsageError(`${metric}${k} needs at least ${k} samples; there are ${n}`)
}

/** Counts of one problem's verdicts, in the form that pass@k needs. */
export function sampleCounts(kinds: readonly VerdictKind[]): Required<SampleCounts> {
  let c = 0
  let infrastructure = 0
  for (const kind of kinds) {
    if (kind === 'passed') c++
    else if (kind === 'infrastructure') infrastructure++
  }
  return { n: kinds.length - infrastructure, c, infrastructure }
}

/**
 * Mean pass@k over problems with a percentile bootstrap interval over problems. `infrastructure` verdicts are left
 * out of n. A problem with fewer than k samples left is excluded and listed.
 * Throws UsageError when the table is empty or no problem has k samples.
 */
export function passAtKOverProblems(table: CountTable, k: number, options: OverProblemsOptions = {}): OverProblems {
  return overProblems('pass@', k, counted(table, k, passAtK), options)
}

/** pass@k of each problem that has k samples, in the order of the table. */
export function passAtKByProblem(table: CountTable, k: number): Map<string, number> {
  return byProblem(k, counted(table, k, passAtK)).values
}

/** A table as what `overProblems` takes, with the figure of one problem. */
export function* counted(
  table: CountTable,
  k: number,
  figure: (n: number, correct: number, k: number) => number,
): Generator<[problemId: string, Drawn]> {
  for (const [problemId, entry] of table) {
    const counts = isKinds(entry) ? sampleCounts(entry) : entry
    yield [problemId, { ...counts, estimate: () => figure(counts.n, counts.c, k) }]
  }
}

function isKinds(entry: readonly VerdictKind[] | SampleCounts): entry is readonly VerdictKind[] {
  return Array.isArray(entry)
}
