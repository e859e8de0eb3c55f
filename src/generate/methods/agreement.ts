/**
 * Dual execution agreement (CodeT, system 90): programs that pass exactly the same generated tests form a consensus
 * set, and a set ranks by how many programs and how many tests it holds. Multiplicities count: a program or a test
 * that was sampled five times has five votes.
 */
export interface Counted {
  readonly code: string
  /** How often it was sampled; at least 1. */
  readonly count: number
}

/** Programs that pass exactly these tests. */
export interface ConsensusSet {
  readonly solutions: readonly Counted[]
  readonly tests: readonly Counted[]
}

/** All consensus sets of one score. */
export interface Group {
  readonly score: number
  /** Solutions of every set in the group, ordered by code. */
  readonly solutions: readonly Counted[]
  readonly consensus: readonly ConsensusSet[]
}

/**
 * With s samples of solutions and t samples of tests in a set:
 * `sqrt` t·√s (the released code), `product` t·s (the paper's formula), `solutions` s, `tests` t (its ablations).
 */
export type AgreementScore = 'sqrt' | 'product' | 'solutions' | 'tests'

/**
 * A whole number that orders sets as the score does. Scores are taken from it, since t·√s in floating point tells
 * equal scores apart (3·√2 and 1·√18).
 */
const ranks: Record<AgreementScore, (s: number, t: number) => number> = {
  sqrt: (s, t) => t * t * s,
  product: (s, t) => t * s,
  solutions: (s) => s,
  tests: (_, t) => t,
}

/**
 * The tests that count: of each reply, in order, the first `most` that compile. `compile` answers for all tests of all
 * replies, one after the other.
 */
export function keptTests(
  replies: readonly (readonly string[])[],
  compile: readonly boolean[],
  most: number,
): Counted[] {
  let next = 0
  return countCodes(replies.flatMap((reply) => reply.filter(() => compile[next++]).slice(0, most)))
}

/** Distinct texts with their multiplicities, in order of first appearance. */
export function countCodes(codes: Iterable<string>): Counted[] {
  const counts = new Map<string, number>()
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1)
  return [...counts].map(([code, count]) => ({ code, count }))
}

/**
 * Groups of solutions, best first. `passes[i][j]`: solution i passes test j. Solutions that pass no test are in no
 * group. The result does not depend on the order of solutions or tests.
 * Throws RangeError when the matrix does not fit the lists or a count is not a whole number of at least 1.
 */
export function agreementGroups(
  solutions: readonly Counted[],
  tests: readonly Counted[],
  passes: readonly (readonly boolean[])[],
  score: AgreementScore = 'sqrt',
): Group[] {
  checkShape(solutions, tests, passes)
  const byRank = new Map<number, ConsensusSet[]>()
  for (const set of consensusSets(solutions, tests, passes)) {
    const rank = ranks[score](total(set.solutions), total(set.tests))
    const equals = byRank.get(rank)
    if (equals) equals.push(set)
    else byRank.set(rank, [set])
  }
  return [...byRank]
    .sort(([a], [b]) => b - a)
    .map(([rank, consensus]) => ({
      score: score === 'sqrt' ? Math.sqrt(rank) : rank,
      solutions: consensus.flatMap((set) => set.solutions).sort(byCode),
      consensus: consensus.sort((a, b) => byCode(a.solutions[0] as Counted, b.solutions[0] as Counted)),
    }))
}

function consensusSets(
  solutions: readonly Counted[],
  tests: readonly Counted[],
  passes: readonly (readonly boolean[])[],
): ConsensusSet[] {
  const sets = new Map<string, { solutions: Counted[]; tests: Counted[] }>()
  for (const [i, solution] of solutions.entries()) {
    const passed = tests.flatMap((_, j) => (passes[i]?.[j] ? [j] : []))
    if (passed.length === 0) continue
    const key = passed.join()
    const set = sets.get(key)
    if (set) set.solutions.push(solution)
    else sets.set(key, { solutions: [solution], tests: passed.map((j) => tests[j] as Counted).sort(byCode) })
  }
  for (const set of sets.values()) set.solutions.sort(byCode)
  return [...sets.values()]
}

function total(items: readonly Counted[]): number {
  return items.reduce((sum, item) => sum + item.count, 0)
}

/** By UTF-16 code units: the same order on every machine, whatever its locale. */
function byCode(a: Counted, b: Counted): number {
  if (a.code === b.code) return a.count - b.count
  return a.code < b.code ? -1 : 1
}

function checkShape(
  solutions: readonly Counted[],
  tests: readonly Counted[],
  passes: readonly (readonly boolean[])[],
): void {
  if (passes.length !== solutions.length || passes.some((row) => row.length !== tests.length))
    throw new RangeError(`the pass matrix must be ${solutions.length} solutions × ${tests.length} tests`)
  const odd = [...solutions, ...tests].find(({ count }) => !Number.isSafeInteger(count) || count < 1)
  if (odd) throw new RangeError(`a multiplicity is a whole number of at least 1, not ${odd.count}`)
}
