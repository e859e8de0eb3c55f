/**
 * Attempts: which failures are worth another try, and how long to wait before it. Wraps a `fetch`, so that every
 * provider gets the same treatment; the body is read inside the attempt, because connections break there as well.
 *
 * Not covered: a body that came whole but is malformed is not asked for again; the provider reports it.
 */
import type { Clock } from './clock.js'

export interface RetryOptions {
  /** Attempts after the first. */
  readonly retries: number
  /** Limit of one attempt, body included. */
  readonly timeoutSeconds: number
  readonly clock: Clock
  /** In [0, 1): the jitter. */
  readonly random: () => number
  readonly pace: <T>(work: () => Promise<T>, signal?: AbortSignal) => Promise<T>
}

const retriedStatus = new Set([408, 409, 425, 429, 500, 502, 503, 504, 520, 522, 524, 529])
const retriedCodes = new Set([
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EAI_AGAIN',
  'UND_ERR_SOCKET',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
])

/** A server that asks for a longer pause than this is not waited for. */
const longestPause = 300_000

export class AttemptTimeout extends Error {}

export function retryingFetch(base: typeof fetch, options: RetryOptions): typeof fetch {
  return async (input, init) => {
    const signal = init?.signal ?? undefined
    for (let attempt = 0; ; attempt++) {
      const last = attempt >= options.retries
      let pause = backoff(attempt, options.random())
      try {
        const reply = await options.pace(() => attemptOnce(base, input, init, options.timeoutSeconds), signal)
        if (last || !isRetried(reply)) return reply.response
        const asked = retryAfter(reply.response.headers, options.clock.now())
        if (asked !== null && asked > longestPause) return reply.response
        pause = Math.max(pause, asked ?? 0)
      } catch (error) {
        signal?.throwIfAborted()
        if (last || !isRetriedError(error)) throw error
      }
      await options.clock.sleep(pause, signal)
    }
  }
}

interface Attempt {
  readonly response: Response
  readonly body: string
}

async function attemptOnce(
  base: typeof fetch,
  input: Parameters<typeof fetch>[0],
  init: RequestInit | undefined,
  timeoutSeconds: number,
): Promise<Attempt> {
  const limit = new AbortController()
  const timer = setTimeout(
    () => limit.abort(new AttemptTimeout(`no answer within ${timeoutSeconds} seconds`)),
    timeoutSeconds * 1000,
  )
  const signal = init?.signal ? AbortSignal.any([init.signal, limit.signal]) : limit.signal
  try {
    const response = await base(input, { ...init, signal })
    const body = await response.text()
    const empty = response.status === 204 || response.status === 304
    const { status, statusText, headers } = response
    return { response: new Response(empty ? null : body, { status, statusText, headers }), body }
  } catch (error) {
    if (limit.signal.aborted) throw limit.signal.reason
    throw error
  } finally {
    clearTimeout(timer)
  }
}

function isRetried({ response, body }: Attempt): boolean {
  const advice = response.headers.get('x-should-retry')
  if (advice === 'false') return false
  // Out of money is reported as 429, but waiting does not help.
  if (response.status === 429 && /insufficient_quota|billing_hard_limit/.test(body)) return false
  return retriedStatus.has(response.status)
}

function isRetriedError(error: unknown): boolean {
  if (error instanceof AttemptTimeout) return true
  return (
    retriedCodes.has(networkCode(error) ?? '') || /terminated|other side closed/.test(String((error as Error)?.message))
  )
}

/** `ECONNRESET` and the like, from the chain of causes of a failed fetch. */
export function networkCode(error: unknown): string | null {
  for (let e = error, depth = 0; e instanceof Error && depth < 5; e = e.cause, depth++) {
    const code = (e as NodeJS.ErrnoException).code
    if (typeof code === 'string') return code
    if (e instanceof AggregateError && e.errors.length > 0) return networkCode(e.errors[0])
  }
  return null
}

/** Half a second, doubled each time up to a minute; between half and all of it. Milliseconds. */
export function backoff(attempt: number, random: number): number {
  const full = Math.min(60_000, 500 * 2 ** attempt)
  return Math.round(full * (0.5 + random / 2))
}

/** Milliseconds the server asks to wait: `retry-after-ms`, or `Retry-After` as seconds or as a date. */
export function retryAfter(headers: Headers, now: number): number | null {
  const milliseconds = Number.parseFloat(headers.get('retry-after-ms') ?? '')
  if (milliseconds >= 0) return milliseconds
  const value = headers.get('retry-after')?.trim() ?? ''
  if (/^\d+(?:\.\d+)?$/.test(value)) return Number(value) * 1000
  const date = Date.parse(value)
  return Number.isNaN(date) ? null : Math.max(0, date - now)
}
