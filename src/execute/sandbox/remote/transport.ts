/**
 * Requests over kept connections. The shape is that of `fetch`, which can be put in its place; node's own `fetch` costs
 * three to four times the CPU time of this, as much as a good part of an execution.
 */
import { Agent, type IncomingMessage, request as plainRequest } from 'node:http'
import { Agent as SecureAgent, request as secureRequest } from 'node:https'

/** What is used of a Response. */
export interface Received {
  readonly status: number
  readonly headers: { get(name: string): string | null }
  readonly body: AsyncIterable<Uint8Array> | null
}

export type Send = (
  url: string,
  init: {
    readonly method: string
    readonly headers: Record<string, string>
    readonly body?: string
    readonly redirect: 'manual'
    readonly signal: AbortSignal
  },
) => Promise<Received>

export const connectTimeout = 'CONNECT_TIMEOUT'
const connectMs = 10_000
/** Shorter than servers keep them, so that no request is sent into a connection that is being closed. */
const idleMs = 4000

export interface Transport {
  readonly send: Send
  close(): void
}

export function keptConnections(): Transport {
  const options = { keepAlive: true, timeout: idleMs }
  const agents = { plain: new Agent(options), secure: new SecureAgent(options) }
  return {
    send: (url, { method, headers, body, signal }) =>
      new Promise((resolve, reject) => {
        const secure = url.startsWith('https:')
        const options = {
          ...{ method, headers, signal, agent: secure ? agents.secure : agents.plain },
          // Of a host with several addresses the first often takes longer than node's quarter of a second.
          autoSelectFamilyAttemptTimeout: 2000,
        }
        const request = (secure ? secureRequest : plainRequest)(url, options, (response) => resolve(received(response)))
        request.on('error', reject)
        request.on('socket', (socket) => {
          if (!socket.connecting) return
          const late = () => request.destroy(Object.assign(new Error('no connection'), { code: connectTimeout }))
          const timer = setTimeout(late, connectMs)
          socket.once(secure ? 'secureConnect' : 'connect', () => clearTimeout(timer))
          socket.once('close', () => clearTimeout(timer))
        })
        request.end(body)
      }),
    close: () => {
      agents.plain.destroy()
      agents.secure.destroy()
    },
  }
}

function received(response: IncomingMessage): Received {
  const get = (name: string) => response.headers[name]?.toString() ?? null
  return { status: response.statusCode ?? 0, headers: { get }, body: response }
}
