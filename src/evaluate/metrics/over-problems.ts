/** The mean of a figure over problems, and which problems are in it: the same rules for every figure that takes a k. */
import { type Interval, UsageError } from '../../kernel/index.js'
import { type BootstrapOptions, bootstrapClusters } from './bootstrap.js'
import { type ClusterOf, clustersOf } from './clustered-error.js'

export interface OverProblems extends Interval {
  /** Problems the value is the mean of. */
  readonly problems: number
  /** Problems with too few samples for this k, and why. */
  readonly excluded: readonly { readonly problemId: string; readonly reason: string }[]
}

/** `confidence`: share of the resampled means inside the interval. */
export interface OverProblemsOptions extends BootstrapOptions {
  /** Problems of one cluster are resampled together; default: each problem by itself. */
  readonly clusterOf?: ClusterOf
}

/** What is known of one problem. */
export interface Drawn {
  /** Samples without those that ended in `infrastructure`. */
  readonly n: number
  readonly infrastructure?: number
  /** The figure of this problem; asked for only where n ≥ k. */
  readonly estimate: () => number
}

/** The figure of each problem that has k samples, in order, and the others. */
export function byProblem(
  k: number,
  drawn: Iterable<readonly [problemId: string, Drawn]>,
): { values: Map<string, number>; excluded: { problemId: string; reason: string }[]; fullest: number } {
  const values = new Map<string, number>()
  const excluded: { problemId: string; reason: string }[] = []
  let fullest = 0
  for (const [problemId, { n, infrastructure = 0, estimate }] of drawn) {
    fullest = Math.max(fullest, n)
    if (n >= k) values.set(problemId, estimate())
    else excluded.push({ problemId, reason: tooFew(n, infrastructure, k) })
  }
  return { values, excluded, fullest }
}

/**
 * Mean over problems with a percentile bootstrap interval over problems. A problem with fewer than k samples left is
 * excluded and listed. `metric` is the name without its k: `pass@`.
 * Throws UsageError when k is no whole number from 1, there is no problem, or none has k samples.
 */
export function overProblems(
  metric: string,
  k: number,
  drawn: Iterable<readonly [problemId: string, Drawn]>,
  { clusterOf, ...options }: OverProblemsOptions = {},
): OverProblems {
  if (!Number.isSafeInteger(k) || k < 1) throw new UsageError(`${metric}k needs a whole k of at least 1; k is ${k}`)
  const { values, excluded, fullest } = byProblem(k, drawn)
  if (values.size === 0 && excluded.length === 0)
    throw new UsageError(`there are no verdicts to compute ${metric}${k} from`)
  if (values.size === 0) throw new UsageError(noneLeft(metric, excluded.length, fullest, k))
  return { ...bootstrapClusters(clustersOf(values, clusterOf), options), problems: values.size, excluded }
}

function tooFew(n: number, infrastructure: number, k: number): string {
  const lost = infrastructure > 0 ? ` (lost to infrastructure: ${infrastructure})` : ''
  return `${n} of the ${k} samples needed${lost}`
}

function noneLeft(metric: string, problems: number, fullest: number, k: number): string {
  if (fullest === 0)
    return `${metric}${k} cannot be computed: none of the ${problems} problems has a verdict (n = 0); run again with --resume`
  return `${metric}${k} needs n ≥ k = ${k} samples per problem, but no problem has more than n = ${fullest}: sample more, or ask for ${metric}${fullest} at most`
}
