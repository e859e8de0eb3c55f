/**
 * Pools of warm interpreters: the plain one, and one for each set of modules that programs want imported beforehand.
 * Those are made when first asked for; there are only so many, and the one used least recently makes room for a new one
 * when its jobs are done.
 */
import { UsageError, limitsFrom } from '../../../kernel/index.js'
import { Pool, type PoolJob } from './pool.js'
import { type Frame, type Reply, endedBy, flag, jobType, strings } from './protocol.js'
import type { ServerCommand } from './server.js'
import type { Turns } from './turns.js'

const mostPools = 4
/** The exit code of a trial that went well; a module that ends the interpreter gives another. */
const importedAll = 93

interface Kept {
  readonly pool: Pool
  /** What is wrong with its modules, if anything. */
  readonly fault: Promise<string | null>
  /** Jobs that wait for it or run in it. */
  jobs: number
  whenUnused?: () => void
}

export interface WarmPoolsOptions {
  /** Starts a server that has these modules imported. */
  readonly command: (modules: readonly string[]) => ServerCommand
  readonly workers: number
  readonly turns: Turns
}

export class WarmPools {
  readonly #options: WarmPoolsOptions
  readonly #plain: Pool
  /** By their modules, the least recently used first. */
  readonly #pools = new Map<string, Kept>()
  readonly #open = new Set<Pool>()

  constructor(options: WarmPoolsOptions) {
    this.#options = options
    this.#plain = this.#newPool([])
  }

  async run(job: PoolJob, modules: readonly string[] = []): Promise<Reply> {
    if (modules.length === 0) return this.#plain.run(job)
    const names = [...new Set(modules)].sort()
    const key = names.join(' ')
    const kept = this.#pools.get(key) ?? this.#keep(names)
    this.#pools.delete(key)
    this.#pools.set(key, kept)
    kept.jobs++
    try {
      const fault = await kept.fault
      if (fault === null) return await kept.pool.run(job)
      if (this.#pools.get(key) === kept) this.#pools.delete(key)
      throw new UsageError(`${names.join(', ')} cannot be imported beforehand: ${fault}`)
    } finally {
      kept.jobs--
      if (kept.jobs === 0) kept.whenUnused?.()
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#open].map((pool) => pool.close()))
  }

  #newPool(modules: readonly string[]): Pool {
    const pool = new Pool(this.#options.command(modules), this.#options.workers, this.#options.turns)
    this.#open.add(pool)
    return pool
  }

  #keep(names: readonly string[]): Kept {
    const room = this.#makeRoom()
    return { pool: this.#newPool(names), fault: room.then(() => this.#fault(names)), jobs: 0 }
  }

  async #makeRoom(): Promise<void> {
    const [oldest] = this.#pools
    if (!oldest || this.#pools.size < mostPools) return
    const [key, kept] = oldest
    this.#pools.delete(key)
    if (kept.jobs > 0)
      await new Promise<void>((resolve) => {
        kept.whenUnused = resolve
      })
    this.#open.delete(kept.pool)
    await kept.pool.close()
  }

  /** Imports them in a sandbox: what a module does when it is imported is done there first. */
  async #fault(names: readonly string[]): Promise<string | null> {
    const wrong = names.find((name) => !/^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/.test(name))
    if (wrong !== undefined) return `«${wrong}» is not the name of a module`
    const reply = await this.#plain.run({ frame: trial(names) })
    if (reply.endedBy === endedBy.itself && reply.exitCode === importedAll) return null
    if (reply.exitCode === 0) return 'it ends the interpreter'
    const lines = reply.stderr.toString('utf8').trim().split('\n')
    return lines.at(-1) || 'the import did not come to an end'
  }
}

/** A program that imports modules as the warm interpreter would, and says why that is not possible. */
function trial(modules: readonly string[]): Frame {
  const text = `import os, sys
names, sys.argv = sys.argv[1:], [""]
for name in names:
    __import__(name)
if len(os.listdir("/proc/self/task")) > 1:
    sys.exit("it starts threads, which do not live on in copies of an interpreter")
os._exit(${importedAll})`
  const none = Buffer.alloc(0)
  const blobs = [strings(['import.py', ...modules]), none, none, none, Buffer.from('import.py'), Buffer.from(text)]
  return { type: jobType.run, flags: flag.warm, limits: limitsFrom({ cpuSeconds: 60, memoryMb: 4096 }), blobs }
}
