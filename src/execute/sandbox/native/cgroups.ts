/**
 * Finds where control groups for jobs may be made: below the group that Cupel itself is in, so that whatever limits
 * Cupel limits them too, or below the nearest group above it that has been handed over to us. Making them is the
 * keeper's work (cgroup.h).
 *
 * Version 2 has a rule that a group with processes cannot hand controllers down. Cupel is in such a group, so the leaf
 * goes beside it: below the nearest ancestor that may be written to and holds no processes itself (a systemd user
 * service, or `systemd-run --user --scope -p Delegate=yes`). In a container that is its own top, everything in the top
 * group is first moved one level down, as container runtimes within containers do.
 *
 * Not covered: version 2 without the `memory` and `pids` controllers (then there is none), and asking systemd for a group.
 */
import { accessSync, constants, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

export type Cgroups =
  | { readonly version: 1; readonly folders: readonly [memory: string, cpuacct: string] }
  | { readonly version: 2; readonly folders: readonly [string] }
  | { readonly version: 0; readonly because: string }

interface Mount {
  readonly root: string
  readonly point: string
  readonly type: string
  readonly options: readonly string[]
}

/** `self` is /proc/self; tests give another. */
export function findCgroups(self = '/proc/self'): Cgroups {
  let mounts: Mount[]
  let groups: Group[]
  try {
    mounts = readMounts(readFileSync(join(self, 'mountinfo'), 'utf8'))
    groups = readGroups(readFileSync(join(self, 'cgroup'), 'utf8'))
  } catch {
    return { version: 0, because: 'this system has no control groups' }
  }
  return findVersion1(mounts, groups) ?? findVersion2(mounts, groups)
}

interface Group {
  readonly controllers: readonly string[]
  readonly path: string
}

function readGroups(text: string): Group[] {
  return text
    .split('\n')
    .map((line) => /^\d+:([^:]*):(.*)$/.exec(line))
    .filter((match) => match !== null)
    .map(([, names = '', path = '/']) => ({ controllers: names === '' ? [] : names.split(','), path }))
}

/** `36 35 98:0 /root /mount/point rw,noatime shared:1 - type source options`; octal escapes in the paths */
function readMounts(text: string): Mount[] {
  return text.split('\n').flatMap((line) => {
    const [before = '', after] = line.split(' - ')
    const [, , , root, point] = before.split(' ')
    if (!root || !point || !after) return []
    const [type = '', , options = ''] = after.split(' ')
    return [{ root: unescaped(root), point: unescaped(point), type, options: options.split(',') }]
  })
}

function unescaped(path: string): string {
  return path.replace(/\\(\d{3})/g, (_, code) => String.fromCharCode(Number.parseInt(code, 8)))
}

/** Our group as a folder, or the top of the mount where the group lies outside what is mounted here. */
function folderOf(mount: Mount, path: string): string {
  const root = mount.root === '/' ? '' : mount.root
  const inside = path === root || path.startsWith(`${root}/`)
  const folder = inside ? resolve(mount.point, `.${path.slice(root.length)}`) : mount.point
  return existsSync(folder) ? folder : mount.point
}

function findVersion1(mounts: readonly Mount[], groups: readonly Group[]): Cgroups | null {
  const folders: string[] = []
  for (const controller of ['memory', 'cpuacct']) {
    const mount = mounts.find(({ type, options }) => type === 'cgroup' && options.includes(controller))
    const group = groups.find(({ controllers }) => controllers.includes(controller))
    if (!mount || !group) return null
    const folder = folderOf(mount, group.path)
    if (!writable(folder))
      return { version: 0, because: `${folder} may not be written to (control groups of version 1 need root)` }
    folders.push(folder)
  }
  return { version: 1, folders: folders as [string, string] }
}

const needed = ['memory', 'pids'] as const

function findVersion2(mounts: readonly Mount[], groups: readonly Group[]): Cgroups {
  const mount = mounts.find(({ type }) => type === 'cgroup2')
  const group = groups.find(({ controllers }) => controllers.length === 0)
  if (!mount || !group) return { version: 0, because: 'control groups are not mounted here' }
  if (!needed.every((name) => words(join(mount.point, 'cgroup.controllers')).includes(name)))
    return { version: 0, because: 'the memory and pids controllers of control groups are not available here' }
  const own = folderOf(mount, group.path)
  for (let folder = own; ; folder = join(folder, '..')) {
    if (writable(folder) && handsDown(folder)) return { version: 2, folders: [folder] }
    if (folder === mount.point || !folder.startsWith(mount.point)) break
  }
  if (own === mount.point && writable(own) && makeRoom(own)) return { version: 2, folders: [own] }
  return {
    version: 0,
    because:
      'no control group has been handed over to this user (start Cupel with: systemd-run --user --scope -p Delegate=yes cupel …)',
  }
}

/** Whether groups below get the controllers we need, after asking for it where it may be asked. */
function handsDown(folder: string): boolean {
  if (!needed.every((name) => words(join(folder, 'cgroup.controllers')).includes(name))) return false
  const control = join(folder, 'cgroup.subtree_control')
  const has = () => needed.every((name) => words(control).includes(name))
  if (has()) return true
  try {
    writeFileSync(control, needed.map((name) => `+${name}`).join(' '))
  } catch {
    return false // it holds processes, or is not ours
  }
  return has()
}

/** The top group of a container: what runs in it goes one level down, and then it can hand controllers down. */
function makeRoom(top: string): boolean {
  const below = join(top, 'cupel-container')
  try {
    mkdirSync(below, { recursive: true })
    for (const pid of words(join(top, 'cgroup.procs'))) {
      try {
        writeFileSync(join(below, 'cgroup.procs'), pid)
      } catch {} // it has ended meanwhile
    }
  } catch {
    return false
  }
  return handsDown(top)
}

function words(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split(/\s+/).filter(Boolean)
  } catch {
    return []
  }
}

function writable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK)
    accessSync(join(folder, 'cgroup.procs'), constants.W_OK)
    return true
  } catch {
    return false
  }
}
