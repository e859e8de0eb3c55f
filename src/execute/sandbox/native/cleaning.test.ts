/** Nothing is left on the machine: control groups, private folders and processes, after a close and after a crash. */
import { spawn } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  rmSync,
  rmdirSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { findCgroups } from './cgroups.js'
import { type Who, commandAs, whyNotAs } from './tiers.test-support.js'

const cgroups = findCgroups()
const noLeaves = cgroups.version === 0 ? cgroups.because : whyNotAs('root')

/** Groups of this test alone, below which its Cupel makes its own: others may be running beside it. */
class OwnGroups {
  readonly folders: string[] = []
  constructor() {
    if (cgroups.version === 0 || noLeaves) return
    for (const folder of cgroups.folders) {
      const own = join(folder, `test-${process.pid}-${Math.floor(Math.random() * 1e9)}`)
      mkdirSync(own)
      this.folders.push(own)
      if (cgroups.version === 2) writeFileSync(join(own, 'cgroup.subtree_control'), '+memory +pids')
    }
  }
  /** A shell command that goes there first; in version 2 one level below, where processes may be. */
  wrap(command: string, args: readonly string[]): [string, string[]] {
    const places = this.folders.map((folder) => (cgroups.version === 2 ? join(folder, 'main') : folder))
    for (const place of places) mkdirSync(place, { recursive: true })
    const go = places.map((place) => `echo $$ > '${place}/cgroup.procs' && `).join('')
    return ['/bin/sh', ['-c', `${go}exec "$0" "$@"`, command, ...args]]
  }
  leaves(): string[] {
    return this.folders.flatMap((folder) =>
      readdirSync(folder)
        .filter((name) => name.startsWith('cupel-'))
        .map((name) => join(folder, name)),
    )
  }
  /** The keeper itself is in them until it has ended. */
  async remove(): Promise<void> {
    const gone = (path: string) => {
      try {
        if (existsSync(path)) rmdirSync(path)
        return true
      } catch {
        return false
      }
    }
    for (const folder of this.folders)
      for (const path of [join(folder, 'main'), folder]) await eventually(() => gone(path), Boolean)
  }
}

/** Waits for what must come to pass; fails with the last answer if it does not within a minute. */
async function eventually<T>(look: () => T, right: (seen: T) => boolean): Promise<T> {
  for (let tries = 0; ; tries++) {
    const seen = look()
    if (right(seen) || tries > 600) return seen
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

function processesWith(mark: string): string[] {
  return readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && commandLine(pid).includes(mark))
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return '' // it has ended meanwhile
  }
}

/** Starts Cupel on a program that leaves a process and files behind and waits; says when it runs. */
function startWaiting(who: Who, folder: string, mark: string) {
  const program = `import os, subprocess\nos.makedirs("a/b/c")\nopen("a/b/c/file", "w").write("x")\nsubprocess.Popen(["sleep", "${mark}"])\nif os.fork() == 0: os.execvp("sleep", ["sleep", "${mark}"])\nos.execvp("sleep", ["sleep", "${mark}"])`
  const script = `import { Sandbox } from 'CUPEL'
const sandbox = await Sandbox.open({ isolation: 'native', workers: 1 })
console.log((await sandbox.isolationOf('python')).tier)
if (process.argv[2] === 'close') {
  await sandbox.run({ language: 'python', files: { 'main.py': 'open("file", "w").write("x")' }, entry: 'main.py' })
  await sandbox.close()
} else await sandbox.run({ language: 'python', files: { 'main.py': ${JSON.stringify(program)} }, entry: 'main.py' }, { wallSeconds: 100 })`
  const { command, args, env } = commandAs(who, folder, script)
  return { command, args, env }
}

const tiers: [string, Who][] = [
  ['A', 'root'],
  ['B', 'user'],
  ["B'", 'confined user'],
  ["B'", 'confined root'],
]
for (const [tier, who] of tiers) {
  const reason = whyNotAs(who)
  if (reason) console.log(`cleaning up as ${who} is not tested: ${reason}`)

  it.skipIf(reason !== null)(`tier ${tier} as ${who}: nothing is left after a close`, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cupel-test-'))
    const groups = new OwnGroups()
    try {
      const { command, args, env } = startWaiting(who, folder, '0')
      const child = spawn(...groups.wrap(command, [...args, 'close']), {
        cwd: '/',
        env,
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      let out = ''
      child.stdout.on('data', (part) => {
        out += part
      })
      expect(await new Promise((resolve) => child.on('close', resolve))).toBe(0)
      expect(out).toBe(`${tier}\n`)
      expect(groups.leaves()).toEqual([])
      expect(readdirSync(folder).filter((name) => name.startsWith('cupel-'))).toEqual([])
    } finally {
      rmSync(folder, { recursive: true, force: true })
      await groups.remove()
    }
  })

  it.skipIf(reason !== null)(
    `tier ${tier} as ${who}: nothing is left after Cupel was killed in the middle`,
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'cupel-test-'))
      const groups = new OwnGroups()
      const mark = String(100000 + Math.floor(Math.random() * 800000))
      try {
        const { command, args, env } = startWaiting(who, folder, mark)
        const child = spawn(...groups.wrap(command, args), { cwd: '/', env, stdio: ['ignore', 'ignore', 'inherit'] })
        const running = await eventually(
          () => processesWith(`sleep\0${mark}`).length,
          (count) => count >= 3,
        )
        expect(running).toBe(3)
        if (who === 'root' && !noLeaves) expect(groups.leaves()).not.toEqual([])
        if (tier === "B'") expect(readdirSync(folder).some((name) => name.startsWith('cupel-'))).toBe(true)
        child.kill('SIGKILL')
        expect(
          await eventually(
            () => processesWith(`sleep\0${mark}`),
            (left) => left.length === 0,
          ),
        ).toEqual([])
        const left = () => [...groups.leaves(), ...readdirSync(folder).filter((name) => name.startsWith('cupel-'))]
        expect(await eventually(left, (names) => names.length === 0)).toEqual([])
      } finally {
        rmSync(folder, { recursive: true, force: true })
        await groups.remove()
      }
    },
  )
}

if (noLeaves) console.log(`sweeping control groups is not tested: ${noLeaves}`)
it.skipIf(noLeaves !== null)(
  'leaves of killed keepers are swept at the next start, those of living ones and of others are not',
  async () => {
    const folders = cgroups.version === 0 ? [] : cgroups.folders
    const namespace = /\[(\d+)\]/.exec(readlinkSync('/proc/self/ns/pid'))?.[1] as string
    const start = readFileSync('/proc/self/stat', 'utf8').split(') ')[1]?.split(' ')[19] as string
    const stale = `cupel-${namespace}-${process.pid}-1-1` // our number, but another start
    const living = `cupel-${namespace}-${process.pid}-${start}-1`
    const foreign = `cupel-1-${process.pid}-1-1` // of another pid namespace
    const unrelated = 'cupel-something'
    const folder = mkdtempSync(join(tmpdir(), 'cupel-test-'))
    for (const parent of folders) for (const name of [stale, living, foreign, unrelated]) mkdirSync(join(parent, name))
    mkdirSync(join(folder, stale, 'deep', 'er'), { recursive: true })
    writeFileSync(join(folder, stale, 'deep', 'file'), '')
    mkdirSync(join(folder, living))
    try {
      const { command, args, env } = startWaiting('root', folder, '0')
      const child = spawn(command, [...args, 'close'], { cwd: '/', env, stdio: ['ignore', 'ignore', 'inherit'] })
      expect(await new Promise((resolve) => child.on('close', resolve))).toBe(0)
      for (const parent of folders)
        expect([stale, living, foreign, unrelated].map((name) => existsSync(join(parent, name)))).toEqual([
          false,
          true,
          true,
          true,
        ])
      expect([stale, living].map((name) => existsSync(join(folder, name)))).toEqual([false, true])
    } finally {
      for (const parent of folders)
        for (const name of [stale, living, foreign, unrelated])
          if (existsSync(join(parent, name))) rmdirSync(join(parent, name))
      rmSync(folder, { recursive: true, force: true })
    }
  },
)
