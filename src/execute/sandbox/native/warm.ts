/**
 * Interpreters that are kept warm beside Python: started once, and forked for each program. What a program prints and how
 * it ends is the same as with an interpreter of its own; so wherever that is in doubt (a server fails its check, an
 * environment variable that the interpreter reads when it starts) it gets its own.
 */
import { fileURLToPath } from 'node:url'
import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { limitsFrom } from '../../../kernel/index.js'
import { type Check, Pool } from './pool.js'
import { type Frame, type Reply, endedBy, flag, jobType, strings } from './protocol.js'

const here = dirname(fileURLToPath(import.meta.url))

/** Commands of which warm interpreters are kept: one for each memory limit, as a rule there is but one. */
const keptCommands = 4
/** Below this the threads of an interpreter do not fit, and it fails in its own way. */
const fewProcesses = 24

export interface WarmProgram {
  /** The words that start the interpreter, before the name of the program. */
  readonly command: readonly string[]
  readonly entry: string
  /** Set by the program's owner, beside the clean environment. */
  readonly variables: readonly string[]
  readonly processes: number
}

interface Kept {
  asked: number
  /** Programs that run with an interpreter of their own meanwhile. */
  cold: number
  pool: Pool | null
  ready: boolean
}

/** What node reads from its environment when it starts, or its libraries do. */
const readAtStart = /^(NODE_|UV_|LD_|LC_|LANG$|LANGUAGE$|TZ$|TZDIR$|ICU_|OPENSSL_|SSL_|MALLOC_|GLIBC_|SSLKEYLOGFILE$)/

export class WarmNode {
  readonly #warden: string
  readonly #folder: string
  readonly #binds: readonly string[]
  readonly #workers: number
  readonly #kept = new Map<string, Kept>()

  /** `folder` is where the warden was built, `binds` are arguments of the warden that show it node. */
  constructor(warden: string, folder: string, binds: readonly string[], workers: number) {
    this.#warden = warden
    this.#folder = folder
    this.#binds = binds
    this.#workers = workers
  }

  /**
   * Runs `warm` on a pool of forks of that very command, or `cold` where there is none, none yet, or it proved unfit.
   * A single program is not worth a warm interpreter, and few at a time do not wait for one.
   */
  async run(program: WarmProgram, warm: (pool: Pool) => Promise<Reply>, cold: () => Promise<Reply>): Promise<Reply> {
    const kept = this.#suits(program) ? this.#keptFor(program.command) : null
    if (!kept) return cold()
    kept.asked++
    if (kept.asked > 1) this.#start(kept, program.command)
    if (kept.pool && (kept.ready || kept.cold >= this.#workers)) {
      try {
        return await warm(kept.pool)
      } catch (error) {
        if (!(error instanceof Unfit)) throw error
      }
    }
    kept.cold++
    try {
      return await cold()
    } finally {
      kept.cold--
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#kept.values()].map(({ pool }) => pool?.close()))
  }
}
