/**
 * Children that stand ready with their interpreter started. Each serves one job and ends, so nothing leaks from one
 * execution to the next; a successor starts as soon as one is taken.
 */
import { Child, type ChildOptions } from './child.js'
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

  /** A child for one job. */
  take(): Child {
    const child = this.#ready.shift() ?? this.#start()
    // Starting the successor at once would compete with the job for the processor it is measured on.
    const refill = () => {
      while (!this.#closed && this.#ready.length < this.keep) this.#ready.push(this.#start())
    }
    void child.closed().then(refill)
    return child
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
