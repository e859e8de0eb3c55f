/**
 * The difference of two runs on the same problems. Pairing takes the difficulty of the problems out of the error, which is
 * most of it (Miller 2024, arXiv 2411.00640, §4.2).
 */
import { type Interval, UsageError } from '../../kernel/index.js'
import { type BootstrapOptions, bootstrapClusters } from './bootstrap.js'
import { clusteredError, type ClusterOf, clustersOf } from './clustered-error.js'
import { signFlip, type SignFlipOptions } from './sign-flip.js'

/** The interval is of the mean of second − first over the problems that both have. */
export interface PairedDifference extends Interval {
  /** Problems that both have. */
  readonly problems: number
  readonly clusters: number
  /** Of the mean difference, cluster-robust; null with fewer than two clusters. */
  readonly standardError: number | null
  /** Two-sided, by the sign-flip test over clusters. */
  readonly p: number
  /** Whether p counts all sign assignments or a seeded draw of them. */
  readonly exact: boolean
  /** Clusters (problems, where there are none) that differ. */
  readonly differing: number
  /** Problems of one run alone; they are not in the difference. */
  readonly onlyFirst: readonly string[]
  readonly onlySecond: readonly string[]
}

export interface PairedOptions extends BootstrapOptions, SignFlipOptions {
  readonly clusterOf?: ClusterOf
}

type Values = ReadonlyMap<string, number>

/** Mean, interval, error and p of the difference. Throws UsageError when no problem is in both. */
export function pairedDifference(
  first: Values,
  second: Values,
  { clusterOf, ...options }: PairedOptions = {},
): PairedDifference {
  const differences = differencesOf(first, second)
  if (differences.size === 0) throw new UsageError('the runs have no problem in common: there is nothing to compare')
  const clusters = clustersOf(differences, clusterOf)
  const sums = clusters.map((values) => values.reduce((a, b) => a + b, 0))
  const slack = roundingOf(first, second) * differences.size
  const total = sums.reduce((a, b) => a + b, 0)
  const { p, exact, nonZero } = signFlip(sums, slack, options)
  const { standardError } = clusteredError(differences, clusterOf)
  return {
    ...intervalOf(clusters, total, slack, options),
    problems: differences.size,
    clusters: clusters.length,
    standardError,
    p,
    exact,
    differing: nonZero,
    onlyFirst: [...first.keys()].filter((id) => !second.has(id)),
    onlySecond: [...second.keys()].filter((id) => !first.has(id)),
  }
}

/** second − first for each problem that both have, in the order of the first. What is only rounding is 0. */
export function differencesOf(first: Values, second: Values): Map<string, number> {
  const rounding = roundingOf(first, second)
  const differences = new Map<string, number>()
  for (const [id, value] of first) {
    const other = second.get(id)
    if (other === undefined) continue
    const difference = other - value
    differences.set(id, Math.abs(difference) <= rounding ? 0 : difference)
  }
  return differences
}

/** What a few operations can have added to values of this size. */
function roundingOf(...tables: readonly Values[]): number {
  let largest = 0
  for (const table of tables) for (const value of table.values()) largest = Math.max(largest, Math.abs(value))
  return 8 * Number.EPSILON * largest
}

/** Resampled with the difference upwards and turned back, so that swapping the runs mirrors the interval exactly. */
function intervalOf(
  clusters: readonly (readonly number[])[],
  total: number,
  slack: number,
  { seed, resamples, confidence }: BootstrapOptions,
): Interval {
  const options = {
    ...(seed === undefined ? {} : { seed }),
    ...(resamples === undefined ? {} : { resamples }),
    ...(confidence === undefined ? {} : { confidence }),
  }
  // A difference of 0 has no direction, and must not get one from rounding.
  const downwards = total < -slack
  const upwards = downwards ? clusters.map((values) => values.map((value) => -value)) : clusters
  const { value, low, high } = bootstrapClusters(upwards, options)
  if (Math.abs(total) <= slack) return { value: 0, low: Math.min(low, 0), high: Math.max(high, 0) }
  return downwards ? { value: -value, low: -high, high: -low } : { value, low, high }
}
