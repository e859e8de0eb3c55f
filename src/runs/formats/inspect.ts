/** Inspect: evaluation logs, `.json` and `.eval` (a zip archive of JSON). Written as `.json`. */
import { z } from 'zod'
import {
  defineFormat,
  type FormatContext,
  type FormatFile,
  type FormatReading,
  type FormatRow,
  type Rest,
  UsageError,
  type VerdictKind,
} from '../../kernel/index.js'
import { writeJson } from './python-json.js'
import { checked, documentOf, has, isObject, object, text } from './shapes.js'
import { rowsIn } from './writing.js'

const sample = z.looseObject({
  id: z.union([text, z.number(), z.bigint()]),
  epoch: z.int().positive(),
  scores: z.record(z.string(), z.looseObject({ value: z.unknown() })).nullish(),
  score: z.looseObject({ value: z.unknown() }).nullish(),
  messages: z.array(z.unknown()).nullish(),
  error: z.unknown().optional(),
})
const log = z.looseObject({ status: text, eval: z.looseObject({ task: text, model: text, created: text.optional() }) })

/** `samples/<id>_epoch_<n>.json` */
const sampleEntry = /^samples\/.*_epoch_\d+\.json$/s

export default defineFormat({
  name: 'inspect',
  summary: 'evaluation logs of Inspect: .json, and .eval to read',
  files: ['2026-01-01T00-00-00_task_id.json', '2026-01-01T00-00-00_task_id.eval'],
  holds: ['results'],
  writes: ['results'],
  silent: [
    'A score that is neither right nor wrong (P, a fraction) is no verdict: such a sample counts for nobody.',
    'A sample that ended with an error has no verdict.',
    'Where there are several scorers the first one counts.',
    'What is written from elsewhere has no events, and only the answer as a message.',
  ],
  detects(file) {
    if (file.kind === 'archive') return headerName(file.names) ? 'results' : null
    const value = documentOf(file)
    return has(value, 'status', 'eval') && has(value.eval, 'task', 'model') ? 'results' : null
  },
  async read(file) {
    if (file.kind === 'archive') return archiveReading(file)
    const { samples, ...rest } = checked(file, object, documentOf(file), 'log of Inspect')
    const list =
      samples === undefined || samples === null ? [] : checked(file, z.array(z.unknown()), samples, 'log of Inspect')
    const hadSamples = Array.isArray(samples)
    return logReading(file, rest, list, hadSamples ? 'with samples' : 'without samples')
  },
  async *write(reading, ctx) {
    const own = reading.shape !== undefined
    yield headOf(writeJson(own ? reading.rest : madeLog(reading), 2))
    let comma = ''
    if (reading.shape !== 'without samples') {
      yield ',\n  "samples": ['
      for await (const row of rowsIn(reading)) {
        if (own && !row.rest) continue
        yield `${comma}\n${writeJson(own ? row.rest : madeSample(row, ctx), 2)}`
        comma = ','
      }
      yield '\n  ]'
    }
    yield '\n}\n'
  },
})

/** The document without its closing brace, so that samples can follow one by one. */
function headOf(document: string): string {
  return document.replace(/\s*\}\s*$/, '')
}

function headerName(names: readonly string[]): string | undefined {
  return ['header.json', '_journal/start.json'].find((name) => names.includes(name))
}

async function archiveReading(file: FormatFile & { kind: 'folder' | 'archive' }): Promise<FormatReading> {
  const name = headerName(file.names) as string
  const header = checked(file, object, await file.read(name), `log of Inspect (${name})`)
  const reductions = file.names.includes('reductions.json') ? { reductions: await file.read('reductions.json') } : {}
  const samples = async function* () {
    for (const each of file.names) if (sampleEntry.test(each)) yield await file.read(each)
  }
  const unfinished =
    name === 'header.json' ? [] : ['the log is of an evaluation that did not end: it has no header.json']
  const rest = { ...(name === 'header.json' ? {} : { status: 'started' }), ...header, ...reductions }
  return logReading(file, rest, samples(), 'with samples', unfinished)
}

function logReading(
  file: FormatFile,
  rest: Rest,
  samples: AsyncIterable<unknown> | Iterable<unknown>,
  shape: string,
  notes: readonly string[] = [],
): FormatReading {
  const { eval: about } = checked(file, log, rest, 'log of Inspect')
  const entries = async function* () {
    let number = 0
    for await (const value of samples) {
      number++
      yield rowOf(
        checked({ ...file, path: `${file.path}: sample ${number}` }, sample, value, 'sample of Inspect'),
        value as Rest,
        about.model,
      )
    }
  }
  const { dataset } = about
  const asked = isObject(dataset) && Array.isArray(dataset.sample_ids) ? dataset.sample_ids.map(String) : []
  return {
    holds: 'results',
    shape,
    entries: entries(),
    problems: new Map(asked.map((problemId) => [problemId, {}])),
    rest,
    notes,
    ...(about.created === undefined ? {} : { date: about.created }),
  }
}

function rowOf(one: z.output<typeof sample>, raw: Rest, model: string): FormatRow {
  const [scored] = Object.entries(one.scores ?? (one.score ? { score: one.score } : {}))
  const reply = replyOf(raw.output)
  const message = has(one.error, 'message') ? String(one.error.message) : one.error ? String(one.error) : undefined
  return {
    problemId: String(one.id),
    sample: one.epoch - 1,
    model,
    ...(reply === undefined ? {} : { reply, finish: finishOf(raw.output) }),
    ...(one.messages ? { messages: one.messages } : {}),
    ...(message !== undefined
      ? { passed: null, kind: 'infrastructure' as VerdictKind, status: message }
      : scored
        ? verdictOf(scored[1].value)
        : {}),
    rest: raw,
  }
}

/** What Inspect counts as 1 and as 0; N (no answer) is 0 there too. */
function verdictOf(value: unknown): Pick<FormatRow, 'passed' | 'kind' | 'status'> {
  const status = typeof value === 'string' ? value : (writeJson(value) ?? 'none')
  if (value === 'C' || value === 1 || value === true) return { passed: true, kind: 'passed', status }
  if (value === 'I' || value === 'N' || value === 0 || value === false) return { passed: false, status }
  return { status }
}

function choiceOf(output: unknown): unknown {
  return has(output, 'choices') && Array.isArray(output.choices) ? output.choices[0] : undefined
}

const finishes: Readonly<Record<string, NonNullable<FormatRow['finish']>>> = {
  stop: 'stop',
  max_tokens: 'length',
  model_length: 'length',
  content_filter: 'refusal',
}

function finishOf(output: unknown): NonNullable<FormatRow['finish']> {
  const choice = choiceOf(output)
  return (isObject(choice) && finishes[String(choice.stop_reason)]) || 'other'
}

function replyOf(output: unknown): string | undefined {
  const choice = choiceOf(output)
  const content = has(choice, 'message') && has(choice.message, 'content') ? choice.message.content : undefined
  if (typeof content === 'string') return content
  if (!Array.isArray(content)) return undefined
  const texts = content.flatMap((part) =>
    has(part, 'type', 'text') && part.type === 'text' ? [String(part.text)] : [],
  )
  return texts.length === 0 ? undefined : texts.join('')
}

function madeLog({ benchmark, date }: FormatReading): Rest {
  if (benchmark === undefined || date === undefined)
    throw new UsageError(
      'inspect cannot be written: it needs the task and the time of the run, which the file does not name',
    )
  return {
    version: 2,
    status: 'success',
    eval: { created: date, task: benchmark, dataset: { name: benchmark }, model: 'none', config: {} },
  }
}

function madeSample(row: FormatRow, { problems }: FormatContext): Rest {
  const { problemId, sample, model, passed, kind, status } = row
  const problem = problems?.get(problemId)?.problem
  if (!problem)
    throw new UsageError(`inspect cannot be written: it needs the prompt of ${problemId}: name its --benchmark`)
  const answer = row.code ?? row.completion ?? row.reply ?? ''
  const why = status ?? kind
  const error = { message: why ?? 'no verdict', traceback: '', traceback_ansi: '' }
  const score = { value: passed ? 'C' : 'I', answer, ...(why === undefined ? {} : { explanation: why }) }
  const message = { role: 'assistant', content: answer }
  return {
    id: problemId,
    epoch: sample + 1,
    input: problem.prompt,
    target: '',
    messages: [{ role: 'user', content: problem.prompt }, message],
    output: { model: model ?? 'none', choices: [{ message, stop_reason: 'stop' }] },
    ...(typeof passed === 'boolean' ? { scores: { verdict: score } } : { error }),
  }
}
