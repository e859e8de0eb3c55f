/** The handler behind `node:http`, with nothing in between. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'

/** What the handler reads of a Request; making a whole one takes longer than the rest of a short request. */
export interface ServedRequest {
  readonly method: string
  readonly url: string
  readonly headers: { get(name: string): string | null }
  readonly body: AsyncIterable<Uint8Array> | null
  /** Aborts when the client goes. */
  readonly signal: AbortSignal
}

export function nodeListener(handler: (request: ServedRequest) => Promise<Response>): RequestListener {
  return (incoming, outgoing) => {
    serve(handler, incoming, outgoing).catch(() => outgoing.destroy())
  }
}

async function serve(
  handler: (request: ServedRequest) => Promise<Response>,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const gone = new AbortController()
  outgoing.on('close', () => {
    if (!outgoing.writableFinished) gone.abort()
  })
  outgoing.on('error', () => {})
  const response = await handler({
    method: incoming.method ?? 'GET',
    url: incoming.url ?? '/',
    headers: { get: (name) => incoming.headers[name]?.toString() ?? null },
    body: bodyOf(incoming),
    signal: gone.signal,
  })
  outgoing.writeHead(response.status, Object.fromEntries(response.headers))
  if (response.body) await copy(response.body, outgoing, gone.signal)
  outgoing.end()
}

/** Read only as fast as somebody asks; what nobody reads, node discards when the answer is sent. */
async function* bodyOf(incoming: IncomingMessage): AsyncGenerator<Uint8Array> {
  try {
    yield* incoming.iterator({ destroyOnReturn: false })
  } finally {
    incoming.resume()
  }
}

async function copy(body: ReadableStream<Uint8Array>, outgoing: ServerResponse, gone: AbortSignal): Promise<void> {
  const reader = body.getReader()
  const cancel = () => void reader.cancel().catch(() => {})
  if (gone.aborted) cancel()
  gone.addEventListener('abort', cancel)
  for (;;) {
    const { done, value } = await reader.read()
    if (done || gone.aborted) return
    if (!outgoing.write(value))
      await new Promise<void>((resolve) => {
        outgoing.once('drain', resolve)
        outgoing.once('close', resolve)
      })
  }
}
