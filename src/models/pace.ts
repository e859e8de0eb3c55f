/** How fast requests leave: at most so many at once, at most so many per minute. */
import PQueue from 'p-queue'
import type { Clock } from './clock.js'

export interface PaceOptions {
  /** Requests in flight at once. */
  readonly maxConcurrent: number
  /** Undefined: no limit. */
  readonly requestsPerMinute?: number | undefined
}

/** A token bucket: it fills evenly, and holds a tenth of a minute's tokens, so that a start is no burst. */
export class TokenBucket {
  readonly #perMillisecond: number
  readonly #capacity: number
  readonly #clock: Clock
  #tokens: number
  #filledAt: number

  constructor(perMinute: number, clock: Clock) {
    this.#perMillisecond = perMinute / 60_000
    this.#capacity = Math.max(1, Math.floor(perMinute / 10))
    this.#tokens = this.#capacity
    this.#clock = clock
    this.#filledAt = clock.now()
  }

  /** Takes a token, and waits until it is there. Tokens are given in the order of the calls. */
  async take(signal?: AbortSignal): Promise<void> {
    const now = this.#clock.now()
    this.#tokens = Math.min(this.#capacity, this.#tokens + (now - this.#filledAt) * this.#perMillisecond)
    this.#filledAt = now
    this.#tokens -= 1
    if (this.#tokens >= 0) return
    try {
      await this.#clock.sleep(Math.ceil(-this.#tokens / this.#perMillisecond), signal)
    } catch (error) {
      this.#tokens += 1
      throw error
    }
  }
}

/** Runs each piece of work within the pace. */
export function pacer(
  options: PaceOptions,
  clock: Clock,
): <T>(work: () => Promise<T>, signal?: AbortSignal) => Promise<T> {
  const queue = new PQueue({ concurrency: options.maxConcurrent })
  const bucket = options.requestsPerMinute === undefined ? null : new TokenBucket(options.requestsPerMinute, clock)
  return (work, signal) =>
    queue.add(
      async () => {
        await bucket?.take(signal)
        return work()
      },
      signal ? { signal } : {},
    )
}
