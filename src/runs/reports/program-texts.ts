/**
 * What the programs of a run say by their text alone, beside their verdicts, for benchmarks that ask for it: which of the
 * names that the solution uses they hold. Whole texts are read, whatever of them a report has room for.
 */
import { contextAtK, type ContextSamples, namesHeld } from '../../evaluate/index.js'
import type { Benchmark, JudgedProblem } from '../../kernel/index.js'
import type { ContextFigures, Gathered } from './gathered.js'

export class ProgramTexts {
  readonly #held = new Map<string, ContextSamples & { readonly held: string[][] }>()
  readonly #benchmark: Benchmark
  readonly #problems: ReadonlyMap<string, JudgedProblem>

  constructor(benchmark: Benchmark, problems: ReadonlyMap<string, JudgedProblem>) {
    this.#benchmark = benchmark
    this.#problems = problems
  }

  /** A program that was judged. */
  add(problemId: string, code: string): void {
    const judged = this.#problems.get(problemId)
    if (!judged || !this.#benchmark.namesUsed) return
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
