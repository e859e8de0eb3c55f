/** What is found out once for each suite: why it cannot be judged on this machine, or null; which tests it has. */
import type { Verdict } from '../../kernel/index.js'

export class Once<S extends object, T> {
  readonly #found = new WeakMap<S, Promise<T>>()

  /** What rejects is asked for again. */
  of(suite: S, find: () => Promise<T>): Promise<T> {
    const known = this.#found.get(suite)
    if (known) return known
    const found = find()
    this.#found.set(suite, found)
    found.catch(() => this.#found.delete(suite))
    return found
  }
}

/** Why a suite cannot be judged, from the verdict on the benchmark's own solution. Throws where the machine failed that. */
export function solutionFault(
  solved: Verdict,
  what = "the benchmark's own solution does not pass on this machine",
): string | null {
  if (solved.kind === 'infrastructure') throw new Error(solved.reason)
  return solved.kind === 'passed' ? null : `${what}: ${solved.evidence ?? solved.kind}`
}
