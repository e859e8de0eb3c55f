/**
 * Standard errors of means over problems that are not independent (Miller 2024, arXiv 2411.00640, §2.2): questions about
 * one text, one problem in several languages. Clusters are independent of one another, the problems of one are not.
 */
import { UsageError } from '../../kernel/index.js'

/** The cluster a problem belongs to. */
export type ClusterOf = (problemId: string) => string

export interface ClusteredError {
  readonly mean: number
  /** Of the mean, in its unit; null with fewer than two clusters, which tell nothing about how clusters vary. */
  readonly standardError: number | null
  readonly clusters: number
}

/**
 * √( Σ(sᵢ−s̄)² / (n(n−1)) + Σ over clusters of Σ_{i≠j}(sᵢ−s̄)(sⱼ−s̄) / n² ). Where each problem is a cluster by itself it
 * is the usual standard error. Throws UsageError without values.
 */
export function clusteredError(values: ReadonlyMap<string, number>, clusterOf?: ClusterOf): ClusteredError {
  const n = values.size
  if (n === 0) throw new UsageError('there are no values to take a mean of')
  const clusters = clustersOf(values, clusterOf)
  let total = 0
  for (const value of values.values()) total += value
  const mean = total / n
  if (clusters.length < 2) return { mean, standardError: null, clusters: clusters.length }
  let squares = 0
  let together = 0
  for (const cluster of clusters) {
    let sum = 0
    for (const value of cluster) {
      sum += value - mean
      squares += (value - mean) ** 2
    }
    together += sum ** 2
  }
  // Rearranged so that nothing is subtracted: Σ_{i≠j} is the square of the sum less the sum of the squares.
  const variance = squares / (n * n * (n - 1)) + together / (n * n)
  return { mean, standardError: Math.sqrt(variance), clusters: clusters.length }
}

/** The values of each cluster; without `clusterOf` each problem is one. */
export function clustersOf(values: ReadonlyMap<string, number>, clusterOf?: ClusterOf): number[][] {
  if (!clusterOf) return [...values.values()].map((value) => [value])
  const clusters = new Map<string, number[]>()
  for (const [problemId, value] of values) {
    const cluster = clusterOf(problemId)
    const known = clusters.get(cluster)
    if (known) known.push(value)
    else clusters.set(cluster, [value])
  }
  return [...clusters.values()]
}
