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
export function bootstrapMean(
  values: readonly number[],
  { seed = 0, resamples = 2000, confidence = 0.95 }: BootstrapOptions = {},
): Interval {
  if (values.length === 0) throw new UsageError('there are no values to take a mean of')
  if (!Number.isSafeInteger(resamples) || resamples < 1)
    throw new UsageError(`resamples is a whole number of at least 1, not ${resamples}`)
  if (!(confidence > 0 && confidence < 1)) throw new UsageError(`confidence lies between 0 and 1, not at ${confidence}`)

  const distinct = distinctValues(values)
  const value = meanOf(distinct, values.length)
  const draw = binomials(new Random(seed), values.length)
  const means = new Float64Array(resamples)
  for (let r = 0; r < resamples; r++) {
    let left = values.length
    let unseen = values.length
    let sum = 0
    for (const [v, count] of distinct) {
      const drawn = draw(left, count / unseen)
      sum += v * drawn
      left -= drawn
      unseen -= count
    }
    means[r] = sum / values.length
  }
  means.sort()
  const tail = (1 - confidence) / 2
  // A narrow interval of a skewed sample may miss its own mean; it is widened to hold it.
  return {
    value,
    low: Math.min(quantile(means, tail), value),
    high: Math.max(quantile(means, 1 - tail), value),
  }
}

function distinctValues(values: readonly number[]): [value: number, count: number][] {
  const counts = new Map<number, number>()
  for (const v of values) counts.set(v, (counts.get(v) ?? 0) + 1)
  return [...counts].sort(([a], [b]) => a - b)
}

function meanOf(distinct: readonly (readonly [number, number])[], total: number): number {
  let sum = 0
  for (const [v, count] of distinct) sum += v * count
  return sum / total
}

function quantile(sorted: Float64Array, q: number): number {
  const at = q * (sorted.length - 1)
  const below = sorted[Math.floor(at)] as number
  const above = sorted[Math.ceil(at)] as number
  return below + (above - below) * (at - Math.floor(at))
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
