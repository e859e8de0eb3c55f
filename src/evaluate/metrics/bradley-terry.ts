/**
 * Strengths of models from comparisons problem by problem (Bradley and Terry 1952), with ties by Davidson (1970).
 *
 * Davidson and not Rao and Kupper (1967): most problems are ties here, and in Davidson's model a tie speaks for both as
 * half a win does: where all are compared equally often, the order of strengths is that of wins plus half the ties, which
 * is the order of a plain table. Rao and Kupper's threshold has no such sum.
 *
 * Not covered: how much better. A problem passed by 9 samples of 10 beats one passed by 8 as it beats one passed by none.
 */
import { Random, UsageError } from '../../kernel/index.js'
import { type BootstrapOptions, centralShare, checkBootstrap, multinomials } from './bootstrap.js'
import { fitDavidson } from './davidson.js'
import { type Bound, boundsOf, type Results } from './separation.js'

export interface Strength {
  /** 1000 + 400 · log₁₀ π, where the mean of the finite ones is 1000: 400 more is ten times the odds. */
  readonly strength: number | null
  /** Ends of the interval; null where it has none on that side. */
  readonly low: number | null
  readonly high: number | null
  /** Why there is no strength: `above` a model that never loses, `below` one that never wins, `open` neither. */
  readonly bound: Bound
  readonly wins: number
  readonly ties: number
  readonly losses: number
}

export interface BradleyTerry {
  /** In the order of the columns. */
  readonly models: readonly Strength[]
  /** ν: how likely ties are between equals, as the odds of a tie to a win; null without any finite strength. */
  readonly tie: number | null
  readonly problems: number
}

export interface BradleyTerryOptions extends BootstrapOptions {
  /** The cluster of each row; those of one are resampled together. */
  readonly clusters?: readonly string[]
}

/**
 * `scores[problem][model]`: on each problem the higher score beats the lower, equal ones tie. The interval is a percentile
 * bootstrap over problems; resamples in which a strength is not finite count as beyond any number, or as both ends.
 * Throws UsageError for fewer than two models, no problem, or rows that differ in length.
 */
export function bradleyTerry(
  scores: readonly (readonly number[])[],
  { seed = 0, resamples = 2000, confidence = 0.95, clusters }: BradleyTerryOptions = {},
): BradleyTerry {
  const size = scores[0]?.length ?? 0
  if (size < 2) throw new UsageError('strengths need at least two models, and a problem that all of them have')
  if (scores.some((row) => row.length !== size || row.some(Number.isNaN)))
    throw new UsageError('every problem needs a score of every model')
  checkBootstrap({ resamples, confidence })
  const units = unitsOf(scores, clusters)
  const all = resultsOf(
    units,
    units.map(({ count }) => count),
    size,
  )
  const bounds = boundsOf(all)
  const core = [...bounds.keys()].filter((i) => bounds[i] === 'finite')
  const fitted = core.length > 0 ? fitDavidson(among(all, core)) : null
  const resample = multinomials(
    new Random(seed),
    units.map(({ count }) => count),
  )
  const ends = core.map(() => ({ lows: new Float64Array(resamples), highs: new Float64Array(resamples) }))
  for (let r = 0; fitted && r < resamples; r++)
    for (const [i, [low, high]] of strengthsOf(among(resultsOf(units, resample(), size), core)).entries()) {
      ;(ends[i] as { lows: Float64Array }).lows[r] = low
      ;(ends[i] as { highs: Float64Array }).highs[r] = high
    }
  const models = bounds.map((bound, i): Strength => {
    const wins = sum(all.wins[i] as number[])
    const ties = sum(all.ties[i] as number[])
    const losses = sum(all.wins.map((row) => row[i] as number))
    const at = core.indexOf(i)
    const found = ends[at]
    if (!fitted || !found) return { strength: null, low: null, high: null, bound, wins, ties, losses }
    const strength = scaled(fitted.strengths[at] as number)
    const low = Math.min(strength, centralShare(found.lows, confidence).low)
    const high = Math.max(strength, centralShare(found.highs, confidence).high)
    return { strength, low: finite(low), high: finite(high), bound, wins, ties, losses }
  })
  return { models, tie: fitted?.tie ?? null, problems: scores.length }
}

/** Results of some problems, and how often exactly these occur. */
interface Unit {
  readonly results: Int32Array
  readonly count: number
}

/** Wins of i over j at i · size + j; ties, which are symmetric, on both sides of the diagonal after them. */
function unitsOf(scores: readonly (readonly number[])[], clusters?: readonly string[]): Unit[] {
  const size = scores[0]?.length ?? 0
  const byCluster = new Map<string | number, Int32Array>()
  for (const [problem, row] of scores.entries()) {
    const cluster = clusters?.[problem] ?? problem
    const results = byCluster.get(cluster) ?? new Int32Array(2 * size * size)
    byCluster.set(cluster, results)
    for (let i = 0; i < size; i++)
      for (let j = 0; j < size; j++) {
        if (i === j) continue
        const at = i * size + j
        if ((row[i] as number) > (row[j] as number)) results[at] = (results[at] as number) + 1
        else if (row[i] === row[j]) results[size * size + at] = (results[size * size + at] as number) + 1
      }
  }
  const distinct = new Map<string, Unit>()
  for (const results of byCluster.values()) {
    const key = results.join()
    distinct.set(key, { results, count: (distinct.get(key)?.count ?? 0) + 1 })
  }
  // In an order of their own, so that the order of problems is irrelevant.
  return [...distinct].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, unit]) => unit)
}

function resultsOf(units: readonly Unit[], counts: readonly number[], size: number): Results {
  const total = new Float64Array(2 * size * size)
  for (const [u, { results }] of units.entries())
    for (const [at, value] of results.entries()) total[at] = (total[at] as number) + value * (counts[u] as number)
  const rows = (from: number) =>
    Array.from({ length: size }, (_, i) => [...total.slice(from + i * size, from + (i + 1) * size)])
  return { wins: rows(0), ties: rows(size * size) }
}

function among({ wins, ties }: Results, members: readonly number[]): Results {
  const part = (matrix: Results['wins']) => members.map((i) => members.map((j) => matrix[i]?.[j] ?? 0))
  return { wins: part(wins), ties: part(ties) }
}

/** Low and high end of each strength as far as these results determine it. */
function strengthsOf(results: Results): (readonly [low: number, high: number])[] {
  const bounds = boundsOf(results)
  if (bounds.every((bound) => bound === 'finite'))
    return fitDavidson(results).strengths.map((one) => [scaled(one), scaled(one)])
  // With a part of the models the mean is another one: its strengths cannot be set beside the rest.
  return bounds.map((bound) => [bound === 'above' ? Infinity : -Infinity, bound === 'below' ? -Infinity : Infinity])
}

function scaled(strength: number): number {
  return 1000 + (400 * strength) / Math.LN10
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0)
}
