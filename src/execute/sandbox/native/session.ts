/** Sessions at the native level: one server process holds a session and all its branches. */
import { z } from 'zod'
import {
  CupelError,
  type Isolation,
  type Limits,
  NotFoundError,
  UsageError,
  limitsFrom,
} from '../../../kernel/index.js'
import type { Cell, Session, SessionFile, SessionOptions } from '../session.js'
import { parseJson } from './examination.js'
import { limitMet, memoryMessage, signalName } from './outcome.js'
import { type Reply, endedBy, flag, jobType, strings } from './protocol.js'
import type { ServerCommand } from './server.js'
import { SessionServer } from './session-server.js'

/** What a driver may answer. It shares a process with the cells: everything is optional and only shown. */
const answerSchema = z.object({
  results: z.array(z.record(z.string(), z.unknown())).catch([]),
  error: z
    .object({
      type: z.string().catch('Error'),
      message: z.string().catch(''),
      line: z.number().optional().catch(undefined),
      traceback: z.string().optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
  interrupted: z.boolean().catch(false),
  refused: z.boolean().catch(false),
  complete: z.enum(['complete', 'incomplete', 'invalid']).catch('complete'),
})

export interface SessionCommand {
  readonly server: ServerCommand
  readonly argv: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly warm: boolean
  /** Whether the process can be copied while it lives. */
  readonly branches: boolean
  readonly reservesAddressSpace: boolean
}

export async function openSession(
  command: SessionCommand,
  options: SessionOptions,
  isolation: Isolation,
  servers: Set<SessionServer>,
): Promise<Session> {
  const server = new SessionServer(command.server)
  servers.add(server)
  const limits = limitsFrom(options.limits)
  const files = Object.entries(options.files ?? {}).flatMap(([name, content]) => [
    Buffer.from(checkedPath(name)),
    Buffer.from(content),
  ])
  const env = strings(Object.entries({ ...command.env, ...options.env }).map(([name, value]) => `${name}=${value}`))
  const none = Buffer.alloc(0)
  const flags =
    (command.warm ? flag.warm : 0) |
    (command.branches ? flag.branching : 0) |
    (command.reservesAddressSpace ? flag.noAddressSpaceLimit : 0)
  try {
    const opening = limitsFrom({ ...limits, cpuSeconds: 30, wallSeconds: 60 })
    const blobs = [strings(command.argv), env, none, none, ...files]
    const { id, reply } = server.request(jobType.open, opening, blobs, flags)
    const opened = await reply
    if (opened.endedBy !== endedBy.itself || opened.report.length === 0)
      throw new CupelError('CUPEL_INTERNAL', `the session could not be started: ${firstLine(opened)}`)
    const tree: Tree = { server, isolation, open: 1, ended: () => servers.delete(server) }
    return new NativeSession(tree, id, command, { ...options, limits })
  } catch (error) {
    servers.delete(server)
    await server.close()
    throw error
  }
}

function firstLine(reply: Reply): string {
  const text = `${reply.report.toString('utf8')}${reply.stderr.toString('utf8')}`.trim()
  return text.split('\n').at(-1) || `its process ended (${signalName(reply.signal) ?? reply.exitCode})`
}

/** A session and its branches live in one server, which ends with the last of them. */
interface Tree {
  readonly server: SessionServer
  readonly isolation: Isolation
  open: number
  ended(): void
}

class NativeSession implements Session {
  readonly language: string
  readonly #tree: Tree
  readonly #command: SessionCommand
  readonly #options: SessionOptions
  readonly #limits: Limits
  readonly #id: Buffer
  #last: Promise<unknown> = Promise.resolve()
  #ended: string | null = null
  #idle: NodeJS.Timeout | undefined

  constructor(tree: Tree, id: number, command: SessionCommand, options: SessionOptions) {
    this.language = options.language
    this.#tree = tree
    this.#command = command
    this.#options = options
    this.#limits = limitsFrom(options.limits)
    this.#id = Buffer.alloc(4)
    this.#id.writeUInt32LE(id)
    this.#rest()
  }

  get isolation(): Isolation {
    return this.#tree.isolation
  }

  get alive(): boolean {
    return this.#ended === null && this.#tree.server.alive
  }

  run(source: string, limits: Partial<Limits> = {}): Promise<Cell> {
    const own = Object.keys(limits).length === 0 ? this.#limits : limitsFrom({ ...this.#options.limits, ...limits })
    return this.#inTurn(async () => this.#cellOf(await this.#turn('cell', source, own), own))
  }

  complete(source: string): Promise<'complete' | 'incomplete' | 'invalid'> {
    return this.#inTurn(async () => {
      const reply = await this.#turn('complete', source, this.#limits)
      if (reply.endedBy !== endedBy.itself || reply.report.length === 0) this.#cellOf(reply, this.#limits)
      return answerSchema.parse(parseJson(reply.report) ?? {}).complete
    })
  }

  fork(count: number): Promise<Session[]> {
    if (!this.#command.branches)
      throw new UsageError(`a ${this.language} session cannot be forked: its interpreter does not survive it`)
    if (!Number.isInteger(count) || count < 1 || count > 1000)
      throw new UsageError(`fork(${count}): give a whole number from 1 to 1000`)
    return this.#inTurn(async () => {
      const branches: Session[] = []
      for (let i = 0; i < count; i++) {
        const { id, reply } = this.#request(jobType.branch)
        const { endedBy: how, report } = await reply
        if (how !== endedBy.itself || !report.toString('utf8').startsWith('{')) {
          await Promise.all(branches.map((branch) => branch.close()))
          throw new CupelError('CUPEL_INTERNAL', `the session could not be forked: ${report.toString('utf8')}`)
        }
        this.#tree.open++
        branches.push(new NativeSession(this.#tree, id, this.#command, this.#options))
      }
      return branches
    })
  }

  async files(): Promise<SessionFile[]> {
    const listed = (await this.#file('l', '.')).toString('utf8')
    return listed
      .split('\0')
      .filter((line) => line !== '')
      .map((line) => ({ path: line.slice(line.indexOf(' ') + 1), bytes: Number.parseInt(line, 10) }))
      .sort((a, b) => (a.path < b.path ? -1 : 1))
  }

  read(path: string): Promise<Uint8Array> {
    return this.#file('r', checkedPath(path))
  }

  async write(path: string, content: string | Uint8Array): Promise<void> {
    await this.#file('w', checkedPath(path), Buffer.from(content))
  }

  async remove(path: string): Promise<void> {
    await this.#file('d', checkedPath(path))
  }

  async interrupt(): Promise<void> {
    if (this.alive) await this.#request(jobType.interrupt).reply
  }

  async close(): Promise<void> {
    await this.#end('it was closed')
  }

  // ── turns ──

  #request(type: (typeof jobType)[keyof typeof jobType], limits = this.#limits, blobs: readonly Buffer[] = []) {
    return this.#tree.server.request(type, limits, [this.#id, ...blobs])
  }

  #turn(verb: 'cell' | 'complete', source: string, limits: Limits): Promise<Reply> {
    return this.#request(jobType.turn, limits, [Buffer.from(`${verb}\n${source}`)]).reply
  }

  /** One thing after the other; the session rests, and may expire, only when nothing waits. */
  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const before = this.#last
    const now = (async () => {
      await before
      this.#checkOpen()
      clearTimeout(this.#idle)
      try {
        return await work()
      } finally {
        this.#rest()
      }
    })()
    this.#last = now.catch(() => {})
    return now
  }

  #checkOpen(): void {
    if (this.#ended !== null) throw new UsageError(`the session is over: ${this.#ended}. Open a new one`)
  }

  #rest(): void {
    clearTimeout(this.#idle)
    if (this.#ended !== null) return
    const seconds = this.#options.idleSeconds ?? 600
    this.#idle = setTimeout(
      () => void this.#end(`nobody used it for ${seconds} s`),
      Math.min(seconds * 1000, 2 ** 31 - 1),
    )
    this.#idle.unref()
  }

  async #end(why: string): Promise<void> {
    if (this.#ended !== null) return
    this.#ended = why
    clearTimeout(this.#idle)
    this.#tree.open--
    if (this.#tree.open === 0) {
      this.#tree.ended()
      await this.#tree.server.close()
    } else if (this.#tree.server.alive) await this.#request(jobType.close).reply.catch(() => {})
  }

  /** The process is gone already: only the books are to be closed. */
  #wasEnded(why: string): void {
    void this.#end(why)
  }

  async #file(what: string, path: string, content?: Buffer): Promise<Buffer> {
    this.#checkOpen()
    this.#rest()
    const blobs = [Buffer.from(what), Buffer.from(path), ...(content ? [content] : [])]
    const { report } = await this.#request(jobType.files, this.#limits, blobs).reply
    if (report[0] === 0x3d) return report.subarray(1)
    const why = report.subarray(report[0] === 0x21 ? 1 : 0).toString('utf8')
    throw new NotFoundError(`${path} in the session: ${why.toLowerCase()}`)
  }

  #cellOf(reply: Reply, limits: Limits): Cell {
    const answered = reply.report.length > 0 && reply.endedBy !== endedBy.notStarted
    const answer = answerSchema.parse((answered && parseJson(reply.report)) || {})
    const common = {
      results: answer.results,
      stdout: reply.stdout.toString('utf8'),
      stderr: reply.stderr.toString('utf8'),
      ...(answer.error ? { exception: definedOnly(answer.error) } : {}),
      ended: !answered,
      cpuMs: reply.cpuMs,
      wallMs: reply.wallMs,
      peakBytes: reply.peakBytes,
    }
    const over = overLimit(reply, limits)
    if (!answered) {
      const how =
        signalName(reply.signal) ?? (reply.exitCode >= 0 ? `exit code ${reply.exitCode}` : 'it ended by itself')
      const reason = over?.reason ?? (reply.endedBy === endedBy.protocol ? 'it broke the channel to Cupel' : how)
      this.#wasEnded(`its process is gone (${reason})`)
      const outcome = over?.outcome ?? (reply.exitCode === 0 ? 'ok' : 'runtime-error')
      return { ...common, outcome, reason }
    }
    if (over) return { ...common, ...over }
    if (answer.interrupted) return { ...common, outcome: 'interrupted' }
    if (!answer.error) return { ...common, outcome: 'ok' }
    if (answer.refused) return { ...common, outcome: 'compile-error' }
    const memory = answer.error.type === 'MemoryError' || memoryMessage.test(answer.error.message)
    if (memory) return { ...common, outcome: 'memory-limit', reason: `needs more than ${limits.memoryMb} MB` }
    return { ...common, outcome: 'runtime-error' }
  }
}

function overLimit(reply: Reply, limits: Limits): Pick<Cell, 'outcome' | 'reason'> | null {
  if (reply.endedBy === endedBy.notStarted)
    return { outcome: 'infrastructure', reason: reply.report.toString('utf8') || 'the session could not be reached' }
  return limitMet(reply, limits)
}

function definedOnly<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>
  }
}

function checkedPath(path: string): string {
  const parts = path.split('/')
  if (path.includes('\0') || path.length > 1000 || parts.some((part) => part === '' || part === '.' || part === '..'))
    throw new UsageError(`«${path}» cannot be the name of a file in a session: give a relative path without «..»`)
  return path
}
