/** How efficient the programs of a run are, beside the benchmark's own solutions: measured, then put into figures. */
import { arch, cpus, platform } from 'node:os'
import {
  beyond,
  costLevels,
  costPercentile,
  differentialPerformance,
  type Edited,
  type NormalisedUsage,
  normalisedUsage,
  type Optimised,
  optimisedAtK,
  type SpeedUpTable,
  speedUpTable,
  type Usage,
} from '../../evaluate/index.js'
import type { Judge, Sandbox } from '../../execute/index.js'
import type { Benchmark, Isolation, VerdictKind } from '../../kernel/index.js'
import { Progress } from '../progress.js'
import { type Contest, contestsOf } from './contests.js'
import { memoryOverTime } from './memory-over-time.js'
import { isMeasured, type Measurement, measure } from './measure.js'

export interface EfficiencyOptions {
  readonly dir: string
  readonly benchmarks: readonly Benchmark[]
  readonly judge: Pick<Judge, 'judge'>
  /** For memory over time; without it only the peak is measured. */
  readonly sandbox?: Pick<Sandbox, 'run'>
  readonly repeats: number
  /** A file with more known solutions, in any format of samples. */
  readonly solutions?: string
  readonly quiet?: boolean
  readonly signal?: AbortSignal
}

export interface EfficiencyRow {
  readonly problemId: string
  /** What the benchmark asks to have less of. */
  readonly optimises?: 'time' | 'memory'
  /** The benchmark's own first. */
  readonly solutions: readonly Measurement[]
  readonly candidates: readonly {
    readonly sample: number
    readonly kind: VerdictKind
    /** Null for a candidate that did not pass. */
    readonly measurement: Measurement | null
  }[]
}

export interface Efficiency {
  readonly run: string
  readonly benchmark: string
  /** Where everything here was measured. */
  readonly machine: { readonly cpu: string; readonly cores: number; readonly system: string }
  readonly cost: {
    readonly what: 'CPU time'
    readonly taken: 'the least of all runs'
    readonly repeats: number
    /** Why nothing deterministic was taken. */
    readonly because: string
  }
  readonly isolation: Isolation | null
  /** EffiBench: over passing candidates of problems whose own solution was measured. */
  readonly normalised: NormalisedUsage
  /** Why there is no NTMU; null where memory over time was measured. */
  readonly withoutIntegral: string | null
  /** PIE, with the benchmark's solution as the program to be improved; for n of 1, 2, 4, … candidates. */
  readonly speedUps: readonly SpeedUpTable[]
  /** CodeScope's Opt@k, of the problems that ask for less of something. */
  readonly optimised: readonly { readonly k: number; readonly value: number; readonly programs: number }[]
  /** Over all candidates of the problems with two measured solutions or more; null where there are none. */
  readonly known: KnownSolutions | null
  /** Of the runs of one program: how far the most is above the least. */
  readonly spread: { readonly median: number; readonly worst: number } | null
  /** The cheapest program measured is mostly the start of its process: how many take less than twice as much. */
  readonly start: { readonly cpuMs: number; readonly near: number; readonly of: number } | null
  readonly unmeasured: readonly { readonly problemId: string; readonly what: string; readonly because: string }[]
  readonly remarks: readonly string[]
  readonly rows: readonly EfficiencyRow[]
  readonly stopped?: true
}

export interface KnownSolutions {
  readonly problems: number
  readonly candidates: number
  readonly solutions: number
  /** Means; what did not pass is 0 in all of them. */
  readonly beyond: number
  readonly percentile: number
  readonly score: number
  readonly normalisedScore: number
}

/** Throws what `contestsOf` does. */
export async function efficiency(options: EfficiencyOptions): Promise<Efficiency> {
  const { dir, benchmarks, judge, sandbox, repeats, solutions, quiet, signal } = options
  const { header, benchmark, contests, without, remarks } = await contestsOf(dir, benchmarks, solutions)
  const { inOneProcess, optimises } = benchmark
  const progress = new Progress({ total: contests.length, ...(quiet ? { quiet } : {}) })
  const rows: EfficiencyRow[] = []
  const measured: Measurement[] = []
  let isolation: Isolation | undefined
  for (const contest of contests) {
    // A candidate that is the solution itself is the same program: measured twice, noise would make it another.
    const programs = [...new Set([...contest.solutions, ...contest.programs])]
    const found = await measure(contest.judged, programs, {
      judge,
      limits: contest.limits,
      repeats,
      ...(signal ? { signal } : {}),
      ...(sandbox && inOneProcess
        ? { overTime: (code) => memoryOverTime(sandbox, inOneProcess(contest.judged, code), contest.limits) }
        : {}),
    })
    if (!found) break
    isolation ??= found.isolation
    measured.push(...found.measurements)
    const row = rowOf(contest, new Map(programs.map((code, i) => [code, found.measurements[i] as Measurement])))
    rows.push(optimises ? { ...row, optimises: optimises(contest.judged.problem) } : row)
    progress.add()
  }
  progress.end()
  const { known, ...figures } = figuresOf(rows, benchmark.k)
  return {
    run: dir,
    benchmark: header.benchmark,
    machine: { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, system: `${platform()} ${arch()}` },
    cost: {
      what: 'CPU time',
      taken: 'the least of all runs',
      repeats,
      because: 'instructions, which would vary less, are not counted: a sandboxed process gets no performance counter',
    },
    isolation: isolation ?? null,
    ...figures,
    withoutIntegral: withoutIntegral(measured),
    known,
    ...stability(measured),
    remarks: [
      ...remarks,
      ...(without > 0
        ? [`not measured: ${without} that passed and whose program is not there any more, or changed`]
        : []),
    ],
    rows,
    ...(rows.length < contests.length ? { stopped: true as const } : {}),
  }
}

function rowOf(
  { problemId, solutions, programs, candidates }: Contest,
  measurements: ReadonlyMap<string, Measurement>,
): EfficiencyRow {
  const of = (code: string) => measurements.get(code) as Measurement
  return {
    problemId,
    solutions: solutions.map(of),
    candidates: candidates.map(({ sample, kind, program }) => ({
      sample,
      kind,
      measurement: program === null ? null : of(programs[program] as string),
    })),
  }
}

/** What the machine failed is no candidate here, as in no other figure. */
const judgedOf = ({ candidates }: EfficiencyRow) => candidates.filter(({ kind }) => kind !== 'infrastructure')

function usageOf(one: Measurement | null | undefined): Usage | null {
  if (!one || !isMeasured(one)) return null
  const mbSeconds = typeof one.overTime === 'number' ? one.overTime : null
  return { seconds: one.cpuMs / 1000, peakMb: one.peakBytes / 1e6, mbSeconds }
}

/** Null as soon as it is known of one program; of the others `unmeasured` says why not. */
function withoutIntegral(measurements: readonly Measurement[]): string | null {
  const areas = measurements.filter(isMeasured).flatMap(({ overTime }) => overTime ?? [])
  if (areas.some((area) => typeof area === 'number')) return null
  const [reason] = areas
  return typeof reason === 'object' ? reason.because : 'only the peak of memory is measured, not memory over time'
}

/** Exported for its test. */
export function figuresOf(
  rows: readonly EfficiencyRow[],
  ks: readonly number[] = [],
): Pick<Efficiency, 'normalised' | 'speedUps' | 'optimised' | 'known' | 'unmeasured'> {
  const unmeasured: { problemId: string; what: string; because: string }[] = []
  const note = (problemId: string, what: string, one: Measurement | null | undefined) => {
    if (one && !isMeasured(one)) unmeasured.push({ problemId, what, because: one.because })
    else if (typeof one?.overTime === 'object')
      unmeasured.push({ problemId, what: `memory over time of ${what}`, because: one.overTime.because })
  }
  const usages = rows.flatMap((row) => {
    const { problemId, solutions } = row
    for (const [i, one] of solutions.entries()) note(problemId, i === 0 ? 'solution' : `solution ${i}`, one)
    if (solutions.length === 0)
      unmeasured.push({ problemId, what: 'solution', because: 'the benchmark has none for it' })
    return judgedOf(row).map(({ sample, kind, measurement }) => {
      note(problemId, `sample ${sample}`, measurement)
      return { problemId, correct: kind === 'passed', program: usageOf(measurement), canonical: usageOf(solutions[0]) }
    })
  })
  const tables = { speedUps: speedUpsOf(rows), optimised: optimisedOf(rows, ks), known: knownOf(rows) }
  return { normalised: normalisedUsage(usages), ...tables, unmeasured }
}

/** For each k that the problem with fewest candidates allows. What passed and could not be measured is no candidate. */
function optimisedOf(rows: readonly EfficiencyRow[], ks: readonly number[]): Efficiency['optimised'] {
  const programs = rows.flatMap((row): Optimised[] => {
    const { optimises, solutions } = row
    const own = solutions[0]
    if (!optimises || !own || !isMeasured(own)) return []
    const field = optimises === 'time' ? 'cpuMs' : 'peakBytes'
    const candidates = judgedOf(row).flatMap(({ kind, measurement }) => {
      if (kind !== 'passed') return [{ passRate: 0, costs: [] }]
      return measurement && isMeasured(measurement) ? [{ passRate: 100, costs: [measurement.mean[field]] }] : []
    })
    return candidates.length > 0 ? [{ baseline: [own[field]], candidates }] : []
  })
  if (programs.length === 0) return []
  const fewest = Math.min(...programs.map(({ candidates }) => candidates.length))
  return ks.filter((k) => k <= fewest).map((k) => ({ k, value: optimisedAtK(programs, k), programs: programs.length }))
}

function speedUpsOf(rows: readonly EfficiencyRow[]): SpeedUpTable[] {
  const edited = rows.flatMap((row): Edited[] => {
    const own = row.solutions[0]
    const candidates = judgedOf(row)
    if (!own || !isMeasured(own) || candidates.length === 0) return []
    const costOf = (one: Measurement | null) => (one && isMeasured(one) ? one.cpuMs : null)
    return [
      {
        problemId: row.problemId,
        cost: own.cpuMs,
        candidates: candidates.map(({ kind, measurement }) => ({
          correct: kind === 'passed',
          cost: costOf(measurement),
        })),
      },
    ]
  })
  if (edited.length === 0) return []
  const fewest = edited.reduce((least, { candidates }) => Math.min(least, candidates.length), Number.POSITIVE_INFINITY)
  const tables: SpeedUpTable[] = []
  for (let n = 1; n <= fewest; n *= 2) tables.push(speedUpTable(edited, n))
  return tables
}

function knownOf(rows: readonly EfficiencyRow[]): KnownSolutions | null {
  const totals = { beyond: 0, percentile: 0, score: 0, normalisedScore: 0 }
  let [problems, candidates, solutions] = [0, 0, 0]
  for (const row of rows) {
    const costs = row.solutions.filter(isMeasured).map(({ cpuMs }) => cpuMs)
    if (costs.length < 2) continue
    const levels = costLevels(costs)
    problems++
    solutions += costs.length
    for (const { kind, measurement } of judgedOf(row)) {
      // Passed, and could not be measured: nothing is known about it.
      if (kind === 'passed' && !(measurement && isMeasured(measurement))) continue
      candidates++
      if (!measurement || !isMeasured(measurement)) continue
      const { cpuMs } = measurement
      const { score, normalised } = differentialPerformance(cpuMs, levels)
      totals.beyond += beyond(cpuMs, costs)
      totals.percentile += costPercentile(cpuMs, costs)
      totals.score += score
      totals.normalisedScore += normalised
    }
  }
  if (candidates === 0) return null
  const mean = (total: number) => total / candidates
  return {
    problems,
    candidates,
    solutions,
    beyond: mean(totals.beyond),
    percentile: mean(totals.percentile),
    score: mean(totals.score),
    normalisedScore: mean(totals.normalisedScore),
  }
}

function stability(measurements: readonly Measurement[]): Pick<Efficiency, 'spread' | 'start'> {
  const measured = measurements.filter(isMeasured)
  if (measured.length === 0) return { spread: null, start: null }
  const spreads = measured.map(({ spread }) => spread).sort((a, b) => a - b)
  const least = measured.reduce((cheapest, { cpuMs }) => Math.min(cheapest, cpuMs), Number.POSITIVE_INFINITY)
  return {
    spread: { median: spreads[spreads.length >> 1] as number, worst: spreads.at(-1) as number },
    start: { cpuMs: least, near: measured.filter(({ cpuMs }) => cpuMs < 2 * least).length, of: measured.length },
  }
}
