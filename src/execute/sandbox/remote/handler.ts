/**
 * The server's side of the protocol (README.md), as a function from a web-standard Request to a Response, for any server.
 *
 * Covers: who may ask (tokens), how much (bodies, limits, requests that wait, sessions), shapes, and that runs end when
 * their client goes. Does not cover: TLS, which client gets how much of the machine, and what a client with a token does
 * within the limits: it may run programs, which is what it came for.
 */
import type { z } from 'zod'
import { type Isolation, type Limits, UsageError, limitsFrom } from '../../../kernel/index.js'
import type { Sandbox } from '../sandbox.js'
import { Admission, ownerOf } from './admission.js'
import { type Held, HeldSessions } from './held-sessions.js'
import type { ServedRequest } from './listener.js'
import { Places } from './places.js'
import { type Log, Refusal, answer, answerLines, failed, json } from './reply.js'
import {
  type Description,
  decodeContent,
  decodeProgram,
  encodeContent,
  examineSchema,
  matrixSchema,
  protocol,
  runSchema,
} from './schema.js'
import {
  cellRequestSchema,
  decodeSessionOptions,
  emptySchema,
  fileRequestSchema,
  forkSchema,
  openSessionSchema,
  sourceSchema,
} from './session-schema.js'

export interface RemoteHandlerOptions {
  /** Who brings none of these is refused. Without any, whoever reaches the server may use it. */
  readonly token?: string | readonly string[]
  /** Default 64 MiB. */
  readonly maxBodyBytes?: number
  /** Who asks for more is refused, since a verdict under other limits would be another verdict. */
  readonly maxLimits?: Partial<Limits>
  /** Requests that wait for their turn; the next one is told to come back. Default 256. */
  readonly maxWaiting?: number
  /** Default 64. */
  readonly maxSessions?: number
  /** Gets the errors whose words are not for clients. */
  readonly log?: Log
}

const generous: Limits = {
  cpuSeconds: 600,
  wallSeconds: 1800,
  memoryMb: 16_384,
  outputBytes: 64 * 1024 * 1024,
  processes: 1024,
  diskMb: 4096,
  files: 1000,
  fileBytes: 64 * 1024 * 1024,
  network: [],
}

/** Given to the sandbox at once, per worker: one runs, the others are ready when it ends. */
const ahead = 3

interface Asked {
  readonly request: ServedRequest
  readonly owner: number
}
type Perform = (asked: Asked) => Promise<Response>

/** What of a sandbox is served. */
export type ServedSandbox = Pick<
  Sandbox,
  'run' | 'examine' | 'matrix' | 'session' | 'languages' | 'sessions' | 'isolationOf' | 'workers'
>

export function remoteHandler(
  sandbox: ServedSandbox,
  options: RemoteHandlerOptions = {},
): (request: ServedRequest) => Promise<Response> {
  const { maxBodyBytes = 64 * 1024 * 1024, maxWaiting = 256, maxSessions = 64, log = () => {} } = options
  const tokens = [options.token ?? []].flat()
  if (tokens.some((token) => token.trim() === '')) throw new UsageError('an empty token would let everybody in')
  const maxLimits = { ...generous, ...options.maxLimits }
  const atOnce = sandbox.workers * ahead
  const admission = new Admission(atOnce + maxWaiting, maxBodyBytes)
  const places = new Places(atOnce)
  const held = new HeldSessions(sandbox, maxSessions)

  /** Clients with different tokens share no tenant, whatever they call theirs. */
  const tenantOf = (owner: number, { tenant = '' }: { tenant?: string }) =>
    tokens.length > 1 ? { tenant: `${owner} ${tenant}` } : {}

  /** Reads the body and answers with what `work` makes of it. */
  const post =
    <S extends z.ZodType>(
      shape: S,
      work: (body: z.infer<S>, signal: AbortSignal, owner: number) => Promise<object>,
    ): Perform =>
    ({ request, owner }) =>
      entered(request, shape, (body, done) => answer({ request, log, done }, (signal) => work(body, signal, owner)))

  const entered = async <S extends z.ZodType>(
    request: ServedRequest,
    shape: S,
    respond: (body: z.infer<S>, done: () => void) => Promise<Response>,
  ): Promise<Response> => {
    const visit = admission.enter()
    try {
      return await respond(await visit.body(request, shape), visit.leave)
    } catch (error) {
      visit.leave()
      throw error
    }
  }

  let description: Promise<object> | null = null
  const routes: Readonly<Record<string, Perform>> = {
    'GET /v1/sandbox': async () => {
      // Probing is slow; a failure is not kept.
      description ??= describe(sandbox, { atOnce, maxBodyBytes, maxLimits }).catch((error: unknown) => {
        description = null
        throw error
      })
      return json({ status: 200, body: await description })
    },
    'POST /v1/run': post(runSchema, async ({ program, limits }, signal, owner) => {
      check(limits, maxLimits)
      const own = decodeProgram({ ...program, ...tenantOf(owner, program) })
      return places.with(() => sandbox.run(own, limits, signal), signal)
    }),
    'POST /v1/examine': post(examineSchema, async (job, signal, owner) => {
      check(job.limits, maxLimits)
      return places.with(() => sandbox.examine({ ...job, ...tenantOf(owner, job) }, signal), signal)
    }),
    'POST /v1/matrix': ({ request, owner }) =>
      entered(request, matrixSchema, (job, done) => {
        check({ ...job.limits, cpuSeconds: Math.max(job.limits.cpuSeconds, job.perTestSeconds) }, maxLimits)
        return answerLines({ request, log, done }, async function* (signal) {
          const release = await places.take(signal)
          try {
            yield* sandbox.matrix({ ...job, ...tenantOf(owner, job) }, signal)
            yield { done: true }
          } finally {
            release()
          }
        })
      }),
    'POST /v1/sessions': post(openSessionSchema, async (body, signal, owner) => {
      const options = decodeSessionOptions(body)
      check(options.limits, maxLimits)
      const { id, session } = await held.open(owner, options, signal)
      return { id, isolation: session.isolation, idleSeconds: options.idleSeconds }
    }),
  }

  const inSession = (one: Held): Readonly<Record<string, Perform>> => ({
    'POST cells': post(cellRequestSchema, async ({ source, limits }, signal) => {
      check(limitsFrom({ ...one.options.limits, ...limits }), maxLimits)
      return one.cell(source, limits, signal)
    }),
    'POST complete': post(sourceSchema, async ({ source }) => ({
      complete: await one.use((session) => session.complete(source)),
    })),
    'POST fork': post(forkSchema, async ({ count }, signal) => ({
      ids: (await held.fork(one, count, signal)).map(({ id }) => id),
    })),
    'POST interrupt': post(emptySchema, async () => {
      await one.use((session) => session.interrupt())
      return {}
    }),
    'POST files': post(fileRequestSchema, (body) => one.use((session) => files(session, body))),
    'DELETE ': async () => {
      await one.session.close()
      return json({ status: 200, body: {} })
    },
  })

  return async (request) => {
    try {
      const owner = ownerOf(request, tokens)
      if (owner === null)
        throw new Refusal(401, 'CUPEL_ISOLATION', 'this server wants a token', { 'www-authenticate': 'Bearer' })
      const pathname = pathOf(request.url)
      const [, id, what = ''] = /^\/v1\/sessions\/([\w-]{1,200})(?:\/(\w+))?$/.exec(pathname) ?? []
      const perform =
        id === undefined
          ? routes[`${request.method} ${pathname}`]
          : inSession(held.find(id, owner))[`${request.method} ${what}`]
      if (!perform) throw new Refusal(404, 'CUPEL_USAGE', 'there is no such route')
      return await perform({ request, owner })
    } catch (error) {
      return json(failed(error, log))
    }
  }
}

/** Of an address, or of what a request line holds; no part of it is resolved. */
function pathOf(url: string): string {
  return url.replace(/^\w+:\/\/[^/]*/, '').replace(/[?#].*$/s, '')
}

async function files(session: Held['session'], body: z.infer<typeof fileRequestSchema>): Promise<object> {
  switch (body.do) {
    case 'list':
      return { files: await session.files() }
    case 'read':
      return { content: encodeContent(await session.read(body.path)) }
    case 'write':
      await session.write(body.path, decodeContent(body.content))
      return {}
    case 'remove':
      await session.remove(body.path)
      return {}
  }
}

function check({ network = [], ...limits }: Limits, { network: allowed = [], ...most }: Limits): void {
  for (const [name, value] of Object.entries(limits) as [keyof typeof most, number][])
    if (value > most[name])
      throw new UsageError(`${name} is ${value}, and this server allows at most ${most[name]}: ask for less`)
  const refused = network.find((host) => !allowed.includes(host))
  if (refused !== undefined) throw new UsageError(`this server lets no program reach ${refused}: ask for less`)
}

async function describe(
  sandbox: ServedSandbox,
  rest: Pick<Description, 'atOnce' | 'maxBodyBytes' | 'maxLimits'>,
): Promise<Description & { protocol: number }> {
  const isolation = (name: string, use: 'run' | 'examine') => sandbox.isolationOf(name, use).catch(() => null)
  const languages: Description['languages'] = []
  for (const { language: name, version } of await sandbox.languages()) {
    const run = await isolation(name, 'run')
    if (version === null || run === null) continue
    const examine = await isolation(name, 'examine')
    languages.push({ name, version, run, examine })
  }
  const ours = languages.find(({ name }) => name === 'python') ?? languages[0]
  const nothing: Isolation = { level: 'wasm', tier: 'nothing runs here', primitives: [] }
  const shown = ours?.examine ?? ours?.run ?? nothing
  return { protocol, isolation: shown, languages, sessions: [...sandbox.sessions], ...rest }
}
