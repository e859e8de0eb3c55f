/** Where candidates come from: a sample file, the recording that comes with a benchmark, or a method and a model. */
import { z } from 'zod'
import { readReply } from '../code/index.js'
import { type Solved, type SolveTools, solve } from '../generate/index.js'
import {
  BadDataError,
  type Benchmark,
  type Candidate,
  type FormatRow,
  type JudgedProblem,
  type Method,
  Random,
  UsageError,
  type VerdictKind,
} from '../kernel/index.js'
import { findData } from './data.js'
import { openFormat } from './open-format.js'
import { loadProblems } from './problems.js'
import { readSamples } from './samples.js'

/** A candidate to judge, or a line that is none. */
export type Proposal =
  | { readonly candidate: Candidate; readonly sample: number; readonly expect?: VerdictKind }
  | { readonly line: number; readonly error: string }

/**
 * Files with samples in any of the formats, in any order. `some`: only part of the problems was asked for. Throws
 * BadDataError, which says what the file is instead, where it holds no programs.
 */
export async function* fromSamples(
  path: string,
  benchmark: Benchmark,
  problems: ReadonlyMap<string, JudgedProblem>,
  some = false,
): AsyncGenerator<Proposal> {
  // Files without ids follow the order of the whole benchmark.
  const all = some ? await loadProblems(benchmark) : problems
  const { format, reading, close } = await openFormat(path, { benchmark, problems: all, note: () => {} })
  const counts = new Map<string, number>()
  let number = 0
  try {
    const { holds } = reading
    if (holds === 'figures' || holds === 'problems')
      throw new BadDataError(
        `${path} holds ${holds} in the format ${format.name}, not samples: name the file with the samples`,
      )
    for await (const row of reading.entries) {
      number++
      if ('error' in row) {
        yield row
        continue
      }
      const { problemId } = row
      const line = row.line ?? number
      const where = row.line === undefined ? `sample ${number}` : `line ${line}`
      const judged = problems.get(problemId)
      if (!judged) {
        // Where only some problems were asked for, samples of the others are not wrong.
        if (!some || !all.has(problemId))
          yield { line, error: `${where}: ${benchmark.name} has no problem «${problemId}»` }
        continue
      }
      const found = programIn(row, benchmark, judged)
      if (!found) {
        if (number === 1)
          throw new BadDataError(
            `${path} holds ${holds} in the format ${format.name}, without programs (${problemId} has none): name the file with the samples`,
          )
        yield { line, error: `${where}: the sample of «${problemId}» has no program` }
        continue
      }
      const sample = counts.get(problemId) ?? 0
      counts.set(problemId, sample + 1)
      const { code, missing, how } = found
      const origin = { sample, ...(row.model === undefined ? {} : { model: row.model }), ...(how ? { how } : {}) }
      yield { candidate: { problemId, code, ...(missing ? { missing } : {}), origin }, sample }
    }
  } finally {
    close()
  }
}

/** Throws what `fromSamples` would for a file that is none of samples. */
export async function checkSamples(path: string, benchmark: Benchmark): Promise<void> {
  const proposals = fromSamples(path, benchmark, await loadProblems(benchmark))
  await proposals.next()
  await proposals.return(undefined)
}

type ProgramFound = Pick<Candidate, 'code' | 'missing'> & { readonly how?: string }

/** As EvalPlus: a solution stands alone; a completion continues the prompt. In a reply the code is still to be found. */
function programIn(
  { code, completion, reply, patch, finish = 'stop' }: FormatRow,
  benchmark: Benchmark,
  { problem, suite }: JudgedProblem,
): ProgramFound | null {
  if (patch !== undefined) {
    if (suite.kind !== 'repository' || suite.candidate.kind !== 'patch') return null
    return patch === null || patch.trim() === '' ? { code: '', missing: 'no-code' } : { code: patch }
  }
  const text = code ?? completion
  if (text !== undefined) {
    const whole = code === undefined ? benchmark.complete?.(problem, text) : benchmark.standalone?.(text)
    return { code: whole ?? text, ...(text.trim() === '' ? { missing: 'no-code' as const } : {}) }
  }
  return reply === undefined ? null : readReply({ text: reply, finish }, problem)
}

const recordedRow = z.object({
  task_id: z.string(),
  completion: z.string(),
  finish: z.enum(['stop', 'length', 'refusal', 'other']).default('stop'),
  expect: z.string().optional(),
})

/** Raw replies that come with a benchmark: what is code in them is found as for a live model. */
export async function* fromRecording(
  benchmark: Benchmark,
  problems: ReadonlyMap<string, JudgedProblem>,
): AsyncGenerator<Proposal> {
  const path = benchmark.recorded && findData(benchmark.recorded)
  if (!path)
    throw new UsageError(
      `${benchmark.name} comes without recorded candidates: give --samples FILE, or --method and --model`,
    )
  const counts = new Map<string, number>()
  for await (const item of readSamples(path)) {
    const row = 'value' in item ? recordedRow.safeParse(item.value) : null
    const judged = row?.success ? problems.get(row.data.task_id) : undefined
    if (row?.success && !judged) continue
    if (!row?.success || !judged) {
      yield { line: item.line, error: 'error' in item ? item.error : `line ${item.line} is no recorded candidate` }
      continue
    }
    const { task_id: problemId, completion, finish, expect } = row.data
    const { how, ...program } = readReply({ text: completion, finish }, judged.problem)
    const sample = counts.get(problemId) ?? 0
    counts.set(problemId, sample + 1)
    const candidate: Candidate = { problemId, ...program, origin: { sample, ...(how ? { how } : {}) } }
    yield { candidate, sample, ...(expect ? { expect: expect as VerdictKind } : {}) }
  }
}

export interface MethodSource {
  readonly method: Method
  readonly options: unknown
  readonly tools: Omit<SolveTools, 'random'>
  readonly seed: number
  /** Problems at work at once. */
  readonly width: number
  /** Answers of an earlier session of the same run. */
  readonly solved: ReadonlyMap<string, readonly Candidate[]>
}

/** Solves the problems, a few at once, and hands on each answer as it comes. */
export async function* fromMethod(
  source: MethodSource,
  problems: ReadonlyMap<string, JudgedProblem>,
): AsyncGenerator<Proposal> {
  const random = new Random(source.seed)
  const working = new Map<string, Promise<{ id: string; candidates: Solved['candidates'] }>>()
  const settle = async () => {
    const done = await Promise.race(working.values())
    working.delete(done.id)
    return done.candidates
  }
  for (const [id, { problem }] of problems) {
    const before = source.solved.get(id)
    const answer = before
      ? Promise.resolve({ candidates: before })
      : solve(source.method, source.options, problem, { ...source.tools, random: random.fork(id) })
    const tagged = answer.then(({ candidates }) => ({ id, candidates }))
    tagged.catch(() => {})
    working.set(id, tagged)
    if (working.size >= source.width) yield* numbered(await settle())
  }
  while (working.size > 0) yield* numbered(await settle())
}

function* numbered(candidates: readonly Candidate[]): Generator<Proposal> {
  for (const [sample, candidate] of candidates.entries()) yield { candidate, sample }
}
