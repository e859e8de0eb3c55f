/** Benchmarks that are folders of tasks: each task is a folder with a file of a known name, or of a known path in it. */
import { isUtf8 } from 'node:buffer'
import { lstatSync, readFileSync, readdirSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { BadDataError, type Benchmark, NotFoundError, UsageError } from '../kernel/index.js'

/** How far down tasks are looked for: `python/exercises/practice/NAME` below what was named. */
const depth = 4
/** More than this in one task would not fit into a sandbox either. */
const mostBytes = 200 * 1024 * 1024

interface TaskFolder {
  readonly name: string
  readonly files: Readonly<Record<string, string | { readonly base64: string }>>
}

/** The benchmark with the data that the user named. Throws UsageError where it takes none, or needs it and has none. */
export function withData(benchmark: Benchmark, folder: string | undefined): Benchmark {
  if (benchmark.taskFile === undefined && benchmark.rowFields === undefined) {
    if (folder === undefined) return benchmark
    throw new UsageError(
      `${benchmark.name} has data of its own (set CUPEL_DATA to the folder that holds it): leave out --data`,
    )
  }
  return { ...benchmark, folder: resolve(namedFolder({ ...benchmark, ...(folder === undefined ? {} : { folder }) })) }
}

/** Throws UsageError where the user named none. */
export function namedFolder({ name, folder, taskFile }: Benchmark): string {
  if (folder !== undefined) return folder
  const what = taskFile === undefined ? 'its rows and checkouts from a folder' : 'a folder of tasks'
  throw new UsageError(`${name} reads ${what}: name it with --data FOLDER`)
}

/** One row for each task, in the order of their names. Throws NotFoundError and BadDataError. */
export function readTaskFolders(benchmark: Benchmark): TaskFolder[] {
  const { taskFile = '' } = benchmark
  const folder = namedFolder(benchmark)
  const found = tasksBelow(folder, taskFile, depth)
  if (found.length === 0)
    throw new NotFoundError(`there is no ${taskFile} in ${folder} or in the folders of it: name a folder of tasks`)
  return found.map((task) => ({ name: basename(task), files: filesOf(task) }))
}

function tasksBelow(folder: string, file: string, levels: number): string[] {
  let entries: ReturnType<typeof entriesOf>
  try {
    entries = entriesOf(folder)
  } catch (error) {
    throw new NotFoundError(`${folder} is not a folder that can be read: name a folder of tasks`, { cause: error })
  }
  if (lstatSync(join(folder, file), { throwIfNoEntry: false })?.isFile()) return [folder]
  if (levels === 0) return []
  return entries.flatMap((entry) =>
    entry.isDirectory() && entry.name !== '.git' ? tasksBelow(join(folder, entry.name), file, levels - 1) : [],
  )
}

function entriesOf(folder: string) {
  return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
}

function filesOf(task: string): TaskFolder['files'] {
  const files: Record<string, string | { base64: string }> = {}
  let bytes = 0
  const read = (below: string) => {
    for (const entry of entriesOf(join(task, below))) {
      const path = below === '' ? entry.name : `${below}/${entry.name}`
      const place = join(task, path)
      if (entry.isDirectory()) read(path)
      // A link of a benchmark could name any file of this machine.
      else if (!entry.isFile())
        throw new BadDataError(`${place} is neither a file nor a folder: replace it by what it stands for`)
      else {
        bytes += lstatSync(place).size
        if (bytes > mostBytes)
          throw new BadDataError(`${task} holds more than ${mostBytes / 1024 / 1024} MB: a task may not`)
        const content = readFileSync(place)
        files[path] = isUtf8(content) ? content.toString('utf8') : { base64: content.toString('base64') }
      }
    }
  }
  read('')
  return files
}
