/** Benchmarks whose rows lie in a folder beside the checkouts that they refer to. */
import { readdirSync } from 'node:fs'
import { type Benchmark, NotFoundError, checkedRow } from '../kernel/index.js'
import { readRows } from './data.js'
import { namedFolder } from './task-folders.js'

/** Of all its files, in the order of their names; predictions and reports may lie there too. */
export async function readRowFiles(benchmark: Benchmark, fields: readonly string[]): Promise<unknown[]> {
  const folder = namedFolder(benchmark)
  let names: string[]
  try {
    names = readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [] : [entry.name]))
  } catch (error) {
    throw new NotFoundError(`${folder} is not a folder that can be read: name the folder of the rows`, { cause: error })
  }
  const rows: unknown[] = []
  for (const path of names.filter((name) => /\.jsonl?(\.gz)?$/.test(name)).sort()) {
    const isRow = (row: unknown) => typeof row === 'object' && row !== null && fields.every((field) => field in row)
    const read = (row: unknown, number: number) =>
      isRow(row) ? [checkedRow(row, benchmark.row, `${benchmark.name}: ${path}`, number)] : []
    const readAll = (row: unknown, number: number) =>
      recordsIn(row)?.flatMap((each, i) => read(each, i + 1)) ?? read(row, number)
    rows.push(...(await readRows({ path }, readAll, folder)).flat())
  }
  if (rows.length > 0) return rows
  const has = fields.length === 1 ? fields[0] : `${fields.slice(0, -1).join(', ')} and ${fields.at(-1)}`
  throw new NotFoundError(`no .json or .jsonl file in ${folder} has rows with ${has}: put the benchmark's rows there`)
}

/** The rows of a document that MongoDB exported: `{"RECORDS": […]}`. */
function recordsIn(document: unknown): unknown[] | undefined {
  const records = (document as { RECORDS?: unknown } | null)?.RECORDS
  return Array.isArray(records) ? records : undefined
}
