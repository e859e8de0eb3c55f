/** How well five text metrics tell candidates that pass from others: the study of ODEX, for any run whose benchmark has solutions. */
import { correlation, type Similarity, similarities, similarityOf } from '../../evaluate/index.js'
import { openSyntax, type SyntaxLanguage, syntaxLanguages } from '../../code/index.js'
import { BadDataError, type Benchmark, UsageError } from '../../kernel/index.js'
import { benchmarkOf, readHeader } from '../header.js'
import { loadProblems } from '../problems.js'
import { judgedTexts, type LeftOut } from './judged-texts.js'

export interface TextMetricRow {
  readonly metric: Similarity
  /** Of which there is this figure. */
  readonly candidates: number
  readonly passed: number
  /** Means, 0 to 100; null where there are none. */
  readonly passing: number | null
  readonly failing: number | null
  /** With passing (1) and failing (0), point-biserial; null where all passed, none did, or all figures are equal. */
  readonly correlation: number | null
}

export interface TextMetrics {
  readonly run: string
  readonly benchmark: string
  /** Compared with a solution. */
  readonly candidates: number
  readonly problems: number
  readonly passed: number
  readonly metrics: readonly TextMetricRow[]
  readonly leftOut: LeftOut
  /** Compared, but without CodeBLEU, since there are no trees of their languages. */
  readonly withoutTrees: Readonly<Record<string, number>>
  readonly remarks: readonly string[]
}

/** Throws UsageError or BadDataError for a folder with nothing to compare. */
export async function textMetrics(dir: string, benchmarks: readonly Benchmark[]): Promise<TextMetrics> {
  const header = readHeader(dir, 'name the folder of another run')
  if (!header) throw new UsageError(`${dir} holds no run: name a folder that cupel eval has written`)
  const benchmark = benchmarkOf(header, benchmarks)
  if (!benchmark)
    throw new UsageError(
      `this Cupel does not know the benchmark ${header.benchmark}: there are no solutions to compare with`,
    )
  const problems = await loadProblems(benchmark)
  const leftOut: LeftOut = { infrastructure: 0, withoutReference: 0, tooLong: 0, withoutText: 0 }
  const remarks: string[] = []
  const withoutTrees: Record<string, number> = {}
  const ids = new Set<string>()
  const passes: number[] = []
  const scores = new Map<Similarity, { readonly score: number; readonly pass: number }[]>(
    similarities.map((name) => [name, []]),
  )
  for await (const one of judgedTexts({ dir, header, benchmark, problems }, leftOut)) {
    if (typeof one === 'string') {
      remarks.push(one)
      continue
    }
    const { language, id } = one.judged.problem
    const pass = one.kind === 'passed' ? 1 : 0
    ids.add(id)
    passes.push(pass)
    const syntax = isSyntaxLanguage(language) ? { language, parse: await openSyntax(language) } : null
    if (!syntax) withoutTrees[language] = (withoutTrees[language] ?? 0) + 1
    for (const [name, score] of Object.entries(similarityOf(one.reference, one.text, syntax)))
      if (score !== null) scores.get(name as Similarity)?.push({ score, pass })
  }
  if (passes.length === 0)
    throw new BadDataError(
      `${dir} holds no candidate that could be compared with a solution${remarks.length > 0 ? ` (${remarks[0]})` : ''}`,
    )
  return {
    run: dir,
    benchmark: benchmark.name,
    candidates: passes.length,
    problems: ids.size,
    passed: passes.reduce((sum, pass) => sum + pass, 0),
    metrics: [...scores].map(([metric, all]) => rowOf(metric, all)),
    leftOut,
    withoutTrees,
    remarks,
  }
}

function rowOf(metric: Similarity, all: readonly { readonly score: number; readonly pass: number }[]): TextMetricRow {
  const of = (pass: number) => all.filter((one) => one.pass === pass).map(({ score }) => score)
  const mean = (values: readonly number[]) =>
    values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length
  const [passing, failing] = [of(1), of(0)]
  return {
    metric,
    candidates: all.length,
    passed: passing.length,
    passing: mean(passing),
    failing: mean(failing),
    correlation: correlation(
      all.map(({ score }) => score),
      all.map(({ pass }) => pass),
    ),
  }
}

function isSyntaxLanguage(language: string): language is SyntaxLanguage {
  return (syntaxLanguages as readonly string[]).includes(language)
}
