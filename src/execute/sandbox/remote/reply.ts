/**
 * What the server sends back. An answer that takes long begins early and sends white space until it is there, so that
 * neither a proxy nor the client takes the silence for death; it then has status 200, and `error` in its body if it failed.
 */
import { CupelError, type ErrorCode } from '../../../kernel/index.js'
import type { ServedRequest } from './listener.js'

/** How long it is quiet at most. */
const pulseMs = 10_000

/** A request that is not answered, and why. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: ErrorCode,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
    /** The session that was asked is over. */
    readonly over = false,
  ) {
    super(message)
  }
}

/** Where errors go that clients are not told. */
export type Log = (error: unknown) => void

interface Reply {
  readonly status: number
  readonly body: object
  readonly headers?: Readonly<Record<string, string>>
}

export function json({ status, body, headers = {} }: Reply): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } })
}

/** Never a stack, a path or a message that was not written for users. */
export function failed(error: unknown, log: Log): Reply {
  const { status, code, message, headers = {}, over = false } = described(error, log)
  return { status, headers, body: { error: { code, message }, ...(over ? { over } : {}) } }
}

function described(error: unknown, log: Log): Partial<Refusal> & Pick<Refusal, 'status' | 'code' | 'message'> {
  if (error instanceof Refusal) return error
  if (error instanceof CupelError && error.code !== 'CUPEL_INTERNAL') {
    const { code, message } = error
    return { code, message, status: code === 'CUPEL_NOT_FOUND' ? 404 : error.exitCode === 2 ? 400 : 422 }
  }
  log(error)
  return { status: 500, code: 'CUPEL_INTERNAL', message: 'the server failed inside; its log says how' }
}

interface Context {
  readonly request: ServedRequest
  readonly log: Log
  /** Called once, when nothing of the request is left. */
  readonly done: () => void
}

/** One JSON document. `work` is told when nobody waits for it any more. */
export async function answer(context: Context, work: (signal: AbortSignal) => Promise<object>): Promise<Response> {
  const { signal, abort, release } = whileWanted(context)
  const reply = Promise.resolve()
    .then(() => work(signal))
    .then((body) => ({ status: 200, body }))
    .catch((error: unknown) => failed(error, signal.aborted ? () => {} : context.log))
    .finally(release)
  const first = await orPulse(reply)
  if (first !== null) return json(first)
  return streamed(abort, async function* () {
    for (;;) {
      const later = await orPulse(reply)
      yield later === null ? ' ' : JSON.stringify(later.body)
      if (later !== null) return
    }
  })
}

/** One JSON document per line. */
export async function answerLines(
  context: Context,
  work: (signal: AbortSignal) => AsyncIterable<object>,
): Promise<Response> {
  const { signal, abort, release } = whileWanted(context)
  const items = work(signal)[Symbol.asyncIterator]()
  const step = () =>
    items.next().then(
      ({ done, value }) => ({ done: done === true, value: value as object, error: null }),
      (error: unknown) => ({ done: true, value: {}, error: failed(error, signal.aborted ? () => {} : context.log) }),
    )
  let next = step()
  const first = await orPulse(next)
  if (first?.error) {
    release()
    return json(first.error)
  }
  return streamed(abort, async function* () {
    try {
      for (;;) {
        const item = await orPulse(next)
        if (item?.error) yield `${JSON.stringify(item.error.body)}\n`
        if (item?.done) return
        if (item) next = step()
        yield item ? `${JSON.stringify(item.value)}\n` : '\n'
      }
    } finally {
      abort()
      release()
      await items.return?.().catch(() => {})
    }
  })
}

/** What comes first: the value, or null because it takes long. */
async function orPulse<T>(value: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined
  const pulse = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), pulseMs)
  })
  try {
    return await Promise.race([value, pulse])
  } finally {
    clearTimeout(timer)
  }
}

/** A signal that aborts when the client goes. */
function whileWanted({ request, done }: Context) {
  const controller = new AbortController()
  const abort = () => controller.abort()
  if (request.signal.aborted) abort()
  request.signal.addEventListener('abort', abort)
  const release = () => {
    request.signal.removeEventListener('abort', abort)
    done()
  }
  return { signal: controller.signal, abort, release }
}

/** Reads on only as fast as the client does. */
function streamed(abort: () => void, make: () => AsyncGenerator<string>): Response {
  const parts = make()
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await parts.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    async cancel() {
      abort()
      await parts.return(undefined)
    },
  })
  return new Response(body, {
    status: 200,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  })
}
