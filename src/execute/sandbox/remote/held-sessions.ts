/** Sessions that the server holds for its clients: bounded in number, known by ids that nobody can guess. */
import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Limits, UsageError } from '../../../kernel/index.js'
import type { Sandbox } from '../sandbox.js'
import type { Cell, Session, SessionOptions } from '../session.js'
import { busy } from './admission.js'
import { Refusal } from './reply.js'

/** Of one session at once. */
const maxWaiting = 32
/** So many sessions that are over are remembered, to say why. */
const remembered = 1000

export class Held {
  waiting = 0
  #last: Promise<unknown> = Promise.resolve()

  constructor(
    readonly id: string,
    readonly owner: number,
    readonly session: Session,
    readonly options: SessionOptions & { readonly limits: Limits },
  ) {}

  /** Every error of a session that is over says so, however it came to be over. */
  async use<T>(work: (session: Session) => Promise<T>): Promise<T> {
    if (this.waiting >= maxWaiting) throw busy()
    this.waiting++
    try {
      return await work(this.session)
    } catch (error) {
      if (this.session.alive || !(error instanceof UsageError)) throw error
      throw new Refusal(400, 'CUPEL_USAGE', error.message, {}, true)
    } finally {
      this.waiting--
    }
  }

  /** A cell that nobody waits for any more does not begin, or is stopped. */
  cell(source: string, limits: Partial<Limits>, signal: AbortSignal): Promise<Cell> {
    return this.use((session) => {
      const now = this.#last.then(async () => {
        signal.throwIfAborted()
        const cell = session.run(source, limits)
        let running = true
        const stop = async () => {
          // An interrupt that comes before the cell has begun is lost.
          for (; running; await sleep(200)) await session.interrupt().catch(() => {})
        }
        signal.addEventListener('abort', stop, { once: true })
        return cell.finally(() => {
          running = false
          signal.removeEventListener('abort', stop)
        })
      })
      this.#last = now.catch(() => {})
      return now
    })
  }
}

export class HeldSessions {
  readonly #sandbox: Pick<Sandbox, 'session'>
  readonly #most: number
  readonly #held = new Map<string, Held>()
  #opening = 0

  constructor(sandbox: Pick<Sandbox, 'session'>, most: number) {
    this.#sandbox = sandbox
    this.#most = most
  }

  async open(owner: number, options: Held['options'], signal: AbortSignal): Promise<Held> {
    return this.#making(1, async () => {
      const session = await this.#sandbox.session(options)
      // Nobody would ever learn its id.
      if (signal.aborted) await session.close()
      return this.#hold(owner, session, options)
    })
  }

  async fork(held: Held, count: number, signal: AbortSignal): Promise<Held[]> {
    // A count that makes no sense is for the session to refuse.
    return this.#making(Number.isSafeInteger(count) && count > 0 ? count : 0, async () => {
      const branches = await held.use(async (session) => session.fork(count))
      if (signal.aborted) await Promise.all(branches.map((branch) => branch.close()))
      return branches.map((branch) => this.#hold(held.owner, branch, held.options))
    })
  }

  /** Somebody else's session is no session. */
  find(id: string, owner: number): Held {
    const held = this.#held.get(id)
    if (held?.owner === owner) return held
    throw new Refusal(404, 'CUPEL_USAGE', 'the session is over: the server does not know it. Open a new one', {}, true)
  }

  #hold(owner: number, session: Session, options: Held['options']): Held {
    const held = new Held(randomBytes(24).toString('base64url'), owner, session, options)
    this.#held.set(held.id, held)
    const over = [...this.#held.values()].filter((one) => !one.session.alive)
    for (const { id } of over.slice(0, -remembered)) this.#held.delete(id)
    return held
  }

  async #making<T>(count: number, work: () => Promise<T>): Promise<T> {
    const open = [...this.#held.values()].filter(({ session }) => session.alive).length
    if (open + this.#opening + count > this.#most)
      throw new Refusal(
        409,
        'CUPEL_ISOLATION',
        `the server holds at most ${this.#most} sessions: close some, or wait until those that nobody uses have expired`,
      )
    this.#opening += count
    try {
      return await work()
    } finally {
      this.#opening -= count
    }
  }
}
