/** The bodies of the session routes; schema.ts has the others and says how they are read. */
import { z } from 'zod'
import { limitsFrom } from '../../../kernel/index.js'
import type { Cell, CellException, SessionFile, SessionOptions } from '../session.js'
import {
  type Shape,
  amount,
  content,
  decodeEnvironment,
  decodeFiles,
  encodeEnvironment,
  encodeFiles,
  environment,
  files,
  isolationSchema,
  name,
  outcome,
  someLimits,
} from './schema.js'

export const openSessionSchema = z.object({
  language: name,
  limits: someLimits.default({}),
  files,
  env: environment,
  idleSeconds: z.number().positive().max(86_400).default(600),
} satisfies { readonly [K in keyof Required<SessionOptions>]: z.ZodType })

export function encodeSessionOptions({ language, limits, files, env, idleSeconds, ...rest }: SessionOptions) {
  rest satisfies Record<string, never>
  return {
    ...{ language, limits: limits ?? {}, files: encodeFiles(files ?? {}), env: encodeEnvironment(env ?? {}) },
    ...(idleSeconds === undefined ? {} : { idleSeconds }),
  }
}

export function decodeSessionOptions({ files, env, limits, ...plain }: z.infer<typeof openSessionSchema>) {
  return {
    ...plain,
    limits: limitsFrom(limits),
    files: decodeFiles(files),
    env: decodeEnvironment(env),
  } satisfies SessionOptions
}

/** Goes into a path. */
const sessionId = z.string().regex(/^[\w-]{1,200}$/)

export const openedSchema = z.object({ id: sessionId, isolation: isolationSchema, idleSeconds: z.number().positive() })
export const cellRequestSchema = z.object({ source: z.string(), limits: someLimits.default({}) })
export const sourceSchema = z.object({ source: z.string() })
export const completenessSchema = z.object({ complete: z.enum(['complete', 'incomplete', 'invalid']) })
export const forkSchema = z.object({ count: z.number() })
export const forkedSchema = z.object({ ids: z.array(sessionId).max(1000) })
export const emptySchema = z.object({})

export const fileRequestSchema = z.discriminatedUnion('do', [
  z.object({ do: z.literal('list') }),
  z.object({ do: z.literal('read'), path: z.string() }),
  z.object({ do: z.literal('write'), path: z.string(), content }),
  z.object({ do: z.literal('remove'), path: z.string() }),
])
export const listedSchema = z.object({
  files: z.array(z.object({ path: z.string(), bytes: amount } satisfies Shape<SessionFile>)),
})
export const contentSchema = z.object({ content })

export const cellSchema = z.object({
  outcome: z.enum([...outcome.options, 'interrupted']),
  results: z.array(z.record(z.string(), z.unknown())),
  stdout: z.string(),
  stderr: z.string(),
  exception: z
    .object({
      type: z.string(),
      message: z.string(),
      line: z.number().exactOptional(),
      traceback: z.string().exactOptional(),
    } satisfies Shape<CellException>)
    .exactOptional(),
  reason: z.string().exactOptional(),
  ended: z.boolean(),
  cpuMs: amount,
  wallMs: amount,
  peakBytes: amount,
} satisfies Shape<Cell>)
