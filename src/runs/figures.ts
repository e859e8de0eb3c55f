/** The figures of a run, from its verdicts. `infrastructure` is in no denominator; it is counted beside. */
import { passAtKOverProblems, type SampleCounts } from '../evaluate/index.js'
import { type Interval, type Isolation, UsageError, type Verdict, type VerdictKind } from '../kernel/index.js'

/** Counts verdicts as they are read. */
export class Tally {
  readonly counts = new Map<string, Required<SampleCounts>>()
  readonly verdicts: Partial<Record<VerdictKind, number>> = {}
  candidates = 0
  /** Verdicts decided in the weaker way, beside the candidate. */
  inProcess = 0
  readonly #isolations = new Map<string, { isolation: Isolation; count: number }>()

  add(problemId: string, language: string, { kind, judged, isolation }: Verdict): void {
    this.candidates++
    this.verdicts[kind] = (this.verdicts[kind] ?? 0) + 1
    if (judged === 'in-process') this.inProcess++
    const { n, c, infrastructure } = this.counts.get(problemId) ?? { n: 0, c: 0, infrastructure: 0 }
    const lost = kind === 'infrastructure' ? 1 : 0
    this.counts.set(problemId, {
      n: n + 1 - lost,
      c: c + (kind === 'passed' ? 1 : 0),
      infrastructure: infrastructure + lost,
    })
    if (isolation)
      this.#isolations.set(language, { isolation, count: (this.#isolations.get(language)?.count ?? 0) + 1 })
  }

  /** By language; the one with most candidates first. */
  get isolations(): Record<string, Isolation> {
    const most = [...this.#isolations].sort(([, a], [, b]) => b.count - a.count)
    return Object.fromEntries(most.map(([language, { isolation }]) => [language, isolation]))
  }

  /** Samples of the problem that has fewest, those the machine failed included; 0 without any problem. */
  get fewest(): number {
    let fewest = Number.POSITIVE_INFINITY
    for (const { n, infrastructure } of this.counts.values()) fewest = Math.min(fewest, n + infrastructure)
    return Number.isFinite(fewest) ? fewest : 0
  }
}

/**
 * pass@k for each k that the number of samples allows. Throws UsageError for one that somebody `asked` for and that it
 * does not allow.
 */
export function passTable(
  { counts, fewest }: Tally,
  usual: readonly number[],
  asked?: readonly number[],
): Record<string, Interval & { readonly problems: number }> {
  const table: Record<string, Interval & { problems: number }> = {}
  if (counts.size === 0) return table
  for (const k of asked ?? usual.filter((each) => each <= fewest)) {
    if (k > fewest) throw new UsageError(`pass@${k} needs ${k} samples of every problem; the fewest here are ${fewest}`)
    if ([...counts.values()].every(({ n }) => n < k)) continue
    const { value, low, high, problems } = passAtKOverProblems(counts, k)
    table[k] = { value, low, high, problems }
  }
  return table
}
