/** A provider on this machine for tests: a real HTTP server that answers as it is told and keeps what it was asked. */
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Asked {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: Record<string, unknown>
}

export type Answer =
  | { readonly status?: number; readonly headers?: Record<string, string>; readonly body: unknown }
  /** Break the connection, before the head or in the middle of the body, or never answer. */
  | 'reset'
  | 'break-off'
  | 'hang'

export interface FakeProvider {
  readonly url: string
  readonly asked: Asked[]
  /** Answers in order; the last one stays. A function sees the request. */
  answer(...answers: (Answer | ((asked: Asked) => Answer))[]): void
  close(): Promise<void>
}

export async function startFakeProvider(): Promise<FakeProvider> {
  let answers: (Answer | ((asked: Asked) => Answer))[] = []
  const asked: Asked[] = []
  const server = createServer((request, response) => {
    let text = ''
    request.setEncoding('utf8')
    request.on('data', (chunk: string) => {
      text += chunk
    })
    request.on('end', () => {
      const one = {
        path: request.url ?? '',
        headers: request.headers,
        body: JSON.parse(text) as Record<string, unknown>,
      }
      asked.push(one)
      const next = (answers.length > 1 ? answers.shift() : answers[0]) ?? { status: 500, body: 'nothing to answer' }
      send(response, typeof next === 'function' ? next(one) : next)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    answer: (...given) => {
      answers = given
      asked.length = 0
    },
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

function send(response: ServerResponse, answer: Answer): void {
  if (answer === 'hang') return
  if (answer === 'reset') {
    response.destroy()
    return
  }
  if (answer === 'break-off') {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' })
    response.write('{"choices":', () => response.destroy())
    return
  }
  const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body)
  response.writeHead(answer.status ?? 200, { 'content-type': 'application/json', ...answer.headers })
  response.end(text)
}
