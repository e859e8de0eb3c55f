/** The problems of a benchmark, read from its published files and checked row by row. */
import {
  BadDataError,
  type Benchmark,
  type DataFile,
  type JudgedProblem,
  UsageError,
  checkedRow,
  checkedRows,
} from '../kernel/index.js'
import { conditions, fieldsOf } from './conditions.js'
import { findData, readData, readRows } from './data.js'
import { readRowFiles } from './row-files.js'
import { readTaskFolders } from './task-folders.js'

export async function loadProblems(benchmark: Benchmark): Promise<Map<string, JudgedProblem>> {
  const [missing] = benchmark.data
  if (missing && benchmark.data.every((file) => file.optional && !findData(file))) await readData(missing)
  const files = benchmark.taskFile
    ? [checkedRows(readTaskFolders(benchmark), benchmark.row, benchmark.name)]
    : benchmark.rowFields
      ? [await readRowFiles(benchmark, benchmark.rowFields)]
      : await Promise.all(benchmark.data.map((file) => rowsOf(benchmark, file)))
  const problems = new Map<string, JudgedProblem>()
  for (const judged of benchmark.problems(files, benchmark.folder)) {
    const { id } = judged.problem
    if (problems.has(id)) throw new BadDataError(`${benchmark.name}: two problems have the id ${id}`)
    problems.set(id, judged)
  }
  if (problems.size === 0) throw new BadDataError(`${benchmark.name}: the data file holds no problem`)
  return problems
}

async function rowsOf(benchmark: Benchmark, file: DataFile): Promise<unknown[]> {
  if (file.optional && !findData(file)) return []
  return readRows(file, (row, number) => checkedRow(row, benchmark.row, `${benchmark.name}: ${file.path}`, number))
}

/** What was asked for of a benchmark's problems. */
export interface Choice {
  /** Only these; ids may end in `*`. */
  readonly only?: readonly string[]
  /** Only the first so many. */
  readonly first?: number
  /** `field=value`, `field>=value`, `field<=value`, of metadata, language or kind; all of them. */
  readonly where?: readonly string[]
}

export function isPart({ only, first, where }: Choice): boolean {
  return only !== undefined || first !== undefined || (where?.length ?? 0) > 0
}

/** Throws UsageError when no problem is called so. */
export function chosenProblems(
  all: ReadonlyMap<string, JudgedProblem>,
  benchmark: string,
  { only, first, where }: Choice,
): Map<string, JudgedProblem> {
  let entries = [...all]
  if (only) {
    const matches = (id: string) =>
      only.some((one) => (one.endsWith('*') ? id.startsWith(one.slice(0, -1)) : id === one))
    entries = entries.filter(([id]) => matches(id))
    if (entries.length === 0)
      throw new UsageError(`${benchmark} has no problem ${only.join(', ')}; ids look like ${[...all.keys()][0]}`)
  }
  if (where?.length) {
    const wanted = conditions(where)
    const known = fieldsOf(all.values())
    for (const { field } of wanted)
      if (!known.has(field))
        throw new UsageError(`the problems of ${benchmark} have no «${field}»: they have ${[...known].join(', ')}`)
    entries = entries.filter(([, { problem }]) => wanted.every((one) => one.holds(problem)))
    if (entries.length === 0) throw new UsageError(`${benchmark} has no problem with ${where.join(' and ')}`)
  }
  return new Map(first === undefined ? entries : entries.slice(0, first))
}
