/**
 * The proxy through which a program with a network allow-list reaches the world: HTTP and HTTPS (CONNECT), to the hosts and
 * ports named and to nothing else. It runs in Cupel's process, listens on a unix socket that only the relay of one kind of
 * sandbox knows (relay.h), resolves names itself and connects to the address it has checked.
 *
 * Does not cover: what a program tells the hosts it may reach, and what they tell it. A name that resolves to a private
 * address is refused, so that a public name is no way into the network of this machine.
 */
import { randomBytes } from 'node:crypto'
import { lookup as resolveName } from 'node:dns/promises'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { type IncomingMessage, type ServerResponse, createServer, request } from 'node:http'
import { BlockList, type Socket, connect, isIP } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { UsageError } from '../../../kernel/index.js'

/** Bytes of one connection, both ways. */
const maxBytes = 256 * 1024 * 1024
const idleMs = 60_000

export interface HostProxy {
  /** Path of the unix socket. */
  readonly path: string
  close(): Promise<void>
}

interface Rule {
  /** Lower case; `*.example.org` stands for all names below example.org. */
  readonly host: string
  /** Null: 80 and 443. */
  readonly port: number | null
}

/** `example.org`, `*.example.org`, `example.org:8080`, `127.0.0.1:9000`, `[::1]:80`. */
export function parseRule(text: string): Rule {
  const match = /^(?:\[([0-9a-f:.]+)\]|(\*\.)?([a-z0-9._-]+))(?::(\d{1,5}))?$/.exec(text.trim().toLowerCase())
  const port = match?.[4] === undefined ? null : Number(match[4])
  if (!match || (port !== null && (port < 1 || port > 65535)))
    throw new UsageError(`«${text}» is no host a program may reach: give example.org, *.example.org or host:port`)
  return { host: match[1] ?? `${match[2] ?? ''}${match[3]}`, port }
}

export async function openProxy(allowed: readonly string[]): Promise<HostProxy> {
  const rules = allowed.map(parseRule)
  const folder = await mkdtemp(join(tmpdir(), 'cupel-proxy-'))
  const path = join(folder, randomBytes(8).toString('hex'))
  const server = createServer({ keepAlive: false }, (asked, reply) => void forward(rules, asked, reply))
  const open = new Set<Duplex>()
  server.on('connection', (socket) => {
    open.add(socket)
    socket.on('close', () => open.delete(socket))
  })
  server.on(
    'connect',
    (asked: IncomingMessage, socket: Duplex, head: Buffer) => void tunnel(rules, asked, socket, head),
  )
  server.on('clientError', (_, socket) => socket.destroy())
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(path, resolve))
  // The relay comes from a user namespace of its own: the folder's name is the secret.
  await chmod(folder, 0o711)
  await chmod(path, 0o666)
  server.unref()
  return {
    path,
    async close() {
      for (const socket of open) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
      await rm(folder, { recursive: true, force: true })
    },
  }
}

class Refused extends Error {}

/** The address to connect to, or Refused with a reason for the program. */
async function admit(rules: readonly Rule[], host: string, port: number): Promise<string> {
  const name = host
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
  const rule = rules.find(
    (one) => matches(one, name) && (one.port === null ? port === 80 || port === 443 : one.port === port),
  )
  if (!rule) throw new Refused(`${name}:${port} is not among the hosts this program may reach`)
  if (isIP(name)) return name
  const found = await resolveName(name, { all: true }).catch(() => [])
  const address = found[0]?.address
  if (!address) throw new Refused(`${name} has no address`)
  // localhost by its name was meant so
  if (name !== 'localhost' && found.some((one) => isPrivate(one.address)))
    throw new Refused(`${name} leads to a private address; allow the address itself if that is meant`)
  return address
}

function matches(rule: Rule, name: string): boolean {
  return rule.host.startsWith('*.') ? name.endsWith(rule.host.slice(1)) : name === rule.host
}

const privateAddresses = new BlockList()
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  privateAddresses.addSubnet(net, bits, 'ipv4')
for (const [net, bits] of [
  ['::', 127],
  ['64:ff9b::', 96],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  privateAddresses.addSubnet(net, bits, 'ipv6')

/** Addresses that are not on the public internet, also where IPv6 wraps IPv4. */
export function isPrivate(address: string): boolean {
  return privateAddresses.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
}

async function tunnel(rules: readonly Rule[], asked: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
  socket.on('error', () => socket.destroy())
  const match = /^(\[[^\]]+\]|[^:]+):(\d{1,5})$/.exec(asked.url ?? '')
  try {
    if (!match) throw new Refused('CONNECT needs host:port')
    const port = Number(match[2])
    const address = await admit(rules, match[1] as string, port)
    const remote = await dial(address, port)
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
    if (head.length > 0) remote.write(head)
    meter(socket, remote)
  } catch (error) {
    const [status, why] =
      error instanceof Refused ? ['403 Forbidden', error.message] : ['502 Bad Gateway', reasonOf(error)]
    socket.end(`HTTP/1.1 ${status}\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\ncupel: ${why}\n`)
  }
}

async function forward(rules: readonly Rule[], asked: IncomingMessage, reply: ServerResponse): Promise<void> {
  const refuse = (status: number, why: string) => {
    reply.writeHead(status, { 'content-type': 'text/plain', connection: 'close' }).end(`cupel: ${why}\n`)
  }
  try {
    const url = URL.canParse(asked.url ?? '') ? new URL(asked.url ?? '') : null
    if (url?.protocol !== 'http:') throw new Refused('ask for http://… as of a proxy')
    const port = Number(url.port || 80)
    const address = await admit(rules, url.hostname, port)
    const headers = { ...asked.headers, host: url.host, connection: 'close' }
    for (const name of ['proxy-connection', 'proxy-authorization', 'upgrade'])
      delete (headers as Record<string, unknown>)[name]
    const { method } = asked
    const onward = request({
      host: address,
      port,
      method,
      path: `${url.pathname}${url.search}`,
      headers,
      timeout: idleMs,
    })
    onward.on('response', (got) => {
      reply.writeHead(got.statusCode ?? 502, got.headers)
      count(got, () => reply.destroy())
      got.pipe(reply)
    })
    onward.on('timeout', () => onward.destroy(new Error('no answer')))
    onward.on('error', (error) => (reply.headersSent ? reply.destroy() : refuse(502, reasonOf(error))))
    reply.on('close', () => onward.destroy())
    count(asked, () => onward.destroy())
    asked.pipe(onward)
  } catch (error) {
    refuse(error instanceof Refused ? 403 : 502, reasonOf(error))
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function dial(host: string, port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, timeout: 30_000 })
    socket.once('error', reject)
    socket.once('timeout', () => socket.destroy(new Error('no answer')))
    socket.once('connect', () => {
      socket.off('error', reject)
      resolve(socket)
    })
  })
}

/** Joins two streams until one ends, is idle, or has had its share. */
function meter(one: Duplex, other: Socket): void {
  const end = () => {
    one.destroy()
    other.destroy()
  }
  other.removeAllListeners('timeout')
  other.setTimeout(idleMs, end)
  for (const stream of [one, other]) {
    stream.on('error', end)
    stream.on('close', end)
  }
  const share = { bytes: 0 }
  count(one, end, share)
  count(other, end, share)
  one.pipe(other)
  other.pipe(one)
}

function count(stream: NodeJS.ReadableStream, end: () => void, share = { bytes: 0 }): void {
  stream.on('data', (part: Buffer) => {
    share.bytes += part.length
    if (share.bytes > maxBytes) end()
  })
}
