/** EvalPlus: samples as JSON Lines or as a folder of programs, and the results file it makes of them. */
import { z } from 'zod'
import { passAtKByProblem } from '../../evaluate/index.js'
import {
  defineFormat,
  type FormatContext,
  type FormatFile,
  type FormatRow,
  type FormatReading,
  type PartOutcome,
  UsageError,
  type VerdictKind,
} from '../../kernel/index.js'
import { parseJson, writeJson } from './python-json.js'
import { checked, documentOf, each, firstOf, has, id, object, restOf, rowsOf, SampleNumbers, text } from './shapes.js'
import { byProblem, line, programOf, rowsIn, Undecided } from './writing.js'

const sample = z
  .looseObject({ task_id: id, solution: text.optional(), completion: text.optional() })
  .refine((row) => row.completion !== undefined || row.solution !== undefined, {
    error: 'neither completion nor solution',
  })

const status = z.enum(['pass', 'fail', 'timeout'])
const judged = z.looseObject({
  task_id: id.optional(),
  solution: text.optional(),
  base_status: status,
  plus_status: status.nullish(),
})
const results = z.looseObject({ eval: object, pass_at_k: object.optional() })
const knownOfResult = ['task_id', 'solution']

/** `HumanEval_0/0.py` */
const programFile = /^([^/]+)\/(\d+)\.py$/

export default defineFormat({
  name: 'evalplus',
  summary: 'samples and *.eval_results.json of EvalPlus, and its folders of programs',
  files: ['samples.jsonl', 'HumanEval_0/0.py', 'samples.eval_results.json'],
  holds: ['samples', 'results'],
  writes: ['samples', 'results'],
  silent: [
    'A sample without a verdict (infrastructure) has no word: it is left out, with a note.',
    'Calls end at the first that fails: of a run at most one input is in base_fail_tests or plus_fail_tests, and where a base input failed plus_status is `fail`, although no plus input was tried.',
    'Which inputs failed is not known of verdicts from elsewhere: base_fail_tests and plus_fail_tests are left empty.',
    'A failure is `fail` or `timeout`, whatever its kind.',
    'The hash of the data set is left out where the verdicts come from elsewhere.',
  ],
  detects(file) {
    if (file.kind === 'folder') return file.names.some((name) => programFile.test(name)) ? 'samples' : null
    const first = firstOf(file)
    if (has(first, 'task_id', 'solution')) return has(first, 'passed') ? null : 'samples'
    return isResults(first) ? 'results' : null
  },
  read(file) {
    if (file.kind === 'folder') return folderReading(file)
    return has(documentOf(file), 'eval') ? resultsReading(file) : samplesReading(file)
  },
  async *write(reading, ctx, folder) {
    if (reading.holds === 'samples') {
      for await (const row of rowsIn(reading)) {
        const { problemId, rest, completion } = row
        if (folder) {
          yield { name: `${folderName(problemId)}/${row.sample}.py`, text: programOf(row, ctx, 'evalplus') }
        } else if (row.code === undefined && completion !== undefined)
          yield line({ task_id: problemId, completion, ...rest })
        else yield line({ task_id: problemId, solution: programOf(row, ctx, 'evalplus'), ...rest })
      }
      return
    }
    const needsParts = ctx.benchmark?.parts !== undefined && reading.shape !== 'results'
    const undecided = new Undecided()
    const evaluated = new Map<string, unknown[]>()
    const counts = new Map<string, { n: number; c: number }>()
    const base = new Map<string, { n: number; c: number }>()
    for (const [task_id, rows] of await byProblem(reading)) {
      const decided = rows.filter((row) => undecided.has(row))
      if (needsParts && decided.some(({ parts }) => !parts))
        throw new UsageError(
          'evalplus cannot be written: it needs base_status and plus_status apart, and the verdicts are one for both',
        )
      evaluated.set(
        task_id,
        decided.map((row) => ({ task_id, ...solutionOf(row, ctx), ...(row.rest ?? statusOf(row, ctx)) })),
      )
      if (decided.length > 0)
        counts.set(task_id, { n: decided.length, c: decided.filter(({ passed }) => passed).length })
      if (decided.length > 0)
        base.set(task_id, {
          n: decided.length,
          c: decided.filter(({ parts }) => parts?.base?.status === 'passed').length,
        })
    }
    const date = reading.date === undefined ? {} : { date: reading.date.slice(0, 16).replace('T', ' ') }
    const apart = { base: figuresOf(base), plus: figuresOf(counts) }
    const figures = reading.shape === 'results' ? {} : { pass_at_k: needsParts ? apart : { base: figuresOf(counts) } }
    yield `${writeJson({ ...date, ...reading.rest, eval: Object.fromEntries(evaluated), ...figures })}\n`
    undecided.report(ctx, 'evalplus')
  },
})

/** An older EvalPlus wrote an object for each task; that one is said by name when it is read. */
function isResults(value: unknown): boolean {
  if (!has(value, 'eval') || typeof value.eval !== 'object' || value.eval === null) return false
  const [task] = Object.values(value.eval).filter((one) => !Array.isArray(one) || one.length > 0)
  if (task === undefined) return true
  return Array.isArray(task) ? has(task[0], 'base_status') : has(task, 'nfiles', 'base')
}

function samplesReading(file: FormatFile): FormatReading {
  const numbers = new SampleNumbers()
  const entries = rowsOf(file, sample, 'sample', ({ task_id, solution, completion }, raw) => [
    {
      problemId: task_id,
      sample: numbers.of(task_id),
      ...(solution === undefined ? { completion: completion as string } : { code: solution }),
      ...restOf(raw, ['task_id', solution === undefined ? 'completion' : 'solution']),
    } satisfies FormatRow,
  ])
  return { holds: 'samples', entries, problems: new Map(), rest: {}, notes: [] }
}

function folderReading(file: FormatFile & { kind: 'folder' | 'archive' }): FormatReading {
  const programs = file.names.flatMap((name) => {
    const match = programFile.exec(name)
    return match ? [{ name, problemId: match[1]?.replaceAll('_', '/') as string, sample: Number(match[2]) }] : []
  })
  const entries = async function* () {
    for (const { name, problemId, sample } of programs)
      yield { problemId, sample, code: String(await file.read(name)) } satisfies FormatRow
  }
  const others = file.names.length - programs.length
  const notes = others === 0 ? [] : [`not read: ${others} files of the folder that are no programs (…/0.py)`]
  return { holds: 'samples', shape: 'folder', entries: entries(), problems: new Map(), rest: {}, notes }
}

/** Throws UsageError for an id that could not be read back. */
function folderName(problemId: string): string {
  const name = problemId.replaceAll('/', '_')
  if (name.replaceAll('_', '/') === problemId && /^[\w.-]+$/.test(name) && !/^\.+$/.test(name)) return name
  throw new UsageError(`evalplus: the id ${problemId} cannot be the name of a folder: write samples.jsonl instead`)
}

function resultsReading(file: FormatFile): FormatReading {
  const value = documentOf(file) as Record<string, unknown>
  if (Object.values(value.eval as object).some((task) => has(task, 'nfiles')))
    throw new UsageError(`${file.path} is a results file of EvalPlus before 0.2, without programs: evaluate it again`)
  const { eval: tasks } = checked(file, results, value, 'results file of EvalPlus')
  const rows = Object.entries(tasks).flatMap(([task_id, list]) => {
    const where = { ...file, path: `${file.path}: ${task_id}` }
    const samples = checked(where, z.array(judged), list, 'list of results of EvalPlus')
    return samples.map((one, sample) => resultRow(task_id, sample, one))
  })
  const { rest = {} } = restOf(value, ['eval'])
  const problems = new Map(Object.keys(tasks).map((task) => [task, {}]))
  const date = typeof value.date === 'string' && /^\d{4}-\d\d-\d\d \d\d:\d\d$/.test(value.date) ? value.date : undefined
  return {
    holds: 'results',
    shape: 'results',
    entries: each(rows),
    problems,
    rest,
    notes: [],
    ...(date ? { date: date.replace(' ', 'T') } : {}),
  }
}

function resultRow(problemId: string, sample: number, one: z.output<typeof judged>): FormatRow {
  const { solution, base_status, plus_status } = one
  const failed = base_status !== 'pass' ? base_status : plus_status && plus_status !== 'pass' ? plus_status : undefined
  const kind: VerdictKind | undefined =
    failed === undefined ? 'passed' : failed === 'timeout' ? 'time-limit' : undefined
  return {
    problemId,
    sample,
    ...(solution === undefined ? {} : { code: solution }),
    passed: failed === undefined,
    ...(kind ? { kind } : {}),
    status: plus_status ? `base ${base_status}, plus ${plus_status}` : `base ${base_status}`,
    ...restOf(one, knownOfResult),
  }
}

const words = { passed: 'pass', failed: 'fail', 'time-limit': 'timeout' } as const

function statusOf({ problemId, passed, kind, parts }: FormatRow, ctx: FormatContext) {
  const { base, plus } = parts ?? {}
  if (base && plus)
    return {
      base_status: words[base.status],
      plus_status: words[plus.status],
      base_fail_tests: inputsOf(ctx, problemId, 'base', base),
      plus_fail_tests: inputsOf(ctx, problemId, 'plus', plus),
    }
  const base_status = passed ? 'pass' : kind === 'time-limit' ? 'timeout' : 'fail'
  return { base_status, plus_status: null, base_fail_tests: [], plus_fail_tests: [] }
}

/** The arguments of the calls that failed, as the benchmark has them. */
function inputsOf({ problems }: FormatContext, problemId: string, part: string, { failed }: PartOutcome): unknown[] {
  const suite = failed.length > 0 ? problems?.get(problemId)?.suite : undefined
  const json = suite?.kind === 'calls' ? suite.inputs.find(({ group }) => group === part)?.json : undefined
  const inputs = json === undefined ? null : parseJson(json)
  return Array.isArray(inputs) ? failed.flatMap((number) => (number <= inputs.length ? [inputs[number - 1]] : [])) : []
}

function solutionOf(row: FormatRow, ctx: Parameters<typeof programOf>[1]): { solution?: string } {
  if (row.code === undefined && row.completion === undefined) return {}
  return { solution: programOf(row, ctx, 'evalplus') }
}

/** pass@1, 10 and 100, as far as every problem has so many samples. */
function figuresOf(counts: ReadonlyMap<string, { n: number; c: number }>): Record<string, number> {
  const fewest = Math.min(...[...counts.values()].map(({ n }) => n))
  const figures: Record<string, number> = {}
  if (counts.size === 0) return figures
  for (const k of [1, 10, 100].filter((each) => each <= fewest)) {
    const values = [...passAtKByProblem(counts, k).values()]
    figures[`pass@${k}`] = values.reduce((sum, value) => sum + value, 0) / values.length
  }
  return figures
}
