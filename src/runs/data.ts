/** Finds and reads data files: below CUPEL_DATA as `owner__repository/path`, plain or gzip, or bundled with Cupel. */
import { existsSync, readdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { BadDataError, type DataFile, NotFoundError } from '../kernel/index.js'
import { withAddress } from '../evaluate/index.js'
import { readDocument, readText } from './documents.js'
import { readSamples } from './samples.js'

export function dataFolder(env: Readonly<Record<string, string | undefined>> = process.env): string {
  if (env.CUPEL_DATA) return env.CUPEL_DATA
  return join(env.XDG_DATA_HOME ?? join(homedir(), '.local', 'share'), 'cupel')
}

/** Where a data file is; null if it is not there. Gzipped and plain names stand for each other. */
export function findData(file: Pick<DataFile, 'path' | 'bundled'>, folder = dataFolder()): string | null {
  const base = file.bundled ? fileURLToPath(new URL('../evaluate/benchmarks', import.meta.url)) : folder
  const many = starred(file.path)
  if (many) return dataFilesBelow(file.path, base).length > 0 ? join(base, many.folder) : null
  const plain = file.path.replace(/\.gz$/, '')
  for (const path of [file.path, plain, `${plain}.gz`]) if (existsSync(join(base, path))) return join(base, path)
  return null
}

function starred(path: string): { readonly folder: string; readonly ending: string } | null {
  const [, folder, ending] = /^(.+)\/\*\*\/\*([^*/]+)$/.exec(path) ?? []
  return folder && ending ? { folder, ending } : null
}

/** The paths of the files that `folder/**` + `/*.ending` names, without `.gz`, in the order of their names. */
export function dataFilesBelow(path: string, base = dataFolder()): string[] {
  const many = starred(path)
  const folder = many ? join(base, many.folder) : ''
  if (!many || !existsSync(folder)) return []
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/').replace(/\.gz$/, ''))
    .filter((name) => name.endsWith(many.ending))
  return [...new Set(names)].sort().map((name) => `${many.folder}/${name}`)
}

/** Where a data file is, or all files of a folder; none where nothing is there. */
export function foundFiles(file: Pick<DataFile, 'path' | 'bundled'>, folder = dataFolder()): string[] {
  const paths = starred(file.path) ? dataFilesBelow(file.path, folder).map((path) => ({ path })) : [file]
  return paths.map((one) => findData(one, folder)).filter((path) => path !== null)
}

/** The path of a data file. Throws NotFoundError, with what to do. */
function needed(file: DataFile, folder: string): string {
  const path = findData(file, folder)
  if (path) return path
  const pull = withAddress(file).from ? 'get it with `cupel data pull`, or ' : ''
  throw new NotFoundError(
    `the data file ${file.path} is not below ${folder}: ${pull}set CUPEL_DATA to the folder that holds it`,
  )
}

/** The whole of a data file. Throws NotFoundError and BadDataError. */
export function readDataText(file: DataFile, folder = dataFolder()): Promise<string> {
  return readText(needed(file, folder))
}

/** The rows of some benchmarks hold all their tests: a hundred megabytes in one line. Text cannot be much longer here. */
const longestRow = 400 * 1024 * 1024

/** All rows of a data file: its lines, the members of a JSON array, or its text. Throws NotFoundError and BadDataError. */
export function readData(file: DataFile, folder = dataFolder()): Promise<unknown[]> {
  return readRows(file, (row) => row, folder)
}

/** Rows as `read` makes them, one after the other: what it leaves out of a row does not stay in memory. */
export async function readRows<T>(
  file: DataFile,
  read: (row: unknown, number: number) => T,
  folder = dataFolder(),
): Promise<T[]> {
  const path = needed(file, folder)
  if (starred(file.path)) {
    const all: T[] = []
    for (const one of dataFilesBelow(file.path, folder))
      for (const row of await readRows({ ...file, path: one }, (row) => row, folder))
        all.push(read(row, all.length + 1))
    return all
  }
  if (file.text) return [read(await readText(path), 1)]
  const document = /\.json(\.gz)?$/.test(path) ? await readDocument(path) : null
  if (document) return document.map((row, i) => read(row, i + 1))
  const rows: T[] = []
  for await (const item of readSamples(path, { exact: file.exact, maxBytes: longestRow })) {
    if ('error' in item) throw new BadDataError(`${path}: ${item.error}`)
    rows.push(read(item.value, rows.length + 1))
  }
  return rows
}
