/** A clock that stands still until it is slept on, and keeps how long each sleep was. */
import type { Clock } from './clock.js'

export function fakeClock(start = Date.parse('2026-01-01T00:00:00Z')): Clock & { readonly slept: number[] } {
  let now = start
  const slept: number[] = []
  return {
    slept,
    now: () => now,
    sleep: async (milliseconds, signal) => {
      signal?.throwIfAborted()
      slept.push(milliseconds)
      now += milliseconds
    },
  }
}
