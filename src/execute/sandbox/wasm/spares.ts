/**
 * Children that stand ready with their interpreter started. A child serves one job; one that says it stays (its guest's
 * whole memory is thrown away and made anew) serves the next one too. A successor starts when one ends.
 */
import { Child, type ChildOptions, type ChildResult, type Watch } from './child.js'
import type { Runtime } from './packages.js'

export class Spares {
  readonly #ready: Child[] = []
  readonly #all = new Set<Child>()
  #closed = false

  constructor(
    readonly runtime: Runtime,
    readonly options: ChildOptions,
    /** How many to keep ready between jobs. */
    readonly keep: number,
  ) {}

  /** One job, in a child of its own or in one whose earlier guests are gone. */
  async perform<Report extends { nonce: string }>(
    job: object & { nonce: string },
    watch: Watch,
  ): Promise<ChildResult<Report>> {
    const child = this.take()
    const result = await child.perform<Report>(job, watch)
    this.give(child)
    return result
  }

  /** Takes back a child that stays. */
  give(child: Child): void {
    if (child.stays && !this.#closed) this.#ready.push(child)
  }

  /** A child that nobody else gets; whoever takes it sees to its end. */
  take(): Child {
    const child = this.#ready.shift() ?? this.#start()
    // Starting the successor at once would compete with the job for the processor it is measured on.
    void child.closed().then(() => {
      const at = this.#ready.indexOf(child)
      if (at >= 0) this.#ready.splice(at, 1)
      while (!this.#closed && this.#ready.length < this.keep) this.#ready.push(this.#start())
    })
    return child
  }

  /** The same children; those that are at work when `signal` aborts are killed. */
  under(signal: AbortSignal | undefined): Spares {
    return signal ? new Lent(this, signal) : this
  }

  #start(): Child {
    const child = new Child(this.runtime, this.options)
    this.#all.add(child)
    void child.closed().then(() => this.#all.delete(child))
    return child
  }

  async close(): Promise<void> {
    this.#closed = true
    const all = [...this.#all]
    for (const child of all) child.kill()
    await Promise.all(all.map((child) => child.closed()))
  }
}

/** Children lent to work that may be given up. */
class Lent extends Spares {
  readonly #lender: Spares
  readonly #signal: AbortSignal
  readonly #release = new Map<Child, () => void>()

  constructor(lender: Spares, signal: AbortSignal) {
    super(lender.runtime, lender.options, 0)
    this.#lender = lender
    this.#signal = signal
  }

  override take(): Child {
    const child = this.#lender.take()
    const kill = () => child.kill()
    const release = () => this.#signal.removeEventListener('abort', kill)
    this.#signal.addEventListener('abort', kill)
    this.#release.set(child, release)
    void child.closed().then(release)
    return child
  }

  override give(child: Child): void {
    this.#release.get(child)?.()
    this.#lender.give(child)
  }
}
