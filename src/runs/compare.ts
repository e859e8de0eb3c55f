/** Runs side by side: their figures, the paired differences from the first, what flips, and what would settle it. */
import {
  bradleyTerry,
  type ClusterOf,
  clusteredError,
  differencesOf,
  type PairedDifference,
  pairedDifference,
  passAtKByProblem,
  passAtKOverProblems,
  type SampleCounts,
  type Settling,
  settling,
  type Strength,
} from '../evaluate/index.js'
import { type Interval, UsageError } from '../kernel/index.js'
import type { RunTally } from './tally.js'

export interface CompareOptions {
  readonly k: number
  /** Intervals hold 1 − alpha. */
  readonly alpha: number
  readonly seed: number
  readonly clusterOf?: ClusterOf
  /** What the runs are forms of, where the benchmark reports the higher score of them. */
  readonly higherOf?: string
}

export interface ComparedRun {
  readonly run: string
  readonly benchmark: string | null
  readonly passAtK: Interval & { readonly problems: number; readonly standardError: number | null }
  /** With a verdict; `of` as many as any of the runs has or should have. */
  readonly problems: { readonly judged: number; readonly of: number; readonly tooFewSamples: readonly string[] }
  /** `infrastructure` is in no denominator: `judged` is without it. */
  readonly samples: { readonly passed: number; readonly judged: number; readonly infrastructure: number }
  readonly unreadable: number
  readonly unfinished: boolean
}

export interface Flip {
  readonly problemId: string
  /** Passed and judged samples. */
  readonly first: { readonly c: number; readonly n: number }
  readonly second: { readonly c: number; readonly n: number }
}

export interface PairComparison {
  readonly first: string
  readonly second: string
  /** Of pass@k, second − first. */
  readonly difference: Omit<PairedDifference, 'onlyFirst' | 'onlySecond'>
  /** Problems of which pass@k differs, the largest change first. */
  readonly flips: { readonly better: readonly Flip[]; readonly worse: readonly Flip[] }
  /** Problems that are not in the difference. */
  readonly leftOut: {
    readonly onlyFirst: readonly string[]
    readonly onlySecond: readonly string[]
    readonly tooFewSamples: readonly string[]
  }
  readonly settling: Settling
}

export interface Comparison {
  readonly k: number
  readonly alpha: number
  readonly seed: number
  readonly runs: readonly ComparedRun[]
  /** Every run against the first. */
  readonly pairs: readonly PairComparison[]
  /** Of three runs and more, over the problems that all have; null where there are none. */
  readonly strengths: {
    readonly problems: number
    readonly models: readonly (Strength & { readonly run: string })[]
  } | null
  /** Something is missing: problems, samples the machine failed, lines that could not be read, the end of a run. */
  readonly incomplete: boolean
  /**
   * Where a benchmark publishes the higher score of several forms of the same replies: the higher pass@k of these runs. That
   * they are such forms is not checked.
   */
  readonly higher?: { readonly of: string; readonly run: string; readonly passAtK: number }
  /** What makes the runs less alike than they should be. */
  readonly remarks: readonly string[]
}

/** Throws UsageError for runs of different benchmarks or data, without a common problem, or with too few samples for k. */
export function compareRuns(tallies: readonly RunTally[], options: CompareOptions): Comparison {
  const [first, ...others] = tallies
  if (!first || others.length === 0) throw new UsageError('a comparison needs two runs or more')
  for (const [i, one] of tallies.entries()) for (const other of tallies.slice(i + 1)) refuseUnlike(one, other)
  const all = new Set(tallies.flatMap(({ counts }) => [...counts.keys()]))
  const of = Math.max(all.size, ...tallies.map(({ counts, withoutCandidate }) => counts.size + (withoutCandidate ?? 0)))
  const runs = tallies.map((tally) => comparedRun(tally, of, options))
  const pairs = others.map((other) => comparePair(first, other, options))
  const { k, alpha, seed, higherOf } = options
  return {
    k,
    alpha,
    seed,
    runs,
    pairs,
    strengths: tallies.length > 2 ? strengthsOf(tallies, options) : null,
    incomplete: runs.some(
      ({ problems, samples, unreadable, unfinished }) =>
        problems.judged < of || samples.infrastructure > 0 || unreadable > 0 || unfinished,
    ),
    ...(higherOf === undefined ? {} : { higher: higherRun(runs, higherOf) }),
    remarks: remarksOn(tallies),
  }
}

/** Never the better form of each reply: of the first of those that are equal. */
function higherRun(runs: readonly ComparedRun[], of: string): NonNullable<Comparison['higher']> {
  const { run, passAtK } = runs.reduce((best, one) => (one.passAtK.value > best.passAtK.value ? one : best))
  return { of, run, passAtK: passAtK.value }
}

function refuseUnlike(one: RunTally, other: RunTally): void {
  if (one.benchmark === null || other.benchmark === null) return
  if (one.benchmark !== other.benchmark)
    throw new UsageError(
      `${one.run} is a run of ${one.benchmark}, ${other.run} of ${other.benchmark}: only runs of one benchmark can be compared`,
    )
  const hashes = ({ data }: RunTally) => new Set(data?.map(({ sha256 }) => sha256))
  const changed = (data: RunTally['data'], known: Set<string>) => data?.filter(({ sha256 }) => !known.has(sha256)) ?? []
  const differing = [...changed(one.data, hashes(other)), ...changed(other.data, hashes(one))]
  if (differing.length === 0) return
  const names = [...new Set(differing.map(({ path }) => path))].join(', ')
  throw new UsageError(
    `${one.run} and ${other.run} were judged on different data of ${one.benchmark} (differing: ${names}): judge both on the same files`,
  )
}

function comparedRun(tally: RunTally, of: number, { k, alpha, seed, clusterOf }: CompareOptions): ComparedRun {
  const { run, benchmark, counts, unreadable, unfinished } = tally
  const clusters = clusterOf ? { clusterOf } : {}
  const { value, low, high, problems, excluded } = passAtKNamed(tally, k, { seed, confidence: 1 - alpha, ...clusters })
  const { standardError } = clusteredError(passAtKByProblem(counts, k), clusterOf)
  const samples = { passed: 0, judged: 0, infrastructure: 0 }
  for (const { n, c, infrastructure } of counts.values()) {
    samples.passed += c
    samples.judged += n
    samples.infrastructure += infrastructure
  }
  return {
    run,
    benchmark,
    passAtK: { value, low, high, problems, standardError },
    problems: { judged: counts.size, of, tooFewSamples: excluded.map(({ problemId }) => problemId) },
    samples,
    unreadable,
    unfinished,
  }
}

function passAtKNamed({ run, counts }: RunTally, k: number, options: Parameters<typeof passAtKOverProblems>[2]) {
  try {
    return passAtKOverProblems(counts, k, options)
  } catch (error) {
    if (error instanceof UsageError) throw new UsageError(`${run}: ${error.message}`, { cause: error })
    throw error
  }
}

function comparePair(first: RunTally, second: RunTally, { k, alpha, seed, clusterOf }: CompareOptions): PairComparison {
  const clusters = clusterOf ? { clusterOf } : {}
  const values = [first, second].map(({ counts }) => passAtKByProblem(counts, k)) as [
    Map<string, number>,
    Map<string, number>,
  ]
  const differences = differencesOf(...values)
  if (differences.size === 0)
    throw new UsageError(
      `${first.run} and ${second.run} have no problem in common with ${k === 1 ? 'a verdict' : `${k} samples`} in both: there is nothing to compare`,
    )
  const { onlyFirst, onlySecond, ...difference } = pairedDifference(...values, {
    seed,
    confidence: 1 - alpha,
    ...clusters,
  })
  const absent = (from: RunTally, other: RunTally) => [...from.counts.keys()].filter((id) => !other.counts.has(id))
  return {
    first: first.run,
    second: second.run,
    difference,
    flips: flipsOf(first.counts, second.counts, differences),
    leftOut: {
      onlyFirst: absent(first, second),
      onlySecond: absent(second, first),
      tooFewSamples: [...first.counts.keys()].filter((id) => second.counts.has(id) && !differences.has(id)),
    },
    settling: settling(
      first.counts,
      second.counts,
      k,
      { ...difference, onlyFirst, onlySecond },
      { alpha, ...clusters },
    ),
  }
}

function flipsOf(
  first: RunTally['counts'],
  second: RunTally['counts'],
  differences: ReadonlyMap<string, number>,
): PairComparison['flips'] {
  const of = ({ n, c }: SampleCounts) => ({ c, n })
  const some = (sign: 1 | -1) =>
    [...differences]
      .filter(([, difference]) => difference * sign > 0)
      .sort(([, a], [, b]) => Math.abs(b) - Math.abs(a))
      .map(([problemId]) => ({
        problemId,
        first: of(first.get(problemId) as SampleCounts),
        second: of(second.get(problemId) as SampleCounts),
      }))
  return { better: some(1), worse: some(-1) }
}

/** On a problem the run that passed the larger share of its samples wins. */
function strengthsOf(
  tallies: readonly RunTally[],
  { alpha, seed, clusterOf }: CompareOptions,
): Comparison['strengths'] {
  const ids = [...(tallies[0] as RunTally).counts.keys()].filter((id) =>
    tallies.every(({ counts }) => (counts.get(id)?.n ?? 0) > 0),
  )
  if (ids.length === 0) return null
  const scores = ids.map((id) =>
    tallies.map(({ counts }) => {
      const { n, c } = counts.get(id) as SampleCounts
      return c / n
    }),
  )
  const clusters = clusterOf ? { clusters: ids.map(clusterOf) } : {}
  const { models } = bradleyTerry(scores, { seed, confidence: 1 - alpha, ...clusters })
  return { problems: ids.length, models: models.map((model, i) => ({ run: (tallies[i] as RunTally).run, ...model })) }
}

function remarksOn(tallies: readonly RunTally[]): string[] {
  const remarks: string[] = []
  for (const { run } of tallies.filter(({ benchmark }) => benchmark === null))
    remarks.push(`${run} names neither its benchmark nor its data: that they are those of the others is not checked`)
  const limits = new Set(tallies.flatMap(({ limits }) => (limits === undefined ? [] : [JSON.stringify(limits)])))
  if (limits.size > 1) remarks.push('the runs were judged under different limits')
  if (tallies.length > 2)
    remarks.push(`each of the ${tallies.length - 1} p-values stands for itself: none is corrected`)
  return remarks
}
