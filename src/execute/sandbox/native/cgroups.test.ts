/** Where control groups are looked for, in trees that look like those of real systems. No kernel is asked. */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { findCgroups } from './cgroups.js'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cupel-test-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function group(path: string, files: Readonly<Record<string, string>> = {}): string {
  const full = join(folder, path)
  mkdirSync(full, { recursive: true })
  for (const [name, text] of Object.entries({ 'cgroup.procs': '', ...files })) writeFileSync(join(full, name), text)
  return full
}

function find(mountinfo: string, cgroup: string) {
  writeFileSync(join(folder, 'mountinfo'), mountinfo.replaceAll('ROOT', folder))
  writeFileSync(join(folder, 'cgroup'), cgroup)
  return findCgroups(folder)
}

const version1 = `23 1 8:1 / / rw - ext4 /dev/root rw
35 31 0:32 / ROOT/memory rw,relatime shared:9 - cgroup cgroup rw,memory
33 31 0:30 / ROOT/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct
41 31 0:38 / ROOT/unified rw - cgroup2 cgroup2 rw
`
const version2 = '41 31 0:38 / ROOT rw,nosuid - cgroup2 cgroup2 rw,nsdelegate\n'
const all = 'cpuset cpu io memory pids'

it('finds our own group in each hierarchy of version 1, also where two controllers share one', () => {
  const memory = group('memory/user/me')
  const cpu = group('cpu,cpuacct/user')
  expect(find(version1, '4:memory:/user/me\n2:cpu,cpuacct:/user\n0::/\n')).toEqual({
    version: 1,
    folders: [memory, cpu],
  })
})

it('finds our own group where only a part of the hierarchy is mounted, as in a container', () => {
  const memory = group('memory/inner')
  const cpu = group('cpu,cpuacct')
  const mounts = version1
    .replace('/ ROOT/memory', '/docker/abc ROOT/memory')
    .replace('/ ROOT/cpu', '/docker/abc ROOT/cpu')
  const groups = '4:memory:/docker/abc/inner\n2:cpu,cpuacct:/docker/other\n'
  expect(find(mounts, groups)).toEqual({ version: 1, folders: [memory, cpu] })
})

it('reads paths with spaces and colons', () => {
  const memory = group('memory/a b:c')
  const cpu = group('cpu,cpuacct')
  expect(find(version1, '4:memory:/a b:c\n2:cpu,cpuacct:/\n')).toEqual({ version: 1, folders: [memory, cpu] })
  const spaced = group('with space')
  expect(find(version2.replace('ROOT', 'ROOT/with\\040space'), '0::/\n')).toMatchObject({ version: 0 })
  writeFileSync(join(spaced, 'cgroup.controllers'), all)
  writeFileSync(join(spaced, 'cgroup.subtree_control'), 'memory pids')
  expect(find(version2.replace('ROOT', 'ROOT/with\\040space'), '0::/\n')).toEqual({ version: 2, folders: [spaced] })
})

it('takes the nearest group above that hands memory and pids down', () => {
  group('.', { 'cgroup.controllers': all, 'cgroup.subtree_control': all })
  group('user.slice', { 'cgroup.controllers': all, 'cgroup.subtree_control': 'memory pids' })
  const app = group('user.slice/app.slice', {
    'cgroup.controllers': 'memory pids',
    'cgroup.subtree_control': 'memory pids',
  })
  group('user.slice/app.slice/me.scope', { 'cgroup.controllers': 'memory', 'cgroup.subtree_control': '' })
  expect(find(version2, '0::/user.slice/app.slice/me.scope\n')).toEqual({ version: 2, folders: [app] })
})

it('asks a group for the controllers that it has and does not hand down', () => {
  group('.', { 'cgroup.controllers': all, 'cgroup.subtree_control': all })
  const own = group('mine', { 'cgroup.controllers': all, 'cgroup.subtree_control': 'cpu' })
  find(version2, '0::/mine\n')
  // A file is no kernel: it keeps what was written, with the plus signs.
  expect(readFileSync(join(own, 'cgroup.subtree_control'), 'utf8')).toBe('+memory +pids')
})

it('says why there is none', () => {
  expect(find('', '')).toEqual({ version: 0, because: 'control groups are not mounted here' })
  expect(findCgroups(join(folder, 'nowhere'))).toMatchObject({ version: 0, because: /no control groups/ })
  group('.', { 'cgroup.controllers': 'hugetlb' })
  expect(find(version2, '0::/\n')).toMatchObject({
    version: 0,
    because: expect.stringContaining('memory and pids controllers'),
  })
})

const root = process.getuid?.() === 0
if (root) console.log('folders that may not be written to are not tested: root may write to all of them')
it.skipIf(root)('takes none that may not be written to', () => {
  for (const path of ['memory', 'cpu,cpuacct']) chmodSync(group(path), 0o555)
  expect(find(version1, '4:memory:/\n2:cpu,cpuacct:/\n')).toMatchObject({
    version: 0,
    because: expect.stringContaining('need root'),
  })
})

it('does not touch the groups of others to make room', () => {
  group('.', { 'cgroup.controllers': all, 'cgroup.subtree_control': '' })
  writeFileSync(join(folder, 'cgroup.procs'), '1\n2\n')
  group('deep/er', { 'cgroup.controllers': '' })
  find(version2, '0::/deep/er\n')
  expect(existsSync(join(folder, 'cupel-container'))).toBe(false)
})
