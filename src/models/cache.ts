/** Replies on disk, keyed by content: the same question to the same model at the same address is paid for once. */
import { createHash, randomBytes } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { ModelReply, ModelRequest } from '../kernel/index.js'
import { redact } from './secrets.js'

const version = 1

const entry = z.object({
  version: z.literal(version),
  reply: z.object({
    completions: z.array(
      z.object({
        text: z.string(),
        reasoning: z.string().optional(),
        finish: z.enum(['stop', 'length', 'refusal', 'other']),
        logprobs: z.array(z.object({ token: z.string(), logprob: z.number() })).optional(),
      }),
    ),
    usage: z.object({ inputTokens: z.number(), outputTokens: z.number(), cost: z.number().optional() }),
  }),
})

/** Who was asked what: everything that may change the answer. */
export interface CacheKey {
  readonly provider: string
  readonly model: string
  readonly baseUrl: string
  readonly request: ModelRequest
}

/** SHA-256 in hex. The order of the request's fields does not matter; `n` and `seed` do. */
export function cacheKey(key: CacheKey): string {
  return createHash('sha256')
    .update(JSON.stringify({ version, ...key }, (_name, value: unknown) => sorted(value)))
    .digest('hex')
}

export class ReplyCache {
  readonly #folder: string
  readonly #secrets: readonly string[]

  constructor(folder: string, secrets: readonly string[]) {
    this.#folder = folder
    this.#secrets = secrets
  }

  /** The reply, marked as cached, or null. An entry that cannot be read is no entry. */
  async get(key: string): Promise<ModelReply | null> {
    try {
      const { reply } = entry.parse(JSON.parse(await readFile(this.#file(key), 'utf8')))
      // Nothing is spent, so the cost of the first time is not told again.
      const { inputTokens, outputTokens } = reply.usage
      return { completions: reply.completions, usage: { inputTokens, outputTokens, cached: true } } as ModelReply
    } catch {
      return null
    }
  }

  /** Never throws: a reply that cannot be kept is still a reply. */
  async put(key: string, reply: ModelReply): Promise<void> {
    const file = this.#file(key)
    const temporary = `${file}.${randomBytes(6).toString('hex')}.tmp`
    try {
      await mkdir(join(this.#folder, key.slice(0, 2)), { recursive: true })
      await writeFile(temporary, redact(JSON.stringify({ version, reply }), this.#secrets))
      await rename(temporary, file)
    } catch {
      await rm(temporary, { force: true }).catch(() => {})
    }
  }

  #file(key: string): string {
    return join(this.#folder, key.slice(0, 2), `${key}.json`)
  }
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
}
