/** What lives in a leaf of control groups: the forker between jobs, and with it what it has forked. Nothing else of a server. */
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Sandbox } from '../sandbox.js'
import { findCgroups } from './cgroups.js'

const found = findCgroups()
const reason = found.version === 0 ? found.because : null
if (reason) console.log(`the forker is not tested: ${reason}`)
const folder = found.version === 0 ? '' : (found.folders[0] as string)

const statOf = (pid: string) => readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') as string[]

/** The processes in leaves of servers that this process has started, by leaf. */
function members(): string[][] {
  const leaves = readdirSync(folder).filter((name) => {
    const keeper = /^cupel-\d+-(\d+)-/.exec(name)?.[1]
    try {
      return keeper !== undefined && statOf(keeper)[1] === String(process.pid)
    } catch {
      return false // a keeper of somebody else's that has just ended
    }
  })
  const read = (name: string) =>
    readFileSync(join(folder, name, 'cgroup.procs'), 'utf8')
      .split('\n')
      .filter(Boolean)
  return leaves.map(read)
}

describe.skipIf(reason !== null)('the forker', () => {
  let sandbox: Sandbox
  beforeAll(async () => {
    sandbox = await Sandbox.open({ isolation: 'native', workers: 1 })
  })
  afterAll(() => sandbox?.close())

  const run = (source: string) => sandbox.run({ language: 'python', files: { 'main.py': source }, entry: 'main.py' })

  it('is alone in the leaf between jobs, and what a job starts is in the leaf from its start', async () => {
    await run('print(1)')
    const idle = members()
    expect(idle.length).toBeGreaterThan(0)
    for (const leaf of idle) expect(leaf).toHaveLength(1)
    const running = run('import os, time\nos.fork()\ntime.sleep(1)')
    await new Promise((resolve) => setTimeout(resolve, 500))
    const busy = members().filter((leaf) => leaf.length > 1)
    expect(await running).toMatchObject({ outcome: 'ok' })
    expect(busy).toEqual([expect.objectContaining({ length: 3 })])
    expect(members()).toEqual(idle)
  })

  it('is what the kernel would end before the machine, and takes a server with it that is replaced', async () => {
    await run('print(1)')
    const [forker] = members().find(([pid]) => /python/.test(readFileSync(`/proc/${pid}/comm`, 'utf8'))) as [string]
    expect(readFileSync(`/proc/${forker}/oom_score_adj`, 'utf8')).toBe('1000\n')
    process.kill(Number(forker), 'SIGKILL')
    expect(await run('print(2)')).toMatchObject({ outcome: 'ok', stdout: '2\n' })
  })

  it('gives a job every processor that the server may use', async () => {
    const cpus = /Cpus_allowed:\t(\S+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] as string
    const count = [...cpus.replace(/,/g, '')].reduce(
      (sum, digit) => sum + parseInt(digit, 16).toString(2).replace(/0/g, '').length,
      0,
    )
    expect(await run('import os\nprint(len(os.sched_getaffinity(0)))')).toMatchObject({ stdout: `${count}\n` })
  })

  it('leaves nothing of glibc behind that is not so: the number of the thread, its processor', async () => {
    const source = `import ctypes, os, threading
libc = ctypes.CDLL(None)
assert threading.get_native_id() == os.getpid() == libc.gettid(), 'thread number'
own, cpus = ctypes.c_ulong(threading.get_ident()), ctypes.create_string_buffer(128)
assert libc.pthread_getaffinity_np(own, 128, cpus) == 0 and libc.pthread_setaffinity_np(own, 128, cpus) == 0, 'glibc names another thread'
os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
assert libc.sched_getcpu() == max(os.sched_getaffinity(0)), 'glibc is not told its processor'
print('as it should be')`
    expect(await run(source)).toMatchObject({ stdout: 'as it should be\n', stderr: '' })
  })
})
