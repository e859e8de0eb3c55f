/** Steps of data flow, put in order and together. */

/** A word of a variable gets its value from other words. `at` and `positions` count the words of the program. */
export interface Flow {
  readonly name: string
  readonly at: number
  readonly relation: 'comesFrom' | 'computedFrom'
  readonly names: readonly string[]
  readonly positions: readonly number[]
}

export const inOrder = (flows: readonly Flow[]) => [...flows].sort((a, b) => a.at - b.at)
export const ascending = (numbers: readonly number[]) => [...new Set(numbers)].sort((a, b) => a - b)

/** What a loop says in both of its rounds is said once. */
export function mergedByPlace(flows: readonly Flow[]): Flow[] {
  const merged = new Map<string, Flow>()
  for (const flow of flows) {
    const key = JSON.stringify([flow.name, flow.at, flow.relation])
    const before = merged.get(key)
    merged.set(
      key,
      before ? { ...union(before, flow), positions: ascending([...before.positions, ...flow.positions]) } : flow,
    )
  }
  return inOrder([...merged.values()])
}

/** The published program leaves the order of the names to chance; here it is that of the text. */
export function union(before: Flow, flow: Flow): Flow {
  return {
    ...flow,
    names: [...new Set([...before.names, ...flow.names])],
    positions: [...new Set([...before.positions, ...flow.positions])],
  }
}
