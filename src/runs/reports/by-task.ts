/** pass@k of a run whose problems are made from fewer tasks: the mean of each task first. */
import { passAtKOverTasks, type SampleCounts } from '../../evaluate/index.js'
import type { Benchmark, JudgedProblem } from '../../kernel/index.js'
import type { TaskRow } from './gathered.js'

/** A row for each kind of problem and each k that some problem of it has samples for. */
export function taskRows(
  { madeFrom }: Benchmark,
  problems: Iterable<JudgedProblem>,
  counts: ReadonlyMap<string, Required<SampleCounts>>,
  ks: readonly number[],
): TaskRow[] {
  if (!madeFrom) return []
  const tasks = new Map<string, string>()
  const kinds = new Map<string, Map<string, Required<SampleCounts>>>()
  for (const { problem } of problems) {
    const own = counts.get(problem.id)
    if (!own) continue
    const { task, kind } = madeFrom(problem)
    tasks.set(problem.id, task)
    kinds.set(kind, (kinds.get(kind) ?? new Map()).set(problem.id, own))
  }
  return [...kinds].flatMap(([kind, table]) =>
    ks
      .filter((k) => [...table.values()].some(({ n }) => n >= k))
      .map((k) => {
        const { value, low, high, ...of } = passAtKOverTasks(table, k, (id) => tasks.get(id) as string)
        return { kind, k, ...of, pass: { value, low, high } }
      }),
  )
}
