/** n samples from services that give one, or fewer than asked, per request. */
import type { Completion, ModelReply, Usage } from '../kernel/index.js'

export interface Batch {
  readonly completions: readonly Completion[]
  readonly usage: Usage
}

/** The seed of a further request: the same seed would give the same samples again. */
export function furtherSeed(seed: number | undefined, alreadyAsked: number): number | undefined {
  return seed === undefined ? undefined : seed + alreadyAsked
}

/** Requests `size` samples at a time, all at once, from sample `from` on, until `n` are asked for. */
export function askRest(
  n: number,
  from: number,
  size: number,
  ask: (count: number, alreadyAsked: number) => Promise<Batch>,
): Promise<Batch[]> {
  const requests: Promise<Batch>[] = []
  for (let asked = from; asked < n; asked += size) requests.push(ask(Math.min(size, n - asked), asked))
  return Promise.all(requests)
}

export function joinBatches(batches: readonly Batch[], n: number): ModelReply {
  return {
    completions: batches.flatMap((batch) => batch.completions).slice(0, n),
    usage: {
      inputTokens: batches.reduce((sum, batch) => sum + batch.usage.inputTokens, 0),
      outputTokens: batches.reduce((sum, batch) => sum + batch.usage.outputTokens, 0),
    },
  }
}
