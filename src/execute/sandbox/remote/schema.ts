/**
 * The bodies of the protocol (README.md), as both sides check them: the server what clients send, the client what servers
 * answer. Unknown fields are ignored. Each shape names every field of the type it carries, so that a field added there
 * does not compile before it is carried here.
 */
import { z } from 'zod'
import type {
  AssertionSuite,
  CallSuite,
  CompilePart,
  Execution,
  ExceptionInfo,
  Isolation,
  Limits,
  OutputFile,
  Program,
  TestOutcome,
} from '../../../kernel/index.js'
import type { Examination, ExamineJob, MatrixJob } from '../engine.js'

/** The server's and the client's must be the same. */
export const protocol = 1

export type Shape<T> = { readonly [K in keyof T]-?: z.ZodType<T[K]> }

export const amount = z.number().nonnegative()
const count = z.int().nonnegative()
export const name = z.string().min(1).max(200)

// ── contents: text where it is text, so that bodies can be read; base64 for everything else ──

export const content = z.union([z.object({ text: z.string() }), z.object({ base64: z.base64() })])
type Content = z.infer<typeof content>

export function encodeContent(value: string | Uint8Array): Content {
  return typeof value === 'string' ? { text: value } : { base64: Buffer.from(value).toString('base64') }
}

export function decodeContent(value: Content): string | Uint8Array {
  return 'text' in value ? value.text : new Uint8Array(Buffer.from(value.base64, 'base64'))
}

/** Lists, not objects: an object would lose a file that is called `__proto__`. */
export const files = z.array(z.intersection(z.object({ path: z.string() }), content)).default([])
export const environment = z.array(z.object({ name: z.string(), value: z.string() })).default([])
type Named<T> = Readonly<Record<string, T>>

export const encodeFiles = (all: Named<string | Uint8Array>) =>
  Object.entries(all).map(([path, value]) => ({ path, ...encodeContent(value) }))
export const decodeFiles = (all: z.infer<typeof files>) =>
  Object.fromEntries(all.map((file) => [file.path, decodeContent(file)]))
export const encodeEnvironment = (all: Named<string>) => Object.entries(all).map(([name, value]) => ({ name, value }))
export const decodeEnvironment = (all: z.infer<typeof environment>) =>
  Object.fromEntries(all.map(({ name, value }) => [name, value]))

// ── what is asked ──

const limitFields = {
  cpuSeconds: amount,
  wallSeconds: amount,
  memoryMb: amount,
  outputBytes: amount,
  processes: amount,
  diskMb: amount,
  files: amount,
  fileBytes: amount,
  network: z.array(z.string().max(300)).max(1000).readonly().exactOptional(),
} satisfies Shape<Limits>
export const limitsSchema = z.object(limitFields)
const { network, ...numbers } = limitFields
export const someLimits = z.object({
  ...(Object.fromEntries(Object.entries(numbers).map(([key, schema]) => [key, schema.exactOptional()])) as {
    [K in keyof typeof numbers]: z.ZodExactOptional<z.ZodNumber>
  }),
  network,
})

const program = z.object({
  language: name,
  files,
  entry: z.string(),
  args: z.array(z.string()).default([]),
  stdin: content.exactOptional(),
  env: environment,
  collect: z.union([z.boolean(), z.array(z.string()).readonly()]).exactOptional(),
  preimport: z.array(name).readonly().exactOptional(),
  tenant: name.exactOptional(),
} satisfies { readonly [K in keyof Required<Program>]: z.ZodType })

export const runSchema = z.object({ program, limits: limitsSchema })

export function encodeRun(program: Program, limits: Limits) {
  const { language, entry, files, args, stdin, env, collect, preimport, tenant, ...rest } = program
  rest satisfies Record<string, never>
  return {
    program: {
      ...{ language, entry, args: args ?? [], collect, preimport, tenant },
      files: encodeFiles(files),
      env: encodeEnvironment(env ?? {}),
      ...(stdin === undefined ? {} : { stdin: encodeContent(stdin) }),
    },
    limits,
  }
}

export function decodeProgram({ files, env, stdin, ...plain }: z.infer<typeof program>): Program {
  return {
    ...plain,
    files: decodeFiles(files),
    env: decodeEnvironment(env),
    ...(stdin === undefined ? {} : { stdin: decodeContent(stdin) }),
  }
}

/** What the program declares the judge has read before. */
const assertionSuite = z.object({
  kind: z.literal('assertions'),
  trusted: z.string(),
  script: z.string(),
  entryPoint: z.string(),
  mode: z.enum(['proxy', 'in-process']).exactOptional(),
} satisfies Shape<Omit<AssertionSuite, 'declares'>>)

const callSuite = z.object({
  kind: z.literal('calls'),
  reference: z.string().exactOptional(),
  entryPoint: z.string(),
  inputs: z.array(z.object({ group: z.string(), json: z.string(), expected: z.string().exactOptional() })),
  argumentsFrom: z.string().exactOptional(),
  accepts: z.string().exactOptional(),
  absolute: z.number().nonnegative().exactOptional(),
} satisfies Shape<CallSuite>)

export const examineSchema = z.object({
  language: name,
  suite: z.discriminatedUnion('kind', [assertionSuite, callSuite]),
  code: z.string(),
  limits: limitsSchema,
  tenant: name.exactOptional(),
} satisfies Shape<ExamineJob>)

export const matrixSchema = z.object({
  language: name,
  trusted: z.string(),
  entryPoint: z.string(),
  tests: z.array(z.string()),
  programs: z.array(z.string()),
  perTestSeconds: amount,
  limits: limitsSchema,
  tenant: name.exactOptional(),
} satisfies Shape<MatrixJob>)

// ── what is answered ──

export const isolationSchema = z.object({
  level: z.enum(['native', 'wasm', 'remote']),
  tier: name,
  primitives: z.array(name).max(200).readonly(),
  lacks: z.array(name).max(200).readonly().exactOptional(),
  because: z.string().max(2000).exactOptional(),
  server: z.string().max(2000).exactOptional(),
} satisfies Shape<Isolation>)

const compile = z.object({
  ok: z.boolean(),
  stdout: z.string(),
  stderr: z.string(),
  cpuMs: amount,
  wallMs: amount,
  peakBytes: amount,
  cached: z.boolean(),
} satisfies Shape<CompilePart>)

const outputFile = z.object({
  path: z.string(),
  bytes: amount,
  text: z.string().exactOptional(),
  base64: z.string().exactOptional(),
  leftOut: z.string().exactOptional(),
} satisfies Shape<OutputFile>)

export const outcome = z.enum([
  ...['ok', 'runtime-error', 'compile-error'],
  ...['time-limit', 'memory-limit', 'output-limit', 'infrastructure'],
] as const satisfies readonly Execution['outcome'][])

export const executionSchema = z.object({
  outcome,
  exitCode: z.int().nullable(),
  signal: name.nullable(),
  stdout: z.string(),
  stderr: z.string(),
  cpuMs: amount,
  wallMs: amount,
  peakBytes: amount,
  isolation: isolationSchema,
  compile: compile.exactOptional(),
  files: z.array(outputFile).readonly().exactOptional(),
  reason: z.string().exactOptional(),
} satisfies Shape<Execution>)

const exception = z.object({
  type: z.string(),
  message: z.string(),
  line: z.int().exactOptional(),
} satisfies Shape<ExceptionInfo>)

export const examinationSchema = z.object({
  ended: z.enum([
    ...['passed', 'assertion', 'exception', 'compile-error', 'time-limit', 'memory-limit', 'output-limit'],
    ...['exited', 'protocol', 'empty-suite', 'infrastructure'],
  ] as const satisfies readonly Examination['ended'][]),
  judged: z.enum(['out-of-process', 'in-process']),
  exception: exception.exactOptional(),
  limit: z.enum(['cpu', 'wall']).exactOptional(),
  allowedCpuMs: amount.exactOptional(),
  reason: z.string().exactOptional(),
  evidence: z.string().exactOptional(),
  tests: z.array(
    z.object({
      name: z.string(),
      status: z.enum(['passed', 'failed', 'error', 'time-limit', 'not-reached']),
    } satisfies Shape<TestOutcome>),
  ),
  calls: count,
  stdout: z.string(),
  cpuMs: amount,
  wallMs: amount,
  peakBytes: amount,
} satisfies Shape<Examination>)

/** A line of the answer to a matrix: rows in order, then `done`, so that an answer cut short is noticed. */
export const matrixLineSchema = z.union([
  z.object({ program: count, row: z.array(z.boolean()) }),
  z.object({ done: z.literal(true) }),
])

export const errorSchema = z.object({
  error: z.object({ code: z.string(), message: z.string() }),
  /** The session that was asked is over. */
  over: z.boolean().exactOptional(),
})

/** Read before anything else: what follows depends on it. */
export const greetingSchema = z.looseObject({ protocol: z.int() })

export const descriptionSchema = z.object({
  isolation: isolationSchema,
  languages: z
    .array(
      z.object({
        name,
        version: z.string().max(2000),
        run: isolationSchema,
        examine: isolationSchema.nullable(),
      }),
    )
    .max(1000),
  /** Languages that have sessions. */
  sessions: z.array(name).max(1000).readonly(),
  /** Executions at once; more wait there. */
  atOnce: z.int().positive(),
  maxBodyBytes: z.int().positive(),
  maxLimits: limitsSchema,
})
export type Description = z.infer<typeof descriptionSchema>
