/**
 * The folder of a run, read as a file of results: its verdicts, and the programs where they can still be found.
 * Not covered: events, and tests of verdicts but for the calls that failed. Evidence stays behind, since it holds hidden tests.
 */
import { join } from 'node:path'
import {
  type Benchmark,
  CupelError,
  describeError,
  type FormatReading,
  type FormatRow,
  type JudgedProblem,
  type PartOutcome,
  type Verdict,
} from '../kernel/index.js'
import { passedPart } from '../evaluate/index.js'
import { type RunHeader, benchmarkOf } from './header.js'
import { loadProblems } from './problems.js'
import { candidatesOf } from './reports/sources.js'
import { summaryFile } from './run.js'
import { readSummary } from './summary-file.js'
import { readVerdicts } from './verdict-records.js'

export interface RunReading {
  readonly reading: FormatReading
  readonly benchmark: Benchmark | undefined
  readonly problems: ReadonlyMap<string, JudgedProblem> | undefined
}

/** Throws NotFoundError or BadDataError for a folder without verdicts. */
export async function readRun(dir: string, header: RunHeader, benchmarks: readonly Benchmark[]): Promise<RunReading> {
  const notes: string[] = []
  const benchmark = benchmarkOf(header, benchmarks)
  const problems = benchmark && (await problemsOf(benchmark, notes))
  const verdicts = new Map<string, { key: string; problemId: string; sample: number; verdict: Verdict }>()
  let malformed = 0
  for await (const record of readVerdicts(dir, { onMalformed: () => malformed++ }))
    verdicts.set(placeOf(record.problemId, record.sample), record)
  const programs = new Map<string, Pick<FormatRow, 'code' | 'patch' | 'model'>>()
  if (benchmark && problems)
    for await (const found of candidatesOf(dir, header, benchmark, problems)) {
      if (typeof found === 'string') {
        notes.push(found)
        continue
      }
      const { candidate, sample, keys } = found
      const place = placeOf(candidate.problemId, sample)
      const { model } = candidate.origin
      if (keys.has(verdicts.get(place)?.key ?? ''))
        programs.set(place, {
          ...contentOf(candidate.code, problems.get(candidate.problemId)),
          ...(model === undefined ? {} : { model }),
        })
    }
  const without = verdicts.size - programs.size
  if (without > 0)
    notes.push(`${without} of ${verdicts.size} samples are without their program: it is not there any more, or changed`)
  if (malformed > 0) notes.push(`left out: ${malformed} lines that are no verdicts`)
  if (!readSummary(join(dir, summaryFile))) notes.push('the run is unfinished: only what it has judged so far is there')
  const named = problems ? [...problems.keys()] : []
  const absent = named.length - new Set([...verdicts.values()].map(({ problemId }) => problemId)).size
  if (absent > 0) notes.push(`${absent} of ${named.length} problems of ${header.benchmark} have no verdict`)
  // Verdicts come as executions end; formats that only count need the samples in their order.
  const order = new Map(named.map((id, i) => [id, i]))
  const placed = [...verdicts.values()].sort(
    (a, b) =>
      (order.get(a.problemId) ?? order.size) - (order.get(b.problemId) ?? order.size) ||
      (a.problemId < b.problemId ? -1 : a.problemId > b.problemId ? 1 : a.sample - b.sample),
  )
  const rows = async function* () {
    for (const { problemId, sample, verdict } of placed)
      yield {
        problemId,
        sample,
        ...programs.get(placeOf(problemId, sample)),
        ...verdictOf(verdict),
        ...partsOf(benchmark, problems?.get(problemId), verdict),
      } satisfies FormatRow
  }
  const reading: FormatReading = {
    holds: 'results',
    entries: rows(),
    problems: new Map(named.map((id) => [id, {}])),
    rest: {},
    notes,
    date: header.started,
    benchmark: header.benchmark,
  }
  return { reading, benchmark, problems }
}

/** Formats tell patches from programs. */
function contentOf(code: string, judged: JudgedProblem | undefined): Pick<FormatRow, 'code' | 'patch'> {
  const isPatch = judged?.suite.kind === 'repository' && judged.suite.candidate.kind === 'patch'
  return isPatch ? { patch: code === '' ? null : code } : { code }
}

const placeOf = (problemId: string, sample: number) => `${sample} ${problemId}`

async function problemsOf(benchmark: Benchmark, notes: string[]) {
  try {
    return await loadProblems(benchmark)
  } catch (error) {
    if (!(error instanceof CupelError)) throw error
    notes.push(`without programs and prompts: ${describeError(error)}`)
    return undefined
  }
}

function verdictOf(verdict: Verdict): Pick<FormatRow, 'passed' | 'kind' | 'status'> {
  const { kind } = verdict
  if (kind === 'infrastructure') return { passed: null, kind, status: `infrastructure: ${verdict.reason}` }
  const exception = kind === 'runtime-error' || kind === 'compile-error' ? verdict.exception : undefined
  const why = exception?.type ? `: ${exception.type}${exception.message ? `: ${exception.message}` : ''}` : ''
  return { passed: kind === 'passed', kind, status: `${kind}${why}` }
}

/** What became of each group of calls. One that took too long before any call is a time-out of the first group. */
function partsOf(
  benchmark: Benchmark | undefined,
  judged: JudgedProblem | undefined,
  verdict: Verdict,
): Pick<FormatRow, 'parts'> {
  if (!benchmark?.parts || judged?.suite.kind !== 'calls' || verdict.kind === 'infrastructure') return {}
  const stopped = verdict.kind === 'time-limit' && !verdict.tests.some(({ status }) => status === 'time-limit')
  const outcomes = judged.suite.inputs.map(({ group }, i): [string, PartOutcome] => {
    const ended = verdict.tests.filter(
      ({ name, status }) => name.startsWith(`${group} `) && status !== 'passed' && status !== 'not-reached',
    )
    const late = ended.some(({ status }) => status === 'time-limit') || (stopped && i === 0)
    const status = passedPart(group, verdict) ? 'passed' : late ? 'time-limit' : 'failed'
    return [group, { status, failed: ended.map(({ name }) => Number(name.slice(group.length + 1))) }]
  })
  return { parts: Object.fromEntries(outcomes) }
}
