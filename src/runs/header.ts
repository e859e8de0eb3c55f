/** `run.json`: what a run is of. Decides whether a folder may be continued. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import {
  BadDataError,
  type Benchmark,
  describeError,
  type Isolation,
  StorageError,
  UsageError,
  firstIssue,
} from '../kernel/index.js'
import { writeAtomically } from './atomic-file.js'

/** A file the run reads, known by its content. */
export interface RunInput {
  readonly path: string
  /** Hex. */
  readonly sha256: string
}

/** How one session (the first or a resumed one) was started. */
export interface RunSession {
  readonly command: readonly string[]
  readonly options: Readonly<Record<string, unknown>>
  /** Null while no sandbox has been opened. */
  readonly isolation: Isolation | null
  /** ISO 8601. */
  readonly started: string
  /** Version of Cupel. */
  readonly cupel: string
}

/** What `openRun` is told. */
export interface RunStart extends RunSession {
  readonly benchmark: string
  readonly inputs: readonly RunInput[]
}

export interface RunHeader extends RunStart {
  readonly schema: 1
  /** Later sessions of the same run. */
  readonly resumed: readonly RunSession[]
}

export const headerFile = 'run.json'
const schema = 1

const session = {
  command: z.array(z.string()),
  options: z.record(z.string(), z.unknown()),
  isolation: z.looseObject({ level: z.string(), tier: z.string() }).nullable(),
  started: z.string(),
  cupel: z.string(),
}
const header = z.object({
  schema: z.literal(schema),
  benchmark: z.string(),
  inputs: z.array(z.object({ path: z.string(), sha256: z.string() })),
  ...session,
  resumed: z.array(z.object(session)),
})

/** The benchmark of a run, with the folder that the user named for its last session; undefined where it is not known. */
export function benchmarkOf(
  { benchmark: name, options, resumed }: RunHeader,
  benchmarks: readonly Benchmark[],
): Benchmark | undefined {
  const benchmark = benchmarks.find((one) => one.name === name)
  const { data: folder } = (resumed.at(-1) ?? { options }).options
  return benchmark && typeof folder === 'string' ? { ...benchmark, folder } : benchmark
}

export function writeHeader(dir: string, value: RunHeader): void {
  writeAtomically(join(dir, headerFile), `${JSON.stringify(value, null, 2)}\n`)
}

export function firstHeader({ command, benchmark, options, isolation, started, cupel, inputs }: RunStart): RunHeader {
  return { schema, command, benchmark, options, isolation, started, cupel, inputs, resumed: [] }
}

export function resumedHeader(before: RunHeader, start: RunStart): RunHeader {
  const { command, options, isolation, started, cupel } = start
  return { ...before, resumed: [...before.resumed, { command, options, isolation, started, cupel }] }
}

/**
 * Undefined when the folder holds no run. Throws BadDataError when its header is unreadable or of a newer Cupel; `advice`
 * is what to do about an unreadable one.
 */
export function readHeader(dir: string, advice = 'choose another --out'): RunHeader | undefined {
  const path = join(dir, headerFile)
  if (!existsSync(path)) return undefined
  let value: unknown
  try {
    value = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    if (error instanceof SyntaxError) throw new BadDataError(`${path} is not JSON: ${advice}`, { cause: error })
    throw new StorageError(`${path} could not be read: ${describeError(error)}`, { cause: error })
  }
  const found = value !== null && typeof value === 'object' && 'schema' in value ? value.schema : undefined
  if (typeof found === 'number' && found > schema)
    throw new BadDataError(`${path} was written by a newer Cupel (schema ${found}): update Cupel to read it`)
  const parsed = header.safeParse(value)
  if (!parsed.success)
    throw new BadDataError(`${path} is not the header of a run (${firstIssue(parsed.error)}): ${advice}`)
  return parsed.data as RunHeader
}

/** Throws UsageError when `start` would continue another run than the one in the folder. */
export function refuseAnother(dir: string, before: RunHeader, start: RunStart): void {
  if (before.benchmark !== start.benchmark)
    throw new UsageError(`${dir} holds a run of ${before.benchmark}, not of ${start.benchmark}: choose another --out`)
  const known = new Set(before.inputs.map((input) => input.sha256))
  const now = new Set(start.inputs.map((input) => input.sha256))
  const changed = [
    ...start.inputs.filter((input) => !known.has(input.sha256)),
    ...before.inputs.filter((input) => !now.has(input.sha256)),
  ]
  if (changed.length === 0) return
  const names = [...new Set(changed.map((input) => input.path))].join(', ')
  throw new UsageError(
    `${dir} holds a run with other inputs (differing: ${names}): choose another --out, or restore the inputs and use --resume`,
  )
}
