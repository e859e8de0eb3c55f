/** Reads the files of a program from the disk. */
import { readFile, readdir } from 'node:fs/promises'
import { basename, dirname, isAbsolute, relative, sep } from 'node:path'
import { findLanguage, languageOfFile } from '../execute/index.js'
import { describeError, NotFoundError, type Program, StorageError, UsageError } from '../kernel/index.js'
import { suggestion } from './names.js'
import { readStdin } from './streams.js'

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
  const names = namesInSandbox(paths)
  const entry = entryOf(names, options.entry)
  const language = options.language ? findLanguage(options.language) : languageOfFile(entry)
  if (!language)
    throw new UsageError(`the name ${entry} does not tell the language: give --language (cupel languages shows them)`)
  const files = await readFiles(paths)
  const { stdin, arg } = options
  return {
    language: language.name,
    files,
    entry,
    ...(arg ? { args: arg } : {}),
    ...(stdin === undefined ? {} : { stdin: stdin === '-' ? await readStdin() : await content(stdin) }),
  }
}

/** Name below the folder of the first file → content. */
export async function readFiles(paths: readonly string[]): Promise<Record<string, Uint8Array>> {
  const files: Record<string, Uint8Array> = {}
  for (const [path, name] of namesInSandbox(paths)) files[name] = await content(path)
  return files
}

/** Path → name below the folder of the first file; files from elsewhere keep only their own name. */
function namesInSandbox(paths: readonly string[]): Map<string, string> {
  const folder = dirname(paths[0] ?? '.')
  const names = new Map<string, string>()
  const taken = new Map<string, string>()
  for (const path of paths) {
    const below = relative(folder, path)
    const outside = below.startsWith('..') || isAbsolute(below)
    const name = outside ? basename(path) : below.replaceAll(sep, '/')
    const twin = taken.get(name)
    if (twin !== undefined && twin !== path)
      throw new UsageError(`${twin} and ${path} would both be called ${name} in the sandbox: rename one`)
    taken.set(name, path)
    names.set(path, name)
  }
  return names
}

function entryOf(names: ReadonlyMap<string, string>, wanted: string | undefined): string {
  const all = [...names.values()]
  if (wanted === undefined) return all[0] ?? ''
  const found = names.get(wanted) ?? all.find((name) => name === wanted)
  if (found === undefined) throw new UsageError(`--entry ${wanted} is none of the files given: ${all.join(', ')}`)
  return found
}

async function content(path: string): Promise<Buffer> {
  try {
    return await readFile(path)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EISDIR')
      throw new NotFoundError(`${path} is a folder: name the files of the program`, { cause: error })
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
