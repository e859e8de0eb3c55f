/**
 * Files that are the same for every run and slow to make: a started Python's memory, precompiled headers.
 * Covers: one folder per kind and key in the user's own cache folder, files written whole or not at all.
 * Does not cover: a machine without a writable cache folder; children then start without them.
 */
import { createHash, randomUUID } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

function cacheRoot(): string {
  const { CUPEL_CACHE, XDG_CACHE_HOME, LOCALAPPDATA } = process.env
  return CUPEL_CACHE ?? join(XDG_CACHE_HOME ?? LOCALAPPDATA ?? join(homedir(), '.cache'), 'cupel')
}

/** Whether only we can have written it. */
function isOurs(file: string): boolean {
  const stat = statSync(file, { throwIfNoEntry: false })
  if (stat === undefined) return false
  return process.getuid === undefined || (stat.uid === process.getuid() && (stat.mode & 0o022) === 0)
}

/** A key that changes with the words, with the content of the files, and with node. */
export function keyOf(words: readonly string[], files: readonly string[]): string {
  const hash = createHash('sha256').update(`${process.version} ${process.arch}\n`)
  for (const word of words) hash.update(`${word}\n`)
  for (const file of files) hash.update(`${file.slice(file.lastIndexOf('/') + 1)}\n`).update(readFileSync(file))
  return hash.digest('hex').slice(0, 24)
}

/** The folder in which `name` is, made now if it isn't there. A child may read whole folders, so each has its own. */
export async function kept(kind: string, key: string, name: string, make: () => Promise<Uint8Array>): Promise<string> {
  const folder = join(cacheRoot(), `${kind}-${key}`)
  const file = join(folder, name)
  if (isOurs(file)) return folder
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const content = await make()
  const partial = join(folder, `${randomUUID()}.partial`)
  writeFileSync(partial, content, { mode: 0o600 })
  renameSync(partial, file)
  forgetOthers(kind, folder)
  return folder
}

/** What other versions left and nobody has used for a month. */
function forgetOthers(kind: string, folder: string): void {
  const monthMs = 30 * 24 * 3600 * 1000
  for (const name of readdirSync(cacheRoot())) {
    const other = join(cacheRoot(), name)
    if (name.startsWith(`${kind}-`) && other !== folder && Date.now() - statSync(other).mtimeMs > monthMs)
      rmSync(other, { recursive: true, force: true })
  }
}
