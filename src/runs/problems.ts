/** The problems of a benchmark, read from its published files and checked row by row. */
import { BadDataError, type Benchmark, type JudgedProblem } from '../kernel/index.js'
import { readData } from './data.js'

export async function loadProblems(benchmark: Benchmark): Promise<Map<string, JudgedProblem>> {
  const rows = await Promise.all(benchmark.data.map((file) => readData(file)))
  const [first = [], ...others] = rows
  const checked = benchmark.row ? first.map((row, i) => checkRow(benchmark, row, i)) : first
  const problems = new Map<string, JudgedProblem>()
  for (const judged of benchmark.problems([checked, ...others])) {
    const { id } = judged.problem
    if (problems.has(id)) throw new BadDataError(`${benchmark.name}: two problems have the id ${id}`)
    problems.set(id, judged)
  }
  if (problems.size === 0) throw new BadDataError(`${benchmark.name}: the data file holds no problem`)
  return problems
}

function checkRow(benchmark: Benchmark, row: unknown, index: number): unknown {
  const read = benchmark.row?.safeParse(row)
  if (!read || read.success) return read ? read.data : row
  const issue = read.error.issues[0]
  throw new BadDataError(
    `${benchmark.name}: row ${index + 1} of ${benchmark.data[0]?.path}: ${issue?.path.join('.')}: ${issue?.message}`,
  )
}
