/**
 * Answers from a file of recorded model output: `recorded:FILE`, JSON Lines, gzipped or not. Rows are
 * `{prompt, samples[]}`, `{prompt, completion}`, `{prompt, completions[]}` or `{task_id, completion}`; rows with the
 * same prompt add up. The i-th sample asked for a prompt is the i-th recorded.
 *
 * Not covered: temperature, seeds, token limits and log-probabilities: what was recorded is what comes (stop sequences
 * are applied). A row without a prompt answers a request whose text is its task id or names it.
 */
import { z } from 'zod'
import {
  BadDataError,
  type Completion,
  defineProvider,
  ModelError,
  type ModelRequest,
  UsageError,
} from '../../kernel/index.js'
import { jsonLines } from '../json-lines.js'
import { promptText } from '../prompt-text.js'

const text = z.string()
const row = z
  .object({
    prompt: text.optional(),
    task_id: text.optional(),
    samples: z.array(text).optional(),
    completions: z.array(text).optional(),
    completion: text.optional(),
  })
  .refine((r) => r.prompt !== undefined || r.task_id !== undefined)
  .refine((r) => r.samples !== undefined || r.completions !== undefined || r.completion !== undefined)

interface Recording {
  readonly samples: string[]
  asked: number
}

export default defineProvider({
  name: 'recorded',
  summary: 'recorded model output from a JSON Lines file, by exact prompt: no network, nothing spent',
  separator: ':',
  needs: [],
  async open(file) {
    if (file === '') throw new UsageError('recorded needs a file: write recorded:FILE')
    const { byPrompt, byTask } = await readRecordings(file)
    return {
      name: `recorded:${file}`,
      async complete(request) {
        const recording = find(request.input, byPrompt, byTask)
        if (!recording)
          throw new ModelError(
            `${file} holds no recording of the prompt asked: ${nearest(request.input, byPrompt, byTask)}`,
          )
        const left = recording.samples.length - recording.asked
        if (left < request.n) {
          throw new ModelError(
            `${file} holds ${recording.samples.length} samples of this prompt and ${left} are left, but ${request.n} were asked: ask for fewer samples`,
          )
        }
        const samples = recording.samples.slice(recording.asked, recording.asked + request.n)
        recording.asked += request.n
        return {
          completions: samples.map((sample): Completion => ({ text: cut(sample, request.stop), finish: 'stop' })),
          usage: { inputTokens: 0, outputTokens: 0, cached: true },
        }
      },
    }
  },
})

type Recordings = Map<string, Recording>

async function readRecordings(file: string): Promise<{ byPrompt: Recordings; byTask: Recordings }> {
  const byPrompt: Recordings = new Map()
  const byTask: Recordings = new Map()
  for await (const { line, value } of jsonLines(file)) {
    const parsed = row.safeParse(value)
    if (!parsed.success) {
      throw new BadDataError(
        `line ${line} of ${file} is no recording: it needs "prompt" or "task_id", and "samples", "completions" or "completion"`,
      )
    }
    const { prompt, task_id, samples, completions, completion } = parsed.data
    const [recordings, key] = prompt !== undefined ? [byPrompt, prompt] : [byTask, task_id as string]
    const recording = recordings.get(key) ?? { samples: [], asked: 0 }
    for (const sample of samples ?? completions ?? [completion as string]) recording.samples.push(sample)
    recordings.set(key, recording)
  }
  if (byPrompt.size + byTask.size === 0) throw new BadDataError(`${file} holds no rows`)
  return { byPrompt, byTask }
}

/** What a recording may have been keyed by: the prompt, the last user message, or the whole conversation. */
function keysOf(input: ModelRequest['input']): string[] {
  if (input.kind !== 'chat') return [input.prompt]
  const last = input.messages.findLast((message) => message.role === 'user')
  return [...(last ? [last.content] : []), promptText(input)]
}

function find(input: ModelRequest['input'], byPrompt: Recordings, byTask: Recordings): Recording | undefined {
  for (const key of keysOf(input)) {
    const recording = byPrompt.get(key) ?? byTask.get(key)
    if (recording) return recording
  }
  if (byTask.size === 0) return undefined
  const words = new Set(promptText(input).split(/[\s,;:"'`()]+/))
  for (const [task, recording] of byTask) if (words.has(task)) return recording
  return undefined
}

function nearest(input: ModelRequest['input'], byPrompt: Recordings, byTask: Recordings): string {
  const asked = keysOf(input)[0] ?? ''
  let best = ''
  let shared = -1
  for (const prompt of byPrompt.keys()) {
    if (prompt.trim() === asked.trim()) return 'one differs from it in white space at its ends only'
    const common = commonStart(prompt, asked)
    if (common > shared) [best, shared] = [prompt, common]
  }
  if (byPrompt.size === 0)
    return `its rows have no "prompt", and none of its ${byTask.size} task ids (${[...byTask.keys()][0]}, …) stands in the text asked`
  const line = best.slice(0, shared).split('\n').length
  return `the nearest starts with ${JSON.stringify(best.trimStart().slice(0, 60))} and differs from line ${line} on (character ${shared})`
}

function commonStart(a: string, b: string): number {
  let i = 0
  while (i < a.length && a[i] === b[i]) i++
  return i
}

function cut(sample: string, stops: readonly string[] = []): string {
  const ends = stops
    .filter((stop) => stop !== '')
    .map((stop) => sample.indexOf(stop))
    .filter((at) => at >= 0)
  return ends.length > 0 ? sample.slice(0, Math.min(...ends)) : sample
}
