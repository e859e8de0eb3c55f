/**
 * What is left on the machine after programs have run: processes, mounts, files, System V objects, control groups and
 * descriptors that were not there before. On a machine where others work at the same time only what bears the marks of a
 * sandbox counts. Linux only; elsewhere there is nothing to compare.
 *
 * Does not cover: a process that got out of every namespace, changed its user and cut every tie to us.
 */
import { existsSync, readFileSync, readdirSync, readlinkSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'

export interface Before {
  readonly processes: ReadonlySet<number>
  readonly mounts: ReadonlySet<string>
  readonly objects: ReadonlySet<string>
  readonly groups: ReadonlySet<string>
  readonly files: ReadonlySet<string>
  readonly descriptors: number
}

/** Users that a server of tier A maps for its programs (outer.h). */
const firstMappedUser = 0x60000000
const marks = /ESCAPED|NEIGHBOUR_|^left$|^planted/
const owned = /^cupel-\d+-(\d+)-\d+/

export function before(): Before {
  return {
    processes: new Set(processes()),
    mounts: new Set(lines('/proc/self/mountinfo')),
    objects: new Set(objects()),
    groups: new Set(groups()),
    files: new Set(files()),
    descriptors: descriptors(),
  }
}

/** One sentence each; waits a little for what is about to go. `mine`: processes of ours that may live on. */
export async function remains(then: Before, mine: readonly number[] = []): Promise<string[]> {
  let found = compare(then, mine)
  for (let tries = 0; found.length > 0 && tries < 50; tries++) {
    await pause(100)
    const now = new Set(compare(then, mine))
    found = found.filter((one) => now.has(one))
  }
  return found
}

function compare(then: Before, mine: readonly number[]): string[] {
  const added = <T>(now: Iterable<T>, earlier: ReadonlySet<T>) => [...now].filter((one) => !earlier.has(one))
  const more = descriptors() - then.descriptors
  return [
    ...added(processes(), then.processes)
      .filter((pid) => !mine.includes(pid) && isOurs(pid))
      .map((pid) => `process ${pid} is left: ${commandLine(pid)}`),
    ...added(lines('/proc/self/mountinfo'), then.mounts).map((mount) => `a mount is left: ${mount}`),
    ...added(objects(), then.objects).map((object) => `a System V object is left: ${object}`),
    ...added(groups(), then.groups).map((group) => `a control group is left: ${group}`),
    ...added(files(), then.files).map((file) => `a file is left: ${file}`),
    ...(more > 0 ? [`${more} descriptors are left open`] : []),
  ]
}

/** Descriptors of each living server below this process, by process number; null where they cannot be read. */
export function serverDescriptors(): Map<number, number | null> {
  const found = new Map<number, number | null>()
  for (const pid of processes())
    if (ancestors(pid).includes(process.pid) && /warden|zygote/.test(commandLine(pid)))
      found.set(pid, entries(`/proc/${pid}/fd`)?.length ?? null)
  return found
}

/** Servers that hold more descriptors than then; waits a little, since a job's disk is let go after the reply. */
export async function leaksSince(then: ReadonlyMap<number, number | null>): Promise<string[]> {
  const leaks = () =>
    [...serverDescriptors()].flatMap(([pid, now]) => {
      const earlier = then.get(pid) ?? null
      return earlier !== null && now !== null && now > earlier
        ? [`server ${pid} had ${earlier} descriptors and has ${now}`]
        : []
    })
  let found = leaks()
  for (let tries = 0; found.length > 0 && tries < 50; tries++) {
    await pause(100)
    found = leaks()
  }
  return found
}

function processes(): number[] {
  return (entries('/proc') ?? []).map(Number).filter((pid) => pid > 0)
}

/** Started by us, or a sandboxed process without a living parent outside: one of somebody else's server has that. */
function isOurs(pid: number): boolean {
  const above = ancestors(pid)
  if (above.includes(process.pid)) return true
  return isSandboxed(pid) && above.every(isSandboxed)
}

function isSandboxed(pid: number): boolean {
  return user(pid) >= firstMappedUser || foreignNamespace(pid) || /warden|\/cupel\//.test(commandLine(pid))
}

function ancestors(pid: number): number[] {
  const found: number[] = []
  for (let at = parent(pid); at > 1 && !found.includes(at); at = parent(at)) found.push(at)
  return found
}

function parent(pid: number): number {
  const stat = text(`/proc/${pid}/stat`)
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] ?? 0)
}

function name(pid: number): string {
  return text(`/proc/${pid}/comm`).trim()
}

function user(pid: number): number {
  return Number(/^Uid:\t(\d+)/m.exec(text(`/proc/${pid}/status`))?.[1] ?? 0)
}

function foreignNamespace(pid: number): boolean {
  try {
    return readlinkSync(`/proc/${pid}/ns/user`) !== readlinkSync('/proc/self/ns/user')
  } catch {
    return false // it has ended, or is another user's
  }
}

function commandLine(pid: number): string {
  return text(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').slice(0, 200) || name(pid)
}

function objects(): string[] {
  return ['shm', 'sem', 'msg'].flatMap((kind) =>
    lines(`/proc/sysvipc/${kind}`)
      .slice(1)
      .map((line) => `${kind} ${line.trim().split(/\s+/).slice(0, 2).join(' ')}`),
  )
}

/** Control groups and folders of servers that have ended. */
function groups(folder = '/sys/fs/cgroup', depth = 5): string[] {
  if (depth === 0) return []
  return (entries(folder, true) ?? []).flatMap((one) => {
    const path = `${folder}/${one}`
    return [...(ownerIsGone(one) ? [path] : []), ...groups(path, depth - 1)]
  })
}

function ownerIsGone(one: string): boolean {
  const owner = owned.exec(one)?.[1]
  return owner !== undefined && !existsSync(`/proc/${owner}`)
}

function files(): string[] {
  const folders = [
    '/',
    '/tmp',
    '/dev/shm',
    '/var/tmp',
    '/run',
    '/etc',
    '/usr',
    '/usr/bin',
    '/cupel',
    homedir(),
    tmpdir(),
    process.cwd(),
  ]
  return [...new Set(folders)].flatMap((folder) =>
    (entries(folder) ?? [])
      .filter((one) => marks.test(one) || ownerIsGone(one))
      .map((one) => `${folder === '/' ? '' : folder}/${one}`),
  )
}

function descriptors(): number {
  // Node opens some for good when it first needs them; only those that something outside is behind count.
  return (entries('/proc/self/fd') ?? []).filter((fd) => {
    try {
      return !/^(anon_inode|\/proc)/.test(readlinkSync(`/proc/self/fd/${fd}`))
    } catch {
      return false
    }
  }).length
}

function entries(folder: string, foldersOnly = false): string[] | null {
  try {
    const found = readdirSync(folder, { withFileTypes: true })
    return found.filter((one) => !foldersOnly || one.isDirectory()).map((one) => one.name)
  } catch {
    return null
  }
}

function lines(path: string): string[] {
  return text(path)
    .split('\n')
    .filter((line) => line !== '')
}

function text(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
