/** Opens a model by its name and puts around it what every provider needs: retries, pace, cache, prices, redaction. */
import { join } from 'node:path'
import {
  CupelError,
  describeError,
  type Model,
  ModelError,
  type ModelRequest,
  NotFoundError,
  nearest,
  type Provider,
  UsageError,
} from '../kernel/index.js'
import { cacheKey, ReplyCache } from './cache.js'
import { type Clock, systemClock } from './clock.js'
import { pacer } from './pace.js'
import { type Prices, readPrices, withCost } from './prices.js'
import { providers } from './providers/index.js'
import { retryingFetch } from './retry.js'
import { redact, secretsOf } from './secrets.js'

export interface OpenModelOptions {
  /** Keys, addresses and CUPEL_… settings; the process's environment unless given. */
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly fetch?: typeof fetch
  /** Where replies are kept; null for no cache. Unless given: CUPEL_CACHE, or `cupel/models` in the user's cache folder. */
  readonly cacheDir?: string | null
  /** No limit unless given. */
  readonly requestsPerMinute?: number
  /** Requests in flight at once: 8 unless given. */
  readonly maxConcurrent?: number
  /** Attempts after the first: 5 unless given. */
  readonly retries?: number
  /** Limit of one attempt: 300 unless given. */
  readonly timeoutSeconds?: number
  /** US dollars per million tokens; unless given, from the file that CUPEL_PRICES names. */
  readonly prices?: Prices
  readonly clock?: Clock
  /** In [0, 1): the jitter of the waits. */
  readonly random?: () => number
}

/** `provider/model` or `provider:file`. Throws NotFoundError for an unknown provider, UsageError for a missing key. */
export async function openModel(name: string, options: OpenModelOptions = {}): Promise<Model> {
  const env = options.env ?? process.env
  const { provider, model } = parseName(name)
  const prices = options.prices ?? (env.CUPEL_PRICES ? await readPrices(env.CUPEL_PRICES) : {})
  const secrets = secretsOf(env)
  const clock = options.clock ?? systemClock
  const wrapped = retryingFetch(options.fetch ?? fetch, {
    retries: atLeast(options.retries, 0, 'retries') ?? 5,
    timeoutSeconds: options.timeoutSeconds ?? 300,
    clock,
    random: options.random ?? Math.random,
    pace: pacer(
      {
        maxConcurrent: atLeast(options.maxConcurrent, 1, 'maxConcurrent') ?? 8,
        requestsPerMinute: atLeast(options.requestsPerMinute, Number.MIN_VALUE, 'requestsPerMinute'),
      },
      clock,
    ),
  })
  const inner = await provider.open(model, { env, fetch: wrapped })
  // Files answer at once, and in an order that a cache would disturb.
  const folder = provider.separator === ':' ? null : cacheFolder(options.cacheDir, env)
  const cache = folder === null ? null : new ReplyCache(folder, secretsOf(env, provider.name))
  const baseUrl = redact(addressOf(provider, env), secrets)

  return {
    name,
    async complete(request, signal) {
      signal?.throwIfAborted()
      checkRequest(request)
      const key = cacheKey({ provider: provider.name, model, baseUrl, request })
      const kept = await cache?.get(key)
      if (kept && kept.completions.length === request.n) return kept
      try {
        const reply = await inner.complete(request, signal)
        await cache?.put(key, reply)
        return { ...reply, usage: withCost(reply.usage, name, prices) }
      } catch (error) {
        signal?.throwIfAborted()
        throw cleanError(error, name, secrets)
      }
    },
  }
}

function parseName(name: string): { provider: Provider; model: string } {
  const at = name.search(/[/:]/)
  const given = at < 0 ? name : name.slice(0, at)
  const provider = providers.find((p) => p.name === given)
  if (!provider) {
    const near = nearest(
      given,
      providers.map((p) => p.name),
    )
    const known =
      near.length > 0 ? `did you mean ${near.join(' or ')}?` : `there are ${providers.map((p) => p.name).join(', ')}`
    throw new NotFoundError(`there is no model provider "${given}": ${known}`)
  }
  const form = `${provider.name}${provider.separator}${provider.separator === ':' ? 'FILE' : 'MODEL'}`
  if (name[at] !== provider.separator) throw new UsageError(`"${name}" is no model name: write ${form}`)
  const model = name.slice(at + 1)
  if (model.trim() === '')
    throw new UsageError(`"${name}" names no ${provider.separator === ':' ? 'file' : 'model'}: write ${form}`)
  return { provider, model }
}

function checkRequest(request: ModelRequest): void {
  if (!Number.isInteger(request.n) || request.n < 1)
    throw new UsageError(`n must be a whole number of at least 1, not ${request.n}`)
  if (request.input.kind === 'chat' && request.input.messages.length === 0)
    throw new UsageError('a chat request needs at least one message')
}

function atLeast(value: number | undefined, least: number, option: string): number | undefined {
  if (value === undefined || value >= least) return value
  throw new UsageError(
    `${option} must be ${least === Number.MIN_VALUE ? 'above 0' : `at least ${least}`}, not ${value}`,
  )
}

function addressOf(provider: Provider, env: OpenModelOptions['env'] & object): string {
  const prefix = provider.name.toUpperCase().replaceAll('-', '_')
  return env[`${prefix}_BASE_URL`] ?? env[`${prefix}_HOST`] ?? ''
}

function cacheFolder(option: string | null | undefined, env: OpenModelOptions['env'] & object): string | null {
  if (option !== undefined) return option
  if (env.CUPEL_CACHE) return join(env.CUPEL_CACHE, 'models')
  if (env.XDG_CACHE_HOME) return join(env.XDG_CACHE_HOME, 'cupel', 'models')
  // An environment that was handed in without a home belongs to a test or a service: nothing is written elsewhere.
  const home = env.HOME || env.USERPROFILE
  return home ? join(home, '.cache', 'cupel', 'models') : null
}

/** The error without secrets. Causes are dropped: they may hold the request. */
function cleanError(error: unknown, name: string, secrets: readonly string[]): Error {
  if (error instanceof UsageError) return new UsageError(redact(error.message, secrets))
  if (error instanceof CupelError && !(error instanceof ModelError)) return error
  const said = redact(describeError(error), secrets)
  return new ModelError(said.includes(name) ? said : `${name}: ${said}`)
}
