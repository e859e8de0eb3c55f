/**
 * What the programs of a run say by their text alone, beside their verdicts, for benchmarks that ask for it: which of the
 * names that the solution uses they hold, and whether they use the function that they are to build on. Whole texts are read, whatever of them a report has room for.
 */
import { comesToUse } from '../../code/index.js'
import { contextAtK, type ContextSamples, namesHeld } from '../../evaluate/index.js'
import type { Benchmark, JudgedProblem } from '../../kernel/index.js'
import type { BuildingOn, CandidateRow, ContextFigures, Gathered } from './gathered.js'

export class ProgramTexts {
  readonly #held = new Map<string, ContextSamples & { readonly held: string[][] }>()
  readonly #benchmark: Benchmark
  readonly #problems: ReadonlyMap<string, JudgedProblem>

  constructor(benchmark: Benchmark, problems: ReadonlyMap<string, JudgedProblem>) {
    this.#benchmark = benchmark
    this.#problems = problems
  }

  /** A program that was judged. Gives what its row has of it. */
  add(problemId: string, code: string): Pick<CandidateRow, 'buildsOn'> {
    const judged = this.#problems.get(problemId)
    if (!judged) return {}
    this.#addNames(problemId, judged, code)
    const of = this.#benchmark.buildsOn?.(judged.problem)
    return of ? { buildsOn: comesToUse(code, of.caller, of.callee) } : {}
  }

  #addNames(problemId: string, judged: JudgedProblem, code: string): void {
    if (!this.#benchmark.namesUsed) return
    const known = this.#held.get(problemId) ?? { names: this.#benchmark.namesUsed(judged.problem), held: [] }
    this.#held.set(problemId, known)
    known.held.push(namesHeld(code, known.names))
  }

  /** For each of these k that the problem with fewest samples allows. */
  figures(ks: readonly number[]): Pick<Gathered, 'contextAtK'> {
    const counts = [...this.#held.values()].filter(({ names }) => names.length > 0).map(({ held }) => held.length)
    if (counts.length === 0) return {}
    const fewest = counts.reduce((least, count) => Math.min(least, count))
    const figures = ks.filter((k) => k <= fewest).map((k): [string, ContextFigures] => [String(k), this.#atK(k)])
    return figures.length > 0 ? { contextAtK: Object.fromEntries(figures) } : {}
  }

  #atK(k: number): ContextFigures {
    const { all, each } = contextAtK(this.#held, k)
    const interval = ({ value, low, high }: typeof all) => ({ value, low, high })
    return { all: interval(all), each: interval(each), problems: all.problems }
  }
}

/** Of candidates that have no verdict about their program nothing is counted. */
export function buildingOn(candidates: readonly CandidateRow[]): Pick<Gathered, 'buildingOn'> {
  const told = candidates.filter(({ buildsOn, kind }) => buildsOn !== undefined && kind !== 'infrastructure')
  if (told.length === 0) return {}
  const count = (rows: readonly CandidateRow[]): BuildingOn => ({
    using: rows.filter(({ buildsOn }) => buildsOn === true).length,
    not: rows.filter(({ buildsOn }) => buildsOn === false).length,
    unknown: rows.filter(({ buildsOn }) => buildsOn === null).length,
  })
  return {
    buildingOn: {
      passed: count(told.filter(({ kind }) => kind === 'passed')),
      others: count(told.filter(({ kind }) => kind !== 'passed')),
    },
  }
}
