/**
 * The memory of a started Python, kept on disk, so that a child starts in half a second instead of three.
 * Covers: one file per Pyodide, node and driver version, in the user's own cache folder, written whole or not at all.
 * Does not cover: a machine without a writable cache folder; children then start without a snapshot.
 */
import { createHash, randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { describeError } from '../../../kernel/index.js'
import { Child } from './child.js'
import { packageVersion, pyodideRuntime, wasmFolder } from './packages.js'

/** Drivers of the judge (execute/judge/python), which the snapshot holds too. */
export const driversFolder = join(wasmFolder, '..', '..', 'judge', 'python')
/** The file read by the boot lies in a folder of its own, since a child may read whole folders. */
const fileName = 'python.snapshot'

function cacheRoot(): string {
  const { CUPEL_CACHE, XDG_CACHE_HOME, LOCALAPPDATA } = process.env
  return CUPEL_CACHE ?? join(XDG_CACHE_HOME ?? LOCALAPPDATA ?? join(homedir(), '.cache'), 'cupel')
}

function key(pyodideFolder: string): string {
  const hash = createHash('sha256').update(`${packageVersion(pyodideFolder)} ${process.version} ${process.arch} 1\n`)
  if (existsSync(driversFolder))
    for (const name of readdirSync(driversFolder)
      .filter((file) => file.endsWith('.py'))
      .sort())
      hash.update(name).update(readFileSync(join(driversFolder, name)))
  hash.update(readFileSync(join(wasmFolder, 'hosts', 'pyodide.mjs')))
  return hash.digest('hex').slice(0, 24)
}

/** Whether only we can have written it. */
function isOurs(file: string): boolean {
  const stat = statSync(file, { throwIfNoEntry: false })
  if (stat === undefined) return false
  return process.getuid === undefined || (stat.uid === process.getuid() && (stat.mode & 0o022) === 0)
}

/** The folder and file of the snapshot, made now if it isn't there; or why there is none. */
export async function pythonSnapshot(
  flags: readonly string[],
): Promise<{ folder: string; file: string } | { problem: string }> {
  const runtime = pyodideRuntime()
  try {
    const folder = join(cacheRoot(), `pyodide-${key(runtime.folder)}`)
    const file = join(folder, fileName)
    if (isOurs(file)) return { folder, file }
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const memory = await takeSnapshot(flags)
    const partial = join(folder, `${randomUUID()}.partial`)
    writeFileSync(partial, memory, { mode: 0o600 })
    renameSync(partial, file)
    forgetOthers(folder)
    return { folder, file }
  } catch (error) {
    return { problem: describeError(error) }
  }
}

async function takeSnapshot(flags: readonly string[]): Promise<Buffer> {
  const runtime = pyodideRuntime()
  const child = new Child(
    { ...runtime, args: [...runtime.args, 'snapshot', '-', driversFolder] },
    { flags, reads: [driversFolder] },
  )
  try {
    await child.ready
    return (await child.first) as Buffer
  } finally {
    child.kill()
    await child.closed()
  }
}

/** Snapshots of other versions that nobody has used for a month. */
function forgetOthers(folder: string): void {
  const monthMs = 30 * 24 * 3600 * 1000
  for (const name of readdirSync(cacheRoot())) {
    const other = join(cacheRoot(), name)
    if (name.startsWith('pyodide-') && other !== folder && Date.now() - statSync(other).mtimeMs > monthMs)
      rmSync(other, { recursive: true, force: true })
  }
}
