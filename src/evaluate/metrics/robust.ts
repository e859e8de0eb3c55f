/**
 * ReCode's robust metrics (Wang et al. 2022, arXiv 2212.10264): what is left of pass@k when the worst of several versions of a
 * prompt decides, sample by sample. With c the samples of a problem that pass in every version, of n samples:
 *
 *   Robust Pass_s@k      mean over problems of 1 − C(n−c, k) / C(n, k)
 *   Robust Drop_s@k      (pass@k − Robust Pass_s@k) / pass@k, with pass@k of the prompts before the change
 *   Robust Relative_s@k  mean of the same estimate for the samples that were right and are wrong in one version, plus that
 *                        for those that were wrong and are right in one
 *
 * Not covered: samples that the machine failed in one version; they are left out of all versions of their problem.
 */
import { type Interval, UsageError } from '../../kernel/index.js'
import { type Drawn, type OverProblems, type OverProblemsOptions, overProblems } from './over-problems.js'
import { passAtK } from './pass-at-k.js'

/** Whether each sample passed, in sample order; null where the machine failed it. */
export type Outcomes = readonly (boolean | null)[]

/** One problem: its versions, and the prompt before any change, where it was sampled too. */
export interface Versions {
  readonly versions: readonly Outcomes[]
  readonly nominal?: Outcomes
}

export interface Robust {
  /** Robust Pass_s@k. */
  readonly pass: OverProblems
  /** pass@k before the change, of the problems that have it in all versions. */
  readonly nominal: Interval | null
  /** Robust Drop_s@k: a share, below 0 where no version is worse and some are better; null where nothing passed before. */
  readonly drop: number | null
  /** Robust Relative_s@k: from 0, where nothing changes, to 1 for k = 1 (to 2 above). */
  readonly relative: OverProblems | null
}

interface Counts {
  readonly n: number
  readonly infrastructure: number
  readonly worst: number
  readonly before: number
  readonly lost: number
  readonly gained: number
}

/** Throws UsageError where no problem has k samples in all its versions, or a problem has no version. */
export function robustAtK(table: ReadonlyMap<string, Versions>, k: number, options: OverProblemsOptions = {}): Robust {
  const counts = new Map([...table].map(([id, versions]) => [id, countsOf(id, versions, false)] as const))
  const drawn = function* (of: typeof counts, estimate: (counts: Counts) => number): Generator<[string, Drawn]> {
    for (const [id, one] of of)
      yield [id, { n: one.n, infrastructure: one.infrastructure, estimate: () => estimate(one) }]
  }
  const pass = overProblems(
    'robust pass@',
    k,
    drawn(counts, ({ n, worst }) => passAtK(n, worst, k)),
    options,
  )
  const both = new Map(
    [...table]
      .filter(([, { nominal }]) => nominal)
      .map(([id, versions]) => [id, countsOf(id, versions, true)] as const),
  )
  if (![...both.values()].some(({ n }) => n >= k)) return { pass, nominal: null, drop: null, relative: null }
  const nominal = overProblems(
    'pass@',
    k,
    drawn(both, ({ n, before }) => passAtK(n, before, k)),
    options,
  )
  const same = overProblems(
    'robust pass@',
    k,
    drawn(both, ({ n, worst }) => passAtK(n, worst, k)),
    options,
  )
  const relative = overProblems(
    'robust relative@',
    k,
    drawn(both, ({ n, lost, gained }) => passAtK(n, lost, k) + passAtK(n, gained, k)),
    options,
  )
  return { pass, nominal, drop: nominal.value === 0 ? null : (nominal.value - same.value) / nominal.value, relative }
}

/** Of the samples that have an outcome in every version, and before the change where that is asked for. */
function countsOf(id: string, { versions, nominal = [] }: Versions, withNominal: boolean): Counts {
  if (versions.length === 0) throw new UsageError(`${id} has no version to compare`)
  const all = withNominal ? [nominal, ...versions] : versions
  const length = Math.min(...all.map((outcomes) => outcomes.length))
  const counts = { n: 0, infrastructure: 0, worst: 0, before: 0, lost: 0, gained: 0 }
  for (let i = 0; i < length; i++) {
    if (all.some((outcomes) => outcomes[i] === null)) {
      counts.infrastructure++
      continue
    }
    const every = versions.every((outcomes) => outcomes[i])
    const some = versions.some((outcomes) => outcomes[i])
    counts.n++
    if (every) counts.worst++
    if (!withNominal) continue
    if (nominal[i]) counts.before++
    if (nominal[i] && !every) counts.lost++
    if (!nominal[i] && some) counts.gained++
  }
  return counts
}
