/**
 * Servers and the jobs that wait for them. Jobs of one suite go to the server that holds it; a few are sent ahead so
 * that a server never waits for Cupel; a lost server is replaced and its jobs are tried once more.
 *
 * A server serves one tenant: what its processes share (memory layout, hash seed) is never shared between tenants. A
 * tenant that has no server gets one, if need be in the place of another's, which is ended first.
 */
import { type Frame, type Reply, endedBy } from './protocol.js'
import { Server, type ServerCommand, ServerLost } from './server.js'

/** Jobs with a server at once: one running, the others waiting in the pipe. */
const ahead = 3
/** A server is replaced after this many jobs: its memory layout and hash seed are shared by all of them. */
const recycleAfter = 20_000
/** To end one tenant's server for another costs as much as this many jobs. */
const turn = 50

export interface PoolJob {
  readonly frame: Frame
  /** The suite the job needs, and its identity. */
  readonly suite?: { readonly key: string; readonly frame: Frame }
  readonly tenant?: string | undefined
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
  /** Waiting tasks of one tenant and suite. The first tenant is the one that was given a server least recently. */
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
    const key = `${tenantOf(task)}\0${suiteOf(task)}`
    const queue = this.#queues.get(key)
    if (queue) queue.push(task)
    else this.#queues.set(key, [task])
  }

  #dispatch(): void {
    if (this.#closed || this.#runningAlone) return
    this.#removeWorn()
    for (let next = this.#match(); next; next = this.#match()) void this.#perform(...next)
    if (this.#alone.length > 0 && this.#servers.every((server) => server.busy === 0)) {
      this.#runningAlone = true
      const task = this.#alone.shift() as Task
      const server = this.#servers.find((one) => one.tenant === tenantOf(task)) ?? this.#replace()
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

  #end(server: Server): void {
    this.#servers.splice(this.#servers.indexOf(server), 1)
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
      if (!server.alive || worn) this.#end(server)
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
   * Of the server's tenant: prefers the suite the server holds, then a suite no server holds, then the longest queue.
   * A fresh server takes a tenant that has none, if there is one, and a server that has done enough makes room for it.
   */
  #next(server: Server): Task | null {
    const orphan = this.#orphan()
    if (orphan && server.tenant === null) this.#give(server, tenantOf(orphan))
    else if (orphan && (this.#jobsOf.get(server) ?? 0) >= turn) return null
    const held = new Set(this.#servers.filter((other) => other !== server).map((other) => other.suite))
    let best: string | null = null
    let bestRank = -1
    for (const [key, queue] of this.#queues) {
      const task = queue[0] as Task
      if (server.tenant !== null && tenantOf(task) !== server.tenant) continue
      const suite = suiteOf(task)
      const rank = suite !== '' && suite === server.suite ? Infinity : (held.has(suite) ? 0 : 1e9) + queue.length
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
    server.tenant = tenantOf(task)
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
    } else if ((reply.endedBy === endedBy.examinerDied || reply.endedBy === endedBy.notStarted) && task.tries++ === 0) {
      this.#enqueue(task)
    } else {
      task.resolve(reply)
    }
  }
}

function tenantOf(task: PoolJob): string {
  return task.tenant ?? ''
}

function suiteOf(task: PoolJob): string {
  return task.suite?.key ?? ''
}
