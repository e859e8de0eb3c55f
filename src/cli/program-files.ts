/** Reads the files of a program from the disk. */
import { readFile, readdir, stat } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path'
import { findLanguage, languageOfFile } from '../execute/index.js'
import { describeError, NotFoundError, type Program, StorageError, UsageError } from '../kernel/index.js'
import { suggestion } from './names.js'
import { readStdin } from './streams.js'

/** As many as fit into one program. */
const mostFiles = 2000

export interface ProgramOptions {
  readonly language?: string
  /** As given on the command line, or as it is called in the sandbox. */
  readonly entry?: string
  /** A file, or `-`. */
  readonly stdin?: string
  readonly arg?: readonly string[]
}

/** Throws NotFoundError for a file that is not there and UsageError for what cannot be a program. */
export async function readProgram(paths: readonly string[], options: ProgramOptions): Promise<Program> {
  const names = await namesInSandbox(paths)
  const entry = await entryOf(paths, names, options)
  const language = options.language ? findLanguage(options.language) : languageOfFile(entry)
  if (!language)
    throw new UsageError(`the name ${entry} does not tell the language: give --language (cupel languages shows them)`)
  const { stdin, arg } = options
  return {
    language: language.name,
    files: await contents(names),
    entry,
    ...(arg ? { args: arg } : {}),
    ...(stdin === undefined ? {} : { stdin: stdin === '-' ? await readStdin() : await content(stdin) }),
  }
}

/** Name below the folder given or the folder of the first file → content. */
export async function readFiles(paths: readonly string[]): Promise<Record<string, Uint8Array>> {
  return contents(await namesInSandbox(paths))
}

async function contents(names: ReadonlyMap<string, string>): Promise<Record<string, Uint8Array>> {
  const files: Record<string, Uint8Array> = {}
  for (const [path, name] of names) files[name] = await content(path)
  return files
}

/** Path → name below the folder given or the folder of the first file; files from elsewhere keep only their own name. */
async function namesInSandbox(paths: readonly string[]): Promise<Map<string, string>> {
  const [first = '.'] = paths
  const folder = (await isFolder(first)) ? first : dirname(first)
  const names = new Map<string, string>()
  const taken = new Map<string, string>()
  for (const given of paths) {
    const inFolder = await isFolder(given)
    for (const path of inFolder ? await filesBelow(given) : [given]) {
      const below = relative(folder, path)
      const outside = below.startsWith('..') || isAbsolute(below)
      const short = inFolder ? relative(dirname(given), path) : basename(path)
      const name = (outside ? short : below).replaceAll(sep, '/')
      const twin = taken.get(name)
      if (twin !== undefined && twin !== path)
        throw new UsageError(`${twin} and ${path} would both be called ${name} in the sandbox: rename one`)
      taken.set(name, path)
      names.set(path, name)
    }
  }
  return names
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isDirectory() ?? false
}

/** All files, sorted; folders behind a link and what Git keeps are not the program's. */
async function filesBelow(folder: string): Promise<string[]> {
  const found: string[] = []
  const entries = await readdir(folder, { withFileTypes: true })
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) {
      if (entry.name !== '.git') found.push(...(await filesBelow(path)))
    } else if (entry.isFile() || (entry.isSymbolicLink() && !(await isFolder(path)))) found.push(path)
    if (found.length > mostFiles)
      throw new UsageError(`there are more than ${mostFiles} files below ${folder}: name those of the program`)
  }
  return found
}

async function entryOf(
  paths: readonly string[],
  names: ReadonlyMap<string, string>,
  { entry: wanted, language }: ProgramOptions,
): Promise<string> {
  const all = [...names.values()]
  if (wanted !== undefined) {
    const found = names.get(wanted) ?? all.find((name) => name === wanted)
    if (found === undefined) throw new UsageError(`--entry ${wanted} is none of the files given: ${shortList(all)}`)
    return found
  }
  const [first = ''] = paths
  if (!(await isFolder(first))) return names.get(first) ?? ''
  const isMain = (name: string) => (language ? findLanguage(language) : languageOfFile(name))?.file === name
  const main = all.filter(isMain)
  const [one] = main.length === 1 ? main : all.length === 1 ? all : []
  if (one !== undefined) return one
  throw new UsageError(`which of the files of ${first} is to be started? Name it with --entry: ${shortList(all)}`)
}

function shortList(names: readonly string[]): string {
  return names.length > 10 ? `${names.slice(0, 10).join(', ')}, …` : names.join(', ') || 'there are none'
}

async function content(path: string): Promise<Buffer> {
  try {
    return await readFile(path)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EISDIR') throw new NotFoundError(`${path} is a folder where a file is wanted`, { cause: error })
    if (code === 'ENOENT' || code === 'ENOTDIR')
      throw new NotFoundError(`there is no file ${path}${await hint(path)}`, { cause: error })
    throw new StorageError(`${path} could not be read: ${describeError(error)}`, { cause: error })
  }
}

async function hint(path: string): Promise<string> {
  const names = await readdir(dirname(path)).catch(() => [])
  const told = suggestion(basename(path), names)
  return told.startsWith('did you mean') ? `; ${told}` : ''
}
