/**
 * How many more problems or samples would settle a comparison: make the difference that was seen significant at alpha with
 * probability `power`, if it is the true one (Miller 2024, arXiv 2411.00640, §5):
 *
 *     problems = (z_{α/2} + z_β)² (ω² + σ_A²/K_A + σ_B²/K_B) / δ²
 *
 * δ is the mean difference, K samples per problem, σ²/K the variance of a problem's figure through sampling, ω² that of
 * the true differences between problems. Their sum is estimated by n · (clustered standard error)²; the sampling part from
 * within each problem, without bias: x² − C(n−c, 2k)/C(n, 2k) with x = C(n−c, k)/C(n, k), which at k = 1 is the binomial
 * p(1−p)/(n−1). It needs 2k samples. ω² is the rest, at least 0. Samples are solved for with the sampling part falling as
 * 1/K: exact at k = 1, and above that it falls no slower (Hoeffding 1948).
 *
 * Not covered: the difference seen is itself uncertain, and with it these numbers. They are orders of magnitude.
 */
import { UsageError } from '../../kernel/index.js'
import { clusteredError, type ClusterOf } from './clustered-error.js'
import { normalQuantile } from './normal.js'
import { differencesOf, type PairedDifference } from './paired-difference.js'
import { passAtKByProblem, type SampleCounts, subsetShare } from './pass-at-k.js'

/** `never`: problems vary too much among themselves. `unknown`: too few samples to tell sampling from problems. */
export type MoreSamples =
  | { readonly kind: 'needed'; readonly first: number; readonly second: number }
  | { readonly kind: 'never' | 'unknown' }

/**
 * `settled`: p ≤ alpha already. `equal`: the difference is exactly 0, and no number makes nothing significant.
 * `unknown`: fewer than two clusters. `open`: what is needed in all, not in addition; samples are per problem.
 */
export type Settling =
  | { readonly kind: 'settled' | 'equal' | 'unknown' }
  | {
      readonly kind: 'open'
      readonly problems: number
      readonly samples: MoreSamples
      /** Of one problem's difference: ω², and σ_A²/K_A + σ_B²/K_B; null where samples are too few to tell. */
      readonly variance: { readonly between: number; readonly sampling: number } | null
    }

export interface SettlingOptions {
  readonly alpha?: number
  readonly power?: number
  readonly clusterOf?: ClusterOf
}

type Counts = ReadonlyMap<string, SampleCounts>

/** `difference` is that of pass@k of the same counts and clusters. Throws UsageError for alpha or power outside (0, 1). */
export function settling(
  first: Counts,
  second: Counts,
  k: number,
  difference: PairedDifference,
  { alpha = 0.05, power = 0.8, clusterOf }: SettlingOptions = {},
): Settling {
  for (const [name, value] of Object.entries({ alpha, power }))
    if (!(value > 0 && value < 1)) throw new UsageError(`${name} lies between 0 and 1, not at ${value}`)
  if (difference.value === 0) return { kind: 'equal' }
  if (difference.p <= alpha) return { kind: 'settled' }
  const differences = differencesOf(passAtKByProblem(first, k), passAtKByProblem(second, k))
  const { standardError, clusters } = clusteredError(differences, clusterOf)
  if (standardError === null) return { kind: 'unknown' }
  const n = differences.size
  const variance = n * standardError ** 2
  const factor = (normalQuantile(1 - alpha / 2) + normalQuantile(power)) ** 2
  // Fewer flips than this have no significant sign-flip test, whatever they say: 2 · 2^−m > alpha.
  const fewest = Math.log2(2 / alpha)
  const problems = Math.max(
    Math.ceil((factor * variance) / difference.value ** 2),
    Math.ceil((fewest * n) / difference.differing),
    n + 1,
  )
  const sampling = meanSampling(first, second, k, differences.keys())
  if (sampling === null) return { kind: 'open', problems, samples: { kind: 'unknown' }, variance: null }
  const between = Math.max(0, variance - sampling)
  const room = (n * difference.value ** 2) / factor - between
  const samples: MoreSamples =
    room <= 0 || clusters < fewest
      ? { kind: 'never' }
      : { kind: 'needed', ...timesSamples(first, second, differences.keys(), sampling / room) }
  return { kind: 'open', problems, samples, variance: { between, sampling } }
}

/** Mean over the problems with enough samples in both runs; null where there are none. */
function meanSampling(first: Counts, second: Counts, k: number, problems: Iterable<string>): number | null {
  let sum = 0
  let count = 0
  for (const id of problems) {
    const both = [first.get(id), second.get(id)] as [SampleCounts, SampleCounts]
    if (both.some(({ n }) => n < 2 * k)) continue
    for (const one of both) sum += samplingVariance(one, k)
    count++
  }
  return count === 0 ? null : Math.max(0, sum / count)
}

/** Of pass@k of one problem, without bias; at k > 1 single estimates may lie below 0. Needs 2k samples. */
export function samplingVariance({ n, c }: SampleCounts, k: number): number {
  return subsetShare(n, n - c, k) ** 2 - subsetShare(n, n - c, 2 * k)
}

/** Mean samples per problem of each run, so many times as many, and more than there are. */
function timesSamples(first: Counts, second: Counts, problems: Iterable<string>, times: number) {
  const ids = [...problems]
  const needed = (counts: Counts) => {
    const mean = ids.reduce((sum, id) => sum + (counts.get(id)?.n ?? 0), 0) / ids.length
    return Math.max(Math.ceil(mean * times), Math.floor(mean) + 1)
  }
  return { first: needed(first), second: needed(second) }
}
