/**
 * Writes the files that a program left into a folder of the user's. The program chose their names, so each part of a path
 * is looked at: nothing is written outside the folder, through a link, or over a file that is there.
 * Does not cover: somebody else who changes the folder at the same moment.
 */
import { constants } from 'node:fs'
import { lstat, mkdir, open, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { describeError, type OutputFile, StorageError } from '../kernel/index.js'

/** What could not be written, a sentence for each; `force` replaces files that are there. */
export async function writeLeftFiles(folder: string, files: readonly OutputFile[], force: boolean): Promise<string[]> {
  const root = await ownFolder(folder)
  const problems: string[] = []
  for (const file of files) {
    try {
      if (file.leftOut !== undefined) problems.push(`${file.path} was left out: ${file.leftOut}`)
      else await writeFile(root, file, force)
    } catch (error) {
      problems.push(`${file.path} was not written: ${reasonOf(error)}`)
    }
  }
  return problems
}

async function ownFolder(folder: string): Promise<string> {
  try {
    await mkdir(folder, { recursive: true })
    return await realpath(folder)
  } catch (error) {
    throw new StorageError(`the files cannot be written to ${folder}: ${describeError(error)}`, { cause: error })
  }
}

async function writeFile(root: string, file: OutputFile, force: boolean): Promise<void> {
  const parts = file.path.split('/')
  if (parts.some(isOddPart)) throw new Error('its path would leave the folder')
  let path = root
  for (const part of parts.slice(0, -1)) {
    path = join(path, part)
    await mkdir(path).catch((error) => {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    })
    if (!(await lstat(path)).isDirectory()) throw new Error(`${path} is not a folder`)
  }
  path = join(path, parts.at(-1) ?? '')
  const { O_WRONLY, O_CREAT, O_EXCL, O_TRUNC, O_NOFOLLOW = 0 } = constants
  const there = await lstat(path).catch(() => null)
  if (there && !there.isFile()) throw new Error('something that is no file has its name')
  const handle = await open(path, O_WRONLY | O_CREAT | O_NOFOLLOW | (force ? O_TRUNC : O_EXCL), 0o644)
  try {
    await handle.writeFile(file.base64 === undefined ? (file.text ?? '') : Buffer.from(file.base64, 'base64'))
  } finally {
    await handle.close()
  }
}

/** On Windows more characters than a slash have a meaning in a path. */
function isOddPart(part: string): boolean {
  if (part === '' || part === '.' || part === '..' || part.includes('\0')) return true
  return process.platform === 'win32' && /[\\:<>|"?*]|[. ]$|^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(part)
}

function reasonOf(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'EEXIST') return 'it is there already (--force replaces it)'
  return describeError(error)
}
