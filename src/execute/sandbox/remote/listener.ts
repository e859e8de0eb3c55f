/** A web-standard handler behind `node:http`, with nothing in between. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'

export function nodeListener(handler: (request: Request) => Promise<Response>): RequestListener {
  return (incoming, outgoing) => {
    serve(handler, incoming, outgoing).catch(() => outgoing.destroy())
  }
}

async function serve(
  handler: (request: Request) => Promise<Response>,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const gone = new AbortController()
  outgoing.on('close', () => gone.abort())
  outgoing.on('error', () => {})
  const request = requestOf(incoming, gone.signal)
  const response = request ? await handler(request) : new Response(null, { status: 400 })
  outgoing.writeHead(response.status, Object.fromEntries(response.headers))
  if (response.body) await copy(response.body, outgoing, gone.signal)
  outgoing.end()
}

/** null where what came is no request that a web standard knows. */
function requestOf(incoming: IncomingMessage, signal: AbortSignal): Request | null {
  try {
    const { method = 'GET', url = '/' } = incoming
    const headers = Object.entries(incoming.headersDistinct).flatMap(([name, values]) =>
      (values ?? []).map((value): [string, string] => [name, value]),
    )
    const bodiless = method === 'GET' || method === 'HEAD'
    const body = bodiless ? {} : { body: bodyOf(incoming), duplex: 'half' as const }
    return new Request(`http://localhost${url.startsWith('/') ? url : '/'}`, { method, headers, signal, ...body })
  } catch {
    return null
  }
}

/** Read only as fast as somebody asks; what nobody reads, node discards when the answer is sent. */
function bodyOf(incoming: IncomingMessage): ReadableStream<Uint8Array> {
  let parts: AsyncIterableIterator<Buffer> | null = null
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        parts ??= incoming.iterator({ destroyOnReturn: false }) as AsyncIterableIterator<Buffer>
        const { done, value } = await parts.next()
        if (done) controller.close()
        else controller.enqueue(value)
      },
      async cancel() {
        await parts?.return?.()
        incoming.resume()
      },
    },
    { highWaterMark: 0 },
  )
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
