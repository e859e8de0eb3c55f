/**
 * pass@k: the chance that at least one of k samples passes (Chen et al. 2021, arXiv 2107.03374).
 *
 * Not covered: duplicates. Equal samples count as often as they were sampled, which is what the estimator assumes.
 */
import { type Interval, UsageError, type VerdictKind, type VerdictTable } from '../../kernel/index.js'
import { bootstrapMean } from './bootstrap.js'

/** Samples of one problem that have a verdict about the candidate, and how many of them passed. */
export interface SampleCounts {
  /** Samples without those that ended in `infrastructure`. */
  readonly n: number
  /** Passed. */
  readonly c: number
  /** Samples the machine failed; they are in no denominator. */
  readonly infrastructure?: number
}

export interface PassAtK extends Interval {
  /** Problems the value is the mean of. */
  readonly problems: number
  /** Problems with too few samples for this k, and why. */
  readonly excluded: readonly { readonly problemId: string; readonly reason: string }[]
}

export interface PassAtKOptions {
  readonly seed?: number
  readonly resamples?: number
  /** Share of the resampled means inside the interval. */
  readonly confidence?: number
}

/**
 * Unbiased estimate for one problem: 1 − C(n−correct, k) / C(n, k), as a product that neither overflows nor cancels.
 * Throws UsageError when an argument is not a whole number ≥ 0, k is 0, correct > n or k > n.
 */
export function passAtK(n: number, correct: number, k: number): number {
  for (const [name, value] of Object.entries({ n, correct, k }))
    if (!Number.isSafeInteger(value) || value < 0)
      throw new UsageError(`pass@k takes whole numbers from 0 upwards; ${name} is ${value}`)
  if (k === 0) throw new UsageError('pass@k needs a k of at least 1')
  if (correct > n) throw new UsageError(`pass@k got ${correct} correct samples out of ${n}`)
  if (k > n) throw new UsageError(`pass@${k} needs at least ${k} samples; there are ${n}`)
  if (n - correct < k) return 1
  // C(n−c, k) / C(n, k) is symmetric in c and k, so the shorter product will do.
  const [few, many] = correct < k ? [correct, k] : [k, correct]
  let noneCorrect = 1
  for (let i = 0; i < few; i++) noneCorrect *= (n - many - i) / (n - i)
  return 1 - noneCorrect
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
export function passAtKOverProblems(
  table: VerdictTable | ReadonlyMap<string, SampleCounts>,
  k: number,
  options: PassAtKOptions = {},
): PassAtK {
  if (!Number.isSafeInteger(k) || k < 1) throw new UsageError(`pass@k needs a whole k of at least 1; k is ${k}`)
  if (table.size === 0) throw new UsageError(`there are no verdicts to compute pass@${k} from`)
  const values: number[] = []
  const excluded: { problemId: string; reason: string }[] = []
  let fullest = 0
  for (const [problemId, entry] of table) {
    const counts = isKinds(entry) ? sampleCounts(entry) : entry
    fullest = Math.max(fullest, counts.n)
    if (counts.n >= k) values.push(passAtK(counts.n, counts.c, k))
    else excluded.push({ problemId, reason: tooFew(counts, k) })
  }
  if (values.length === 0) throw new UsageError(noneLeft(excluded.length, fullest, k))
  return { ...bootstrapMean(values, options), problems: values.length, excluded }
}

function isKinds(entry: readonly VerdictKind[] | SampleCounts): entry is readonly VerdictKind[] {
  return Array.isArray(entry)
}

function tooFew({ n, infrastructure = 0 }: SampleCounts, k: number): string {
  const lost = infrastructure > 0 ? ` (lost to infrastructure: ${infrastructure})` : ''
  return `${n} of the ${k} samples needed${lost}`
}

function noneLeft(problems: number, fullest: number, k: number): string {
  if (fullest === 0)
    return `pass@${k} cannot be computed: none of the ${problems} problems has a verdict (n = 0); run again with --resume`
  return `pass@${k} needs n ≥ k = ${k} samples per problem, but no problem has more than n = ${fullest}: sample more, or ask for pass@${fullest} at most`
}
