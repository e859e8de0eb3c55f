/** Robust pass@k of a run whose problems are versions of others: the worst of the versions decides, sample by sample. */
import { type Outcomes, type Robust, type Versions, robustAtK } from '../../evaluate/index.js'
import type { Benchmark, JudgedProblem } from '../../kernel/index.js'
import type { CandidateRow, RobustRow } from './gathered.js'

/** By the number of the sample, which may be any. */
type Sampled = ReadonlyMap<number, boolean | null>

interface Compared {
  readonly versions: Sampled[]
  nominal?: Sampled
}

/** A row for each comparison and each k that some problem has samples for; none for a benchmark without versions. */
export function robustRows(
  benchmark: Benchmark,
  problems: Iterable<JudgedProblem>,
  candidates: readonly CandidateRow[],
  ks: readonly number[],
): RobustRow[] {
  if (!benchmark.versionOf) return []
  const outcomes = new Map<string, Map<number, boolean | null>>()
  for (const { problemId, sample, kind } of candidates) {
    const of = outcomes.get(problemId) ?? new Map<number, boolean | null>()
    outcomes.set(problemId, of.set(sample, kind === 'infrastructure' ? null : kind === 'passed'))
  }
  const comparisons = new Map<string, Map<string, Compared>>()
  for (const { problem } of problems) {
    const version = benchmark.versionOf(problem)
    const sampled = outcomes.get(problem.id)
    if (!version || !sampled) continue
    for (const name of version.comparisons) {
      const table = comparisons.get(name) ?? new Map<string, Compared>()
      comparisons.set(name, table)
      const compared = table.get(version.original) ?? { versions: [] }
      table.set(version.original, compared)
      if (version.changed) compared.versions.push(sampled)
      else compared.nominal = sampled
    }
  }
  return [...comparisons].flatMap(([comparison, all]) => {
    const table = new Map(
      [...all].filter(([, { versions }]) => versions.length > 0).map(([id, one]) => [id, inOrder(one)]),
    )
    const counts = [...table.values()].map(({ versions }) => versions.length)
    return ks.flatMap((k) => {
      const most = Math.max(0, ...[...table.values()].map(leastSamples))
      return most < k ? [] : [rowOf(comparison, k, [Math.min(...counts), Math.max(...counts)], robustAtK(table, k))]
    })
  })
}

/** The same samples side by side. One without a verdict counts as one the machine failed. */
function inOrder({ versions, nominal }: Compared): Versions {
  const numbers = [...new Set([...versions, ...(nominal ? [nominal] : [])].flatMap((one) => [...one.keys()]))]
  numbers.sort((a, b) => a - b)
  const outcomes = (of: Sampled): Outcomes => numbers.map((number) => of.get(number) ?? null)
  return { versions: versions.map(outcomes), ...(nominal ? { nominal: outcomes(nominal) } : {}) }
}

/** Samples that have a verdict in all versions. */
function leastSamples({ versions }: Versions): number {
  const length = Math.min(...versions.map((outcomes) => outcomes.length))
  return Array.from({ length }, (_, i) => versions.every((outcomes) => outcomes[i] !== null)).filter(Boolean).length
}

function rowOf(
  comparison: string,
  k: number,
  versions: [number, number],
  { pass, nominal, drop, relative }: Robust,
): RobustRow {
  const interval = ({ value, low, high }: { value: number; low: number; high: number }) => ({ value, low, high })
  return {
    ...{ comparison, k, problems: pass.problems, versions },
    before: nominal && interval(nominal),
    pass: interval(pass),
    drop,
    relative: relative && interval(relative),
  }
}
