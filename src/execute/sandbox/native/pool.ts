/**
 * Servers and the jobs that wait for them. Jobs that need something held (a suite, a program) go to the server that holds
 * it; a few are sent ahead so that a server never waits for Cupel; a lost server is replaced and its jobs are tried once
 * more; a job that the wall clock ended while it waited for a processor runs again alone. A job that is given up while it
 * runs takes its server with it, since nothing else ends it before its limits do.
 *
 * A server serves one tenant: what its processes share (memory layout, hash seed) is never shared between tenants. A
 * tenant that has no server gets one, if need be in the place of another's, which is ended first.
 */
import type { Limits } from '../../../kernel/index.js'
import { type Frame, type Reply, endedBy } from './protocol.js'
import { Server, type ServerCommand, ServerLost } from './server.js'
import { Turns } from './turns.js'

/** Jobs with a server at once: one running, the others waiting in the pipe. */
const ahead = 3
/** Jobs in a row that a server does of what it holds while others wait. */
const inARow = 200
/** A server is replaced after this many jobs: its memory layout and hash seed are shared by all of them. */
const recycleAfter = 20_000
/** What is no program's doing is done once more. */
const worthAnotherTry: readonly number[] = [endedBy.examinerDied, endedBy.notStarted, endedBy.machineOutOfMemory]
/** To end one tenant's server for another costs as much as this many jobs. */
const turn = 50

export interface PoolJob {
  readonly frame: Frame
  /** What a server must hold to do it (a suite, a program with many inputs), and its identity. */
  readonly held?: { readonly key: string; readonly frame: Frame }
  readonly tenant?: string | undefined
  /** Gives the job up when it aborts. */
  readonly signal?: AbortSignal | undefined
}

/** Jobs that each server must do first, and what their replies must be: only then is it what it claims to be. */
export interface Check {
  readonly frames: readonly Frame[]
  passes(replies: readonly Reply[]): boolean
}

/** A server failed its check: the job was not done, or not by what it was meant for. */
export class Unfit extends Error {}

interface Task extends PoolJob {
  tries: number
  alone: boolean
  /** Where it runs, or waits in the pipe. */
  server: Server | null
  resolve(reply: Reply): void
  reject(error: Error): void
}

export class Pool {
  readonly #command: ServerCommand
  readonly #size: number
  readonly #check: Check | null
  readonly #fit = new WeakMap<Server, Promise<boolean>>()
  readonly #servers: Server[] = []
  readonly #jobsOf = new WeakMap<Server, number>()
  /** Ended for the sake of a job that was given up: the others there did nothing. */
  readonly #stopped = new WeakSet<Server>()
  /** Waiting tasks of one tenant and what they need held. The first tenant is the one given a server least recently. */
  readonly #queues = new Map<string, Task[]>()
  readonly #turns: Turns
  #closed = false
  #unfit = false

  constructor(command: ServerCommand, size: number, turns = new Turns(), check: Check | null = null) {
    this.#command = command
    this.#size = size
    this.#turns = turns
    this.#check = check
    turns.join(() => this.#dispatch())
  }

  /** Starts a server before there is a job for it. Resolves to whether it passed its check. */
  async prepare(): Promise<boolean> {
    if (this.#unfit) return false
    await this.#fit.get(this.#servers[0] ?? this.#start())
    return !this.#unfit
  }

  run(job: PoolJob): Promise<Reply> {
    if (this.#closed) return Promise.reject(closed())
    if (job.signal?.aborted) return Promise.reject(job.signal.reason)
    if (this.#unfit) return Promise.reject(new Unfit())
    let giveUp = () => {}
    const reply = new Promise<Reply>((resolve, reject) => {
      const task: Task = { ...job, tries: 0, alone: false, server: null, resolve, reject }
      giveUp = () => this.#giveUp(task)
      job.signal?.addEventListener('abort', giveUp)
      this.#enqueue(task)
      this.#dispatch()
    })
    return reply.finally(() => job.signal?.removeEventListener('abort', giveUp))
  }

  #giveUp(task: Task): void {
    task.reject(task.signal?.reason)
    for (const [key, queue] of this.#queues) {
      const at = queue.indexOf(task)
      if (at >= 0) queue.splice(at, 1)
      if (queue.length === 0) this.#queues.delete(key)
    }
    if (!task.server || this.#stopped.has(task.server)) return
    this.#stopped.add(task.server)
    void task.server.close()
  }

  async close(): Promise<void> {
    this.#closed = true
    for (const queue of this.#queues.values()) for (const task of queue) task.reject(closed())
    this.#queues.clear()
    await Promise.all(this.#servers.splice(0).map((server) => server.close()))
  }

  #enqueue(task: Task): void {
    const key = `${tenantOf(task)}\0${heldOf(task)}`
    const queue = this.#queues.get(key)
    if (queue) queue.push(task)
    else this.#queues.set(key, [task])
  }

  #dispatch(): void {
    this.#removeWorn()
    while (!this.#closed && this.#turns.open) {
      const next = this.#match()
      if (!next) return
      void this.#turns.share(() => this.#perform(...next))
    }
  }

  #start(): Server {
    const server = new Server(this.#command)
    this.#servers.push(server)
    const check = this.#check
    if (check) this.#fit.set(server, this.#passes(server, check))
    return server
  }

  async #passes(server: Server, check: Check): Promise<boolean> {
    const replies = await Promise.all(check.frames.map((frame) => server.job(frame))).catch(() => null)
    const fit = replies !== null && check.passes(replies)
    // One that was ended for the sake of a job that was given up shows nothing.
    if (!fit && !this.#closed && !this.#stopped.has(server)) this.#refuse()
    return fit
  }

  /** One that fails its check is no accident: others would fail it too. */
  #refuse(): void {
    this.#unfit = true
    for (const queue of this.#queues.values()) for (const task of queue) task.reject(new Unfit())
    this.#queues.clear()
    for (const server of this.#servers.splice(0)) void server.close()
  }

  #end(server: Server): void {
    const at = this.#servers.indexOf(server)
    if (at >= 0) this.#servers.splice(at, 1)
    if (server.alive) void server.close()
  }

  /** A fresh server, in the place of an idle one if there are enough. */
  #replace(): Server {
    const idle = this.#servers.find((server) => server.busy === 0)
    if (idle && this.#servers.length >= this.#size) this.#end(idle)
    return this.#start()
  }

  #removeWorn(): void {
    for (const server of [...this.#servers]) {
      const worn = (this.#jobsOf.get(server) ?? 0) >= recycleAfter && server.busy === 0
      if (!server.alive || this.#stopped.has(server) || worn) this.#end(server)
    }
  }

  /** The least busy server with room in its pipe, and what it should do; servers are started only when jobs need them. */
  #match(): [Server, Task] | null {
    if (this.#queues.size === 0) return null
    const servers = [...this.#servers].sort((one, other) => one.busy - other.busy)
    if ((servers[0]?.busy ?? 1) > 0 && servers.length < this.#size) servers.unshift(this.#start())
    for (const server of servers) {
      const task = server.busy < ahead ? this.#next(server) : null
      if (task) return [server, task]
    }
    const [idle] = servers
    const waiting = this.#orphan() ?? [...this.#queues.values()].find((queue) => queue.length >= turn)?.[0]
    if (!idle || idle.busy > 0 || !waiting) return null
    const server = this.#replace()
    this.#give(server, tenantOf(waiting))
    return [server, this.#next(server) as Task]
  }

  /** The tenant goes to the end of those that wait. */
  #give(server: Server, tenant: string): void {
    server.tenant = tenant
    for (const [key, queue] of [...this.#queues]) {
      if (tenantOf(queue[0] as Task) !== tenant) continue
      this.#queues.delete(key)
      this.#queues.set(key, queue)
    }
  }

  /** The first of the tasks whose tenant has no server. */
  #orphan(): Task | undefined {
    for (const [task] of this.#queues.values())
      if (task && !this.#servers.some((server) => server.tenant === tenantOf(task))) return task
    return undefined
  }

  /**
   * Of the server's tenant: prefers what the server holds, for a while, then what no server holds, then the longest queue.
   * A fresh server takes a tenant that has none, if there is one, and a server that has done enough makes room for it.
   */
  #next(server: Server): Task | null {
    const orphan = this.#orphan()
    if (orphan && server.tenant === null) this.#give(server, tenantOf(orphan))
    else if (orphan && (this.#jobsOf.get(server) ?? 0) >= turn) return null
    const held = new Set(this.#servers.filter((other) => other !== server).map((other) => other.holds))
    let best: string | null = null
    let bestRank = -1
    for (const [name, queue] of this.#queues) {
      const task = queue[0] as Task
      if (server.tenant !== null && tenantOf(task) !== server.tenant) continue
      const key = heldOf(task)
      const own = key !== '' && key === server.holds
      const rank = own ? (server.row < inARow ? Infinity : 0) : (held.has(key) ? 1 : 1e9) + queue.length
      if (rank > bestRank) [best, bestRank] = [name, rank]
    }
    if (best === null) return null
    const queue = this.#queues.get(best) as Task[]
    const task = queue.shift() as Task
    if (queue.length === 0) this.#queues.delete(best)
    return task
  }

  async #perform(server: Server, task: Task): Promise<void> {
    this.#jobsOf.set(server, (this.#jobsOf.get(server) ?? 0) + 1)
    server.tenant = tenantOf(task)
    task.server = server
    if (task.held) server.row = task.held.key === server.holds ? server.row + 1 : 0
    else server.row = Math.max(0, server.row - 4)
    try {
      if (task.held && server.holds !== task.held.key) {
        server.tell(task.held.frame)
        server.holds = task.held.key
      }
      const reply = await server.job(task.frame)
      await this.#fit.get(server)
      if (this.#unfit) throw new Unfit()
      this.#settle(task, reply)
    } catch (error) {
      task.server = null
      await this.#fit.get(server)
      const again = error instanceof ServerLost && (this.#stopped.has(server) || task.tries++ === 0)
      if (task.signal?.aborted) task.reject(task.signal.reason)
      else if (this.#unfit) task.reject(new Unfit())
      else if (again && !this.#closed) this.#enqueue(task)
      else task.reject(this.#closed ? closed() : (error as Error))
    }
  }

  #settle(task: Task, reply: Reply): void {
    task.server = null
    if (task.signal?.aborted) return
    if (hasStarved(reply, task.frame.limits) && !task.alone) {
      task.alone = true
      this.#turns.alone(async () => {
        this.#removeWorn()
        const server = this.#servers.find((one) => one.tenant === tenantOf(task))
        if (this.#closed) task.reject(closed())
        else if (!task.signal?.aborted) await this.#perform(server ?? this.#replace(), task)
      })
    } else if (worthAnotherTry.includes(reply.endedBy) && task.tries++ === 0) {
      this.#enqueue(task)
    } else {
      task.resolve(reply)
    }
  }
}

/**
 * It waited for a processor for a good part of the time that the wall clock gave it. One that sleeps does not wait, and
 * would only sleep again. Where the kernel does not say who waited, whoever used his share of the CPU may have.
 */
function hasStarved({ endedBy: by, waitedMs, wallMs, cpuMs }: Reply, { cpuSeconds }: Limits): boolean {
  if (by !== endedBy.wall) return false
  return waitedMs === null ? cpuMs > 0.1 * cpuSeconds * 1000 : waitedMs > 0.1 * wallMs
}

function closed(): Error {
  return new Error('the sandbox is closed')
}

function tenantOf(task: PoolJob): string {
  return task.tenant ?? ''
}

function heldOf(task: PoolJob): string {
  return task.held?.key ?? ''
}
