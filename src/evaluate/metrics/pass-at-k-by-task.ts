/**
 * pass@k where several problems are made from one task, as Buggy-HumanEval has it: the mean of the problems of each task
 * first, then the mean of the tasks. Of the plain mean those tasks would be most of which most problems were made.
 */
import { type Drawn, type OverProblems, type OverProblemsOptions, overProblems } from './over-problems.js'
import { type CountTable, counted, passAtK } from './pass-at-k.js'

export interface OverTasks extends Omit<OverProblems, 'problems' | 'excluded'> {
  readonly tasks: number
  /** Problems with k samples, of all these tasks. */
  readonly problems: number
}

/** Problems with fewer than k samples are left out. Throws UsageError where passAtKOverProblems does. */
export function passAtKOverTasks(
  table: CountTable,
  k: number,
  taskOf: (problemId: string) => string,
  options: OverProblemsOptions = {},
): OverTasks {
  const tasks = new Map<string, Drawn[]>()
  for (const [id, drawn] of counted(table, k, passAtK)) {
    const task = taskOf(id)
    tasks.set(task, [...(tasks.get(task) ?? []), drawn])
  }
  const enough = (all: readonly Drawn[]) => all.filter(({ n }) => n >= k)
  const rows = [...tasks].map(([task, all]): [string, Drawn] => [
    task,
    {
      n: all.reduce((most, { n }) => Math.max(most, n), 0),
      estimate: () => enough(all).reduce((sum, { estimate }) => sum + estimate(), 0) / enough(all).length,
    },
  ])
  const { problems: counting, excluded: _, ...interval } = overProblems('pass@', k, rows, options)
  return { ...interval, tasks: counting, problems: [...tasks.values()].flatMap(enough).length }
}
