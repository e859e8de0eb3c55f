/**
 * Servers and the jobs that wait for them. Jobs that need something held (a suite, a program) go to the server that holds
 * it; a few are sent ahead so that a server never waits for Cupel; a lost server is replaced and its jobs are tried once
 * more; a job that the wall clock ended while it waited for a processor runs again alone.
 */
import type { Limits } from '../../../kernel/index.js'
import { type Frame, type Reply, endedBy } from './protocol.js'
import { Server, type ServerCommand, ServerLost } from './server.js'
import { Turns } from './turns.js'

/** Jobs with a server at once: one running, the others waiting in the pipe. */
const ahead = 3
/** A server is replaced after this many jobs: its memory layout and hash seed are shared by all of them. */
const recycleAfter = 20_000

export interface PoolJob {
  readonly frame: Frame
  /** What a server must hold to do it (a suite, a program with many inputs), and its identity. */
  readonly held?: { readonly key: string; readonly frame: Frame }
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
  /** Waiting tasks by the key of what they need held; '' for nothing. */
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
    if (this.#unfit) return Promise.reject(new Unfit())
    return new Promise((resolve, reject) => {
      this.#enqueue({ ...job, tries: 0, alone: false, resolve, reject })
      this.#dispatch()
    })
  }

  async close(): Promise<void> {
    this.#closed = true
    for (const queue of this.#queues.values()) for (const task of queue) task.reject(closed())
    this.#queues.clear()
    await Promise.all(this.#servers.splice(0).map((server) => server.close()))
  }

  #enqueue(task: Task): void {
    const key = task.held?.key ?? ''
    const queue = this.#queues.get(key)
    if (queue) queue.push(task)
    else this.#queues.set(key, [task])
  }

  #dispatch(): void {
    while (!this.#closed && this.#turns.open) {
      const server = this.#freeServer()
      const task = server && this.#next(server)
      if (!task) return
      void this.#turns.share(() => this.#perform(server, task))
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
    if (!fit && !this.#closed) this.#giveUp()
    return fit
  }

  /** One that fails its check is no accident: others would fail it too. */
  #giveUp(): void {
    this.#unfit = true
    for (const queue of this.#queues.values()) for (const task of queue) task.reject(new Unfit())
    this.#queues.clear()
    for (const server of this.#servers.splice(0)) void server.close()
  }

  /** The least busy server with room in its pipe; servers are started only when jobs need them. */
  #freeServer(): Server | null {
    for (let i = this.#servers.length - 1; i >= 0; i--) {
      const server = this.#servers[i] as Server
      const worn = (this.#jobsOf.get(server) ?? 0) >= recycleAfter && server.busy === 0
      if (!server.alive || worn) {
        this.#servers.splice(i, 1)
        if (server.alive) void server.close()
      }
    }
    let best: Server | null = null
    for (const server of this.#servers) if (!best || server.busy < best.busy) best = server
    if ((!best || best.busy > 0) && this.#servers.length < this.#size && this.#queues.size > 0) return this.#start()
    return best && best.busy < ahead ? best : null
  }

  /** Prefers what the server holds, then what no server holds, then the longest queue. */
  #next(server: Server): Task | null {
    const held = new Set(this.#servers.filter((other) => other !== server).map((other) => other.holds))
    let best: string | null = null
    let bestRank = -1
    for (const [key, queue] of this.#queues) {
      const rank = key !== '' && key === server.holds ? Infinity : (held.has(key) ? 0 : 1e9) + queue.length
      if (rank > bestRank) [best, bestRank] = [key, rank]
    }
    if (best === null) return null
    const queue = this.#queues.get(best) as Task[]
    const task = queue.shift() as Task
    if (queue.length === 0) this.#queues.delete(best)
    return task
  }

  async #perform(server: Server, task: Task): Promise<void> {
    this.#jobsOf.set(server, (this.#jobsOf.get(server) ?? 0) + 1)
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
      await this.#fit.get(server)
      if (this.#unfit) task.reject(new Unfit())
      else if (error instanceof ServerLost && task.tries++ === 0 && !this.#closed) this.#enqueue(task)
      else task.reject(this.#closed ? closed() : (error as Error))
    }
  }

  #settle(task: Task, reply: Reply): void {
    if (hasStarved(reply, task.frame.limits) && !task.alone) {
      task.alone = true
      this.#turns.alone(async () => {
        this.#freeServer() // what has died is replaced
        if (this.#closed) task.reject(closed())
        else await this.#perform(this.#servers[0] ?? this.#start(), task)
      })
    } else if ((reply.endedBy === endedBy.examinerDied || reply.endedBy === endedBy.notStarted) && task.tries++ === 0) {
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
