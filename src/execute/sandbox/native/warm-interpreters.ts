/**
 * Pools of warm interpreters, and which programs go there. A single program is not worth one, and few at a time do not
 * wait for one; servers that fail their check are given up, and each program starts its own interpreter.
 */
import { Pool, Unfit } from './pool.js'
import type { Reply } from './protocol.js'
import type { Turns } from './turns.js'
import { type Surroundings, type WarmProgram, type WarmServers, warmServersFor } from './warm-kinds.js'

/** Kinds of servers at once: one for each interpreter, as a rule, and another for each memory limit in use. */
const most = 8
/** Kinds of programs that are remembered. */
const remembered = 64

interface Kept {
  /** Programs that could have used it so far. */
  asked: number
  /** Programs that run with an interpreter of their own, and on the pool, now. */
  cold: number
  warm: number
  pool: Pool | null
  fit: boolean
  closing: boolean
}

export class WarmInterpreters {
  readonly #around: Surroundings
  readonly #size: number
  readonly #turns: Turns
  /** What was used last is last. */
  readonly #kept = new Map<string, Kept>()

  constructor(around: Surroundings, size: number, turns: Turns) {
    this.#around = around
    this.#size = size
    this.#turns = turns
  }

  /** `warm` runs the program on a pool; `cold` gives it an interpreter of its own. */
  async run(program: WarmProgram, warm: (pool: Pool) => Promise<Reply>, cold: () => Promise<Reply>): Promise<Reply> {
    const servers = warmServersFor(program, this.#around)
    if (!servers) return cold()
    const kept = this.#keptFor(servers)
    // While it is being started, programs wait for it only if they would wait anyway.
    if (kept.pool && (kept.fit || kept.cold >= this.#size)) {
      kept.warm++
      try {
        return await warm(kept.pool)
      } catch (error) {
        if (!(error instanceof Unfit)) throw error
      } finally {
        kept.warm--
        this.#closeIfDone(kept)
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

  #keptFor(servers: WarmServers): Kept {
    const fresh = { asked: 0, cold: 0, warm: 0, pool: null, fit: false, closing: false }
    const kept = this.#kept.get(servers.key) ?? fresh
    this.#kept.delete(servers.key)
    this.#kept.set(servers.key, kept)
    if (++kept.asked === 2) {
      kept.pool = new Pool(servers.command(), this.#size, this.#turns, servers.check())
      void kept.pool.prepare().then((fit) => {
        kept.fit = fit
        if (!fit) kept.pool = null
      })
    }
    this.#forget()
    return kept
  }

  #forget(): void {
    let pools = [...this.#kept.values()].filter(({ pool }) => pool).length
    for (const [key, kept] of this.#kept) {
      if (pools <= most && this.#kept.size <= remembered) return
      if (kept.pool ? pools <= most : this.#kept.size <= remembered) continue
      this.#kept.delete(key)
      if (!kept.pool) continue
      pools--
      kept.closing = true
      this.#closeIfDone(kept)
    }
  }

  #closeIfDone({ pool, warm, closing }: Kept): void {
    if (closing && warm === 0) void pool?.close()
  }
}
