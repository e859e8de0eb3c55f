/**
 * One writer per run folder.
 *
 * Not covered: a writer on another machine (or in another container) cannot be checked; its lock is respected until a
 * person deletes it.
 */
import { randomBytes } from 'node:crypto'
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { UsageError } from '../kernel/index.js'
import { errnoOf, storageError } from './storage.js'

export const lockFile = 'lock'

interface Owner {
  readonly pid: number
  readonly host: string
  /** When the process started, in the kernel's ticks: tells it from a later one with the same pid. */
  readonly born: string | null
}

/** Takes the lock and returns its release. Throws UsageError when a live process holds it. */
export function lock(dir: string): () => void {
  const path = join(dir, lockFile)
  const mine = JSON.stringify({ pid: process.pid, host: hostname(), born: birth(process.pid) } satisfies Owner)
  // Written aside and linked, so that no one ever sees a lock without its owner.
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}.tmp`
  try {
    writeFileSync(draft, mine)
    if (!linked(draft, path)) {
      removeStale(dir, path)
      if (!linked(draft, path)) throw inUse(dir)
    }
  } catch (error) {
    throw storageError(error, path)
  } finally {
    rmSync(draft, { force: true })
  }
  return () => {
    if (contentOf(path) === mine) rmSync(path, { force: true })
  }
}

function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to)
    return true
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false
    // File systems without hard links: an exclusive write, which a kill can leave empty (and is then stale).
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes(errnoOf(error) ?? '')) throw error
  }
  try {
    writeFileSync(to, readFileSync(from), { flag: 'wx' })
    return true
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false
    throw error
  }
}

/** Removes the lock of a dead process; throws UsageError if its owner lives or cannot be asked. */
function removeStale(dir: string, path: string): void {
  const content = contentOf(path)
  if (content === undefined) return
  const owner = ownerFrom(content)
  if (owner && owner.host !== hostname())
    throw new UsageError(
      `${dir} is being written by process ${owner.pid} on ${owner.host}: if that is gone, delete ${path}`,
    )
  if (owner && isAlive(owner)) throw inUse(dir, owner.pid)
  // Renamed before it is removed: if another process took the lock over meanwhile, what we hold is its live lock.
  const aside = `${path}.${randomBytes(4).toString('hex')}.tmp`
  try {
    renameSync(path, aside)
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return
    throw error
  }
  if (contentOf(aside) !== content) linked(aside, path)
  rmSync(aside, { force: true })
}

function inUse(dir: string, pid?: number): UsageError {
  const who = pid === process.pid ? 'this process' : pid === undefined ? 'another process' : `process ${pid}`
  return new UsageError(`${dir} is being written by ${who}: wait for it to end, or choose another --out`)
}

function contentOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined
    throw error
  }
}

function ownerFrom(content: string): Owner | undefined {
  try {
    const owner = JSON.parse(content) as Partial<Owner>
    if (Number.isSafeInteger(owner.pid) && (owner.pid as number) > 0) return owner as Owner
  } catch {
    // Not a lock of ours, or half of one: nobody can be holding it.
  }
  return undefined
}

function isAlive({ pid, born }: Owner): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return errnoOf(error) === 'EPERM'
  }
  const now = birth(pid)
  return born === null || now === null || now === born
}

/** Start time from /proc; null where there is no /proc; `gone` for a process that is dead but not yet reaped. */
function birth(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // After the command's name, which may hold anything: state is the third field, the start time the 22nd.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' || fields[0] === 'X' ? 'gone' : (fields[19] ?? null)
  } catch {
    return null
  }
}
