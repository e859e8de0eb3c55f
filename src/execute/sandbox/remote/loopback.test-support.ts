/** Servers on 127.0.0.1 for tests: a real handler, and ones that misbehave. */
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Patience } from './connection.js'
import { type ServedRequest, nodeListener } from './listener.js'
import { type Description, protocol } from './schema.js'

export interface Loopback {
  readonly url: string
  /** Connections made so far. */
  connections(): number
  /** Ends at once, with all connections. */
  close(): Promise<void>
}

type Listener = (incoming: IncomingMessage, outgoing: ServerResponse) => void

export async function serve(handler: (request: ServedRequest) => Promise<Response>): Promise<Loopback> {
  return listen(nodeListener(handler))
}

export async function listen(listener: Listener, port = 0): Promise<Loopback> {
  const server = createServer(listener)
  let made = 0
  const open = new Set<Socket>()
  server.on('connection', (socket) => {
    made++
    open.add(socket)
    socket.on('close', () => open.delete(socket))
    socket.on('error', () => {})
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    connections: () => made,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of open) socket.destroy()
      }),
  }
}

const isolation = { level: 'native', tier: 'A', primitives: ['seccomp'] } as const

export const description: Description & { protocol: number } = {
  protocol,
  isolation,
  languages: [{ name: 'python', version: 'Python 3', run: isolation, examine: isolation }],
  sessions: ['python'],
  atOnce: 4,
  maxBodyBytes: 1_000_000,
  maxLimits: {
    cpuSeconds: 60,
    wallSeconds: 60,
    memoryMb: 1024,
    outputBytes: 1e6,
    processes: 64,
    diskMb: 64,
    files: 1000,
    fileBytes: 1e8,
  },
}

export const execution = {
  ...{ outcome: 'ok', exitCode: 0, signal: null, stdout: 'fine\n', stderr: '' },
  ...{ cpuMs: 1, wallMs: 2, peakBytes: 3, isolation },
}

export const send = (outgoing: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}) =>
  outgoing
    .writeHead(status, { 'content-type': 'application/json', ...headers })
    .end(typeof body === 'string' ? body : JSON.stringify(body))

/** A server that describes itself well and answers everything else as `answer` says, which gets the number of the request. */
export function misbehave(answer: (outgoing: ServerResponse, nth: number, incoming: IncomingMessage) => void) {
  let requests = 0
  return listen((incoming, outgoing) => {
    if (incoming.url === '/v1/sandbox') return void send(outgoing, 200, description)
    incoming.resume().on('end', () => answer(outgoing, requests++, incoming))
  })
}

/** Waits in no time, and remembers how long it would have been. */
export function hurried(lostMs = 5000, busyMs = 20_000): Patience & { readonly slept: number[] } {
  const slept: number[] = []
  return { lostMs, busyMs, slept, sleep: async (ms) => void slept.push(ms) }
}
