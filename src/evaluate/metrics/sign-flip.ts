/**
 * The sign-flip permutation test of paired differences: were the two runs alike, each difference could as well have the
 * other sign. p is the share of all sign assignments whose sum is at least as far from 0 as the observed one (two-sided).
 * With differences of −1, 0 and 1 it is the exact McNemar test.
 *
 * Not covered: exchangeability itself. Differences that depend on one another must be summed by cluster before.
 */
import { Random, UsageError } from '../../kernel/index.js'

export interface SignFlip {
  /** In (0, 1]. */
  readonly p: number
  /** All assignments were counted; otherwise `draws` of them, where p is (hits + 1) / (draws + 1). */
  readonly exact: boolean
  /** Differences other than 0. */
  readonly nonZero: number
}

export interface SignFlipOptions {
  readonly seed?: number
  /** Assignments to draw where there are too many to count. */
  readonly draws?: number
  /** Steps that counting may take; 2²⁴ is any 22 differences, or thousands of equal ones. */
  readonly work?: number
}

/**
 * Counts exactly as long as the number of distinct sums allows, else draws with the seed. Sums closer than `slack` are
 * equal: pass what rounding can have added to the differences. The order and the overall sign are irrelevant.
 * Throws UsageError for a difference that is not finite and for `draws` below 1.
 */
export function signFlip(
  differences: readonly number[],
  slack: number,
  { seed = 0, draws = 20_000, work = 2 ** 24 }: SignFlipOptions = {},
): SignFlip {
  if (differences.some((one) => !Number.isFinite(one))) throw new UsageError('differences are finite numbers')
  if (!Number.isSafeInteger(draws) || draws < 1)
    throw new UsageError(`draws is a whole number of at least 1, not ${draws}`)
  const sizes = Float64Array.from(differences.map(Math.abs).filter((size) => size > slack)).sort()
  const nonZero = sizes.length
  const observed = Math.abs(differences.reduce((a, b) => a + b, 0)) - slack
  if (observed <= 0) return { p: 1, exact: true, nonZero }
  const counted = countedShare(sizes, observed, slack, work)
  if (counted !== null) return { p: Math.min(1, counted), exact: true, nonZero }
  return { p: (drawnHits(sizes, observed, draws, new Random(seed)) + 1) / (draws + 1), exact: false, nonZero }
}

/** The distribution of the sum, one difference after the other; null when it has too many distinct values. */
function countedShare(sizes: Float64Array, observed: number, slack: number, work: number): number | null {
  let sums = Float64Array.of(0)
  let shares = Float64Array.of(1)
  let steps = 0
  for (const size of sizes) {
    steps += 2 * sums.length
    if (steps > work) return null
    const next = merged(sums, shares, size, slack)
    sums = next.sums
    shares = next.shares
  }
  let share = 0
  for (const [i, sum] of sums.entries()) if (Math.abs(sum) >= observed) share += shares[i] as number
  return share
}

/** Both signs of one difference: two sorted lists of sums become one, where equal sums are one entry. */
function merged(sums: Float64Array, shares: Float64Array, size: number, slack: number) {
  const n = sums.length
  const made = { sums: new Float64Array(2 * n), shares: new Float64Array(2 * n) }
  let length = 0
  for (let low = 0, high = 0; low < n || high < n; ) {
    const minus = low < n ? (sums[low] as number) - size : Number.POSITIVE_INFINITY
    const plus = high < n ? (sums[high] as number) + size : Number.POSITIVE_INFINITY
    const sum = Math.min(minus, plus)
    const share = (shares[minus <= plus ? low++ : high++] as number) / 2
    if (length > 0 && sum - (made.sums[length - 1] as number) <= slack)
      made.shares[length - 1] = (made.shares[length - 1] as number) + share
    else {
      made.sums[length] = sum
      made.shares[length++] = share
    }
  }
  return { sums: made.sums.slice(0, length), shares: made.shares.slice(0, length) }
}

function drawnHits(sizes: Float64Array, observed: number, draws: number, random: Random): number {
  let hits = 0
  for (let draw = 0; draw < draws; draw++) {
    let sum = 0
    let bits = 0
    for (let i = 0; i < sizes.length; i++) {
      const size = sizes[i] as number
      // One random number holds 32 signs.
      if (i % 32 === 0) bits = random.int(2 ** 32)
      sum += bits & 1 ? size : -size
      bits >>>= 1
    }
    if (Math.abs(sum) >= observed) hits++
  }
  return hits
}
