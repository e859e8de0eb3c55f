/**
 * Which strengths comparisons determine. A model that won every one has none: the likelihood rises for ever with it, and an
 * iteration prints whatever number it happens to stop at.
 *
 * For Davidson's model the likelihood has a finite maximum exactly if no direction of the strengths θ and of log ν makes
 * every outcome seen at least as likely. With log ν held, a win wants θᵢ ≥ θⱼ and a tie θᵢ = θⱼ: some direction is left
 * unless wins and ties (both ways) connect every model to every other. With log ν rising by 1, a win wants
 * θᵢ − θⱼ ≥ 2 and a tie |θᵢ − θⱼ| ≤ 2: impossible exactly if some cycle has more wins than ties.
 */

/** Results by model: `wins[i][j]` of i over j; `ties` is symmetric. */
export interface Results {
  readonly wins: readonly (readonly number[])[]
  readonly ties: readonly (readonly number[])[]
}

/** `above`, `below`: stronger or weaker than any number; `open`: nothing can be said. */
export type Bound = 'finite' | 'above' | 'below' | 'open'

/**
 * The bound of each model. `finite` are those of the largest group whose strengths determine one another (the stronger of
 * two groups of one size); the others are beyond that group. Without such a group, a model that only won is `above`, one
 * that only lost `below`.
 */
export function boundsOf(results: Results): Bound[] {
  const { wins } = results
  const reaches = reachability(results)
  const core = coreOf(results, reaches)
  return wins.map((row, i) => {
    if (core?.includes(i)) return 'finite'
    const won = core ? core.some((j) => reaches[i]?.[j]) : row.some((count) => count > 0)
    const lost = core ? core.some((j) => reaches[j]?.[i]) : wins.some((other) => (other[i] ?? 0) > 0)
    if (won === lost) return 'open'
    return won ? 'above' : 'below'
  })
}

function coreOf(results: Results, reaches: readonly (readonly boolean[])[]): number[] | null {
  let core: number[] | null = null
  for (const i of results.wins.keys()) {
    const group = [...results.wins.keys()].filter((j) => j === i || (reaches[i]?.[j] && reaches[j]?.[i]))
    if (group.length < 2 || !winsOutnumberTies(results, group)) continue
    const [one, other] = [group[0] as number, core?.[0]]
    const stronger = other !== undefined && reaches[one]?.[other] && !reaches[other]?.[one]
    if (!core || group.length > core.length || (group.length === core.length && stronger)) core = group
  }
  return core
}

/** Whether a path of wins and ties leads from one model to another. */
function reachability({ wins, ties }: Results): boolean[][] {
  const size = wins.length
  const reaches = wins.map((row, i) => row.map((count, j) => count > 0 || (ties[i]?.[j] ?? 0) > 0))
  for (let via = 0; via < size; via++)
    for (const row of reaches) if (row[via]) for (let to = 0; to < size; to++) row[to] ||= reaches[via]?.[to] ?? false
  return reaches
}

/** Whether some cycle in the group has more wins than ties: a negative one, where a win counts −1 and a tie 1. */
function winsOutnumberTies({ wins, ties }: Results, group: readonly number[]): boolean {
  const length = group.map((i) =>
    group.map((j) => {
      if ((wins[i]?.[j] ?? 0) > 0) return -1
      return (ties[i]?.[j] ?? 0) > 0 ? 1 : Number.POSITIVE_INFINITY
    }),
  )
  for (const via of group.keys())
    for (const row of length)
      for (const to of group.keys())
        row[to] = Math.min(row[to] as number, (row[via] as number) + (length[via]?.[to] as number))
  return length.some((row, i) => (row[i] as number) < 0)
}
