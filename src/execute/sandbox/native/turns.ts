/**
 * What the pools of one machine share, so that a job which starved can run again with no other job of ours beside it.
 * Does not cover: what else runs on the machine.
 */
export class Turns {
  #running = 0
  #hasMachine = false
  readonly #waiting: (() => Promise<void>)[] = []
  readonly #resume: (() => void)[] = []

  /** Whether jobs may be started: not while one waits for the machine to itself, or has it. */
  get open(): boolean {
    return !this.#hasMachine && this.#waiting.length === 0
  }

  /** `resume` is called when jobs may be started again. */
  join(resume: () => void): void {
    this.#resume.push(resume)
  }

  async share(work: () => Promise<void>): Promise<void> {
    this.#running++
    try {
      await work()
    } finally {
      this.#running--
      this.#next()
    }
  }

  /** Once what runs now has ended. */
  alone(work: () => Promise<void>): void {
    this.#waiting.push(work)
    this.#next()
  }

  #next(): void {
    if (this.#hasMachine) return
    if (this.#waiting.length === 0) {
      for (const resume of this.#resume) resume()
    } else if (this.#running === 0) {
      const work = this.#waiting.shift() as () => Promise<void>
      this.#hasMachine = true
      void work().finally(() => {
        this.#hasMachine = false
        this.#next()
      })
    }
  }
}
