/**
 * Servers and the jobs that wait for them. Jobs of one suite go to the server that holds it; a few are sent ahead so
 * that a server never waits for Cupel; a lost server is replaced and its jobs are tried once more.
 */
import { type Frame, type Reply, endedBy } from './protocol.js'
import { Server, type ServerCommand, ServerLost } from './server.js'

/** Jobs with a server at once: one running, the others waiting in the pipe. */
const ahead = 3
/** A server is replaced after this many jobs: its memory layout and hash seed are shared by all of them. */
const recycleAfter = 20_000
const worthAnotherTry: readonly number[] = [endedBy.examinerDied, endedBy.notStarted, endedBy.machineOutOfMemory]

export interface PoolJob {
  readonly frame: Frame
  /** The suite the job needs, and its identity. */
  readonly suite?: { readonly key: string; readonly frame: Frame }
}

interface Task extends PoolJob {
  tries: number
  alone: boolean
  resolve(reply: Reply): void
  reject(error: Error): void
}

export class Pool {
  readonly #command: ServerCommand
  readonly #size: number
  readonly #servers: Server[] = []
  readonly #jobsOf = new WeakMap<Server, number>()
  /** Waiting tasks by suite key; '' for jobs without one. */
  readonly #queues = new Map<string, Task[]>()
  /** Timed out on the wall clock although they used little CPU: run again with nothing beside them. */
  readonly #alone: Task[] = []
  #runningAlone = false
  #closed = false

  constructor(command: ServerCommand, size: number) {
    this.#command = command
    this.#size = size
  }

  run(job: PoolJob): Promise<Reply> {
    if (this.#closed) return Promise.reject(new Error('the sandbox is closed'))
    return new Promise((resolve, reject) => {
      this.#enqueue({ ...job, tries: 0, alone: false, resolve, reject })
      this.#dispatch()
    })
  }

  async close(): Promise<void> {
    this.#closed = true
    await Promise.all(this.#servers.splice(0).map((server) => server.close()))
  }

  #enqueue(task: Task): void {
    const key = task.suite?.key ?? ''
    const queue = this.#queues.get(key)
    if (queue) queue.push(task)
    else this.#queues.set(key, [task])
  }

  #dispatch(): void {
    if (this.#closed || this.#runningAlone) return
    for (;;) {
      const server = this.#freeServer()
      if (!server) return
      const task = this.#next(server)
      if (!task) break
      void this.#perform(server, task)
    }
    if (this.#alone.length > 0 && this.#servers.every((server) => server.busy === 0)) {
      this.#runningAlone = true
      const task = this.#alone.shift() as Task
      const server = this.#servers[0] ?? this.#start()
      void this.#perform(server, task).finally(() => {
        this.#runningAlone = false
        this.#dispatch()
      })
    }
  }

  #start(): Server {
    const server = new Server(this.#command)
    this.#servers.push(server)
    return server
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

  /** Prefers the suite the server holds, then a suite no server holds, then the longest queue. */
  #next(server: Server): Task | null {
    const held = new Set(this.#servers.filter((other) => other !== server).map((other) => other.suite))
    let best: string | null = null
    let bestRank = -1
    for (const [key, queue] of this.#queues) {
      const rank = key !== '' && key === server.suite ? Infinity : (held.has(key) ? 0 : 1e9) + queue.length
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
      if (task.suite && server.suite !== task.suite.key) {
        server.tell(task.suite.frame)
        server.suite = task.suite.key
      }
      const reply = await server.job(task.frame)
      this.#settle(task, reply)
    } catch (error) {
      if (error instanceof ServerLost && task.tries++ === 0 && !this.#closed) this.#enqueue(task)
      else task.reject(error as Error)
    }
    this.#dispatch()
  }

  #settle(task: Task, reply: Reply): void {
    const starved = reply.endedBy === endedBy.wall && reply.cpuMs > 0.1 * task.frame.limits.cpuSeconds * 1000
    if (starved && !task.alone && this.#size > 1) {
      task.alone = true
      this.#alone.push(task)
    } else if (worthAnotherTry.includes(reply.endedBy) && task.tries++ === 0) {
      this.#enqueue(task)
    } else {
      task.resolve(reply)
    }
  }
}
