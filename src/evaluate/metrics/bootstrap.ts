/**
 * Percentile bootstrap of a mean.
 *
 * A resample matters only through how often it holds each distinct value, so those multiplicities are drawn (a
 * multinomial, as a chain of binomials) instead of the values one by one: the cost follows the number of distinct
 * values, not the number of problems.
 *
 * Not covered: with one value, or with all values equal, the interval has no width. That is all such data can say.
 */
import { type Interval, Random, UsageError } from '../../kernel/index.js'

export interface BootstrapOptions {
  readonly seed?: number
  readonly resamples?: number
  readonly confidence?: number
}

/** The mean of the values and the central `confidence` share of resampled means. The order of values is irrelevant. */
export function bootstrapMean(values: readonly number[], options: BootstrapOptions = {}): Interval {
  return bootstrapClusters(
    values.map((value) => [value]),
    options,
  )
}

/**
 * The mean of all values, where those of one cluster are drawn together: related values tell less than independent
 * ones. Throws UsageError without values, and for options outside their range.
 */
export function bootstrapClusters(
  clusters: readonly (readonly number[])[],
  { seed = 0, resamples = 2000, confidence = 0.95 }: BootstrapOptions = {},
): Interval {
  const distinct = distinctClusters(clusters)
  if (distinct.length === 0) throw new UsageError('there are no values to take a mean of')
  checkBootstrap({ resamples, confidence })
  const resample = multinomials(
    new Random(seed),
    distinct.map(({ count }) => count),
  )
  const value = meanOf(
    distinct,
    distinct.map(({ count }) => count),
  )
  const means = new Float64Array(resamples)
  for (let r = 0; r < resamples; r++) means[r] = meanOf(distinct, resample())
  const { low, high } = centralShare(means, confidence)
  // A narrow interval of a skewed sample may miss its own mean; it is widened to hold it.
  return { value, low: Math.min(low, value), high: Math.max(high, value) }
}

export function checkBootstrap({ resamples, confidence }: Required<Omit<BootstrapOptions, 'seed'>>): void {
  if (!Number.isSafeInteger(resamples) || resamples < 1)
    throw new UsageError(`resamples is a whole number of at least 1, not ${resamples}`)
  if (!(confidence > 0 && confidence < 1)) throw new UsageError(`confidence lies between 0 and 1, not at ${confidence}`)
}

/** The ends of the central `confidence` share of the values, which are sorted in place. */
export function centralShare(values: Float64Array, confidence: number): { low: number; high: number } {
  values.sort()
  const tail = (1 - confidence) / 2
  return { low: quantile(values, tail), high: quantile(values, 1 - tail) }
}

interface Cluster {
  readonly sum: number
  readonly size: number
  readonly count: number
}

function distinctClusters(clusters: readonly (readonly number[])[]): Cluster[] {
  const found = new Map<string, Cluster>()
  for (const values of clusters) {
    if (values.length === 0) continue
    const sum = values.reduce((a, b) => a + b, 0)
    const key = `${sum} ${values.length}`
    found.set(key, { sum, size: values.length, count: (found.get(key)?.count ?? 0) + 1 })
  }
  return [...found.values()].sort((a, b) => a.sum - b.sum || a.size - b.size)
}

function meanOf(clusters: readonly Cluster[], counts: readonly number[]): number {
  let sum = 0
  let size = 0
  for (const [i, cluster] of clusters.entries()) {
    const count = counts[i] as number
    sum += cluster.sum * count
    size += cluster.size * count
  }
  return sum / size
}

/** On the line between two neighbours; where one is infinite there is no line, and it is that one. */
function quantile(sorted: Float64Array, q: number): number {
  const at = q * (sorted.length - 1)
  const below = sorted[Math.floor(at)] as number
  const above = sorted[Math.ceil(at)] as number
  if (below === above || !Number.isFinite(below)) return below
  if (!Number.isFinite(above)) return above
  return below + (above - below) * (at - Math.floor(at))
}

/** Resamples of as many items as there are: how often each of the distinct ones, which occur `counts` times, is drawn. */
export function multinomials(random: Random, counts: readonly number[]): () => number[] {
  const total = counts.reduce((a, b) => a + b, 0)
  const draw = binomials(random, total)
  return () => {
    let left = total
    let unseen = total
    return counts.map((count) => {
      const drawn = draw(left, count / unseen)
      left -= drawn
      unseen -= count
      return drawn
    })
  }
}

/**
 * Draws from Binomial(n, p) for n up to `largest`, exact up to rounding: inversion that starts at the mode and walks
 * outwards, about as many steps as the standard deviation.
 */
export function binomials(random: Random, largest: number): (n: number, p: number) => number {
  const logFactorial = new Float64Array(largest + 1)
  for (let i = 2; i <= largest; i++) logFactorial[i] = (logFactorial[i - 1] as number) + Math.log(i)
  const logF = (i: number) => logFactorial[i] as number

  return (n, p) => {
    if (n === 0 || p <= 0) return 0
    if (p >= 1) return n
    const odds = p / (1 - p)
    const mode = Math.min(n, Math.floor((n + 1) * p))
    const atMode = Math.exp(logF(n) - logF(mode) - logF(n - mode) + mode * Math.log(p) + (n - mode) * Math.log1p(-p))
    let rest = random.next() - atMode
    let up = mode
    let down = mode
    let pUp = atMode
    let pDown = atMode
    while (rest >= 0 && (up < n || down > 0)) {
      if (up < n) {
        pUp *= ((n - up) / (up + 1)) * odds
        up++
        rest -= pUp
        if (rest < 0) return up
      }
      if (down > 0) {
        pDown *= down / (n - down + 1) / odds
        down--
        rest -= pDown
        if (rest < 0) return down
      }
    }
    return mode
  }
}
