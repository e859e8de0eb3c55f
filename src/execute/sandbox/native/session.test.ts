import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Limits } from '../../../kernel/index.js'
import { Sandbox } from '../sandbox.js'
import type { Session } from '../session.js'

let sandbox: Sandbox
const opened: Session[] = []
beforeAll(async () => {
  sandbox = await Sandbox.open({ isolation: 'native' })
})
afterAll(() => sandbox.close())

async function open(language: string, limits: Partial<Limits> = {}, more: object = {}): Promise<Session> {
  const session = await sandbox.session({ language, limits: { cpuSeconds: 5, memoryMb: 512, ...limits }, ...more })
  opened.push(session)
  return session
}

const plain = (value: string) => [{ 'text/plain': value }]
const text = async (session: Session, path: string) => Buffer.from(await session.read(path)).toString()

/** What the same story looks like in each language. */
const stories = {
  python: {
    keep: ['x = 41', 'print(x + 1)'],
    wrong: 'int("no")',
    refused: 'x = (',
    endless: 'while True: pass',
    asleep: 'import time; time.sleep(100)',
    write: 'open("made.txt", "w").write("made")',
    exit: 'import sys; sys.exit(7)',
  },
  javascript: {
    keep: ['let x = 41', 'console.log(x + 1)'],
    wrong: 'null.no',
    refused: 'let x = {',
    endless: 'for (;;);',
    asleep: 'await new Promise(() => {})',
    write: 'require("fs").writeFileSync("made.txt", "made")',
    exit: 'process.exit(7)',
  },
  bash: {
    keep: ['x=41', 'echo $((x + 1))'],
    wrong: 'ls /nowhere',
    refused: 'if then',
    endless: 'while :; do :; done',
    asleep: 'sleep 100',
    write: 'printf made > made.txt',
    exit: 'exit 7',
  },
  r: {
    keep: ['x <- 41', 'cat(x + 1, "\\n", sep = "")'],
    wrong: 'stop("no")',
    refused: 'x <- (',
    endless: 'repeat {}',
    asleep: 'Sys.sleep(100)',
    write: 'cat("made", file = "made.txt")',
    exit: 'quit(status = 7)',
  },
}

describe.each(Object.entries(stories))('a %s session', (language, story) => {
  let session: Session | null = null
  beforeAll(async () => {
    const there = (await sandbox.languages()).some((one) => one.language === language && one.isolation === 'native')
    if (there) session = await open(language, { cpuSeconds: 2 })
    else console.log(`sessions of ${language} are not tested: no native toolchain here (cupel setup ${language})`)
  })

  it('keeps its state', async ({ skip }) => {
    if (!session) return skip()
    await session.run(story.keep[0] as string)
    expect(await session.run(story.keep[1] as string)).toMatchObject({ outcome: 'ok', stdout: '42\n', ended: false })
  })
  it('says what went wrong, and goes on', async ({ skip }) => {
    if (!session) return skip()
    const cell = await session.run(story.wrong)
    expect(cell).toMatchObject({ outcome: 'runtime-error', ended: false })
    expect(cell.exception?.message).toBeTruthy()
    expect(await session.run(story.refused)).toMatchObject({ outcome: 'compile-error', ended: false })
    expect((await session.run(story.keep[1] as string)).stdout).toBe('42\n')
  })
  it('stops an endless cell at its limit, a sleeping one when interrupted, and keeps its state', async ({ skip }) => {
    if (!session) return skip()
    expect(await session.run(story.endless)).toMatchObject({ outcome: 'time-limit', ended: false })
    const asleep = session.run(story.asleep)
    for (let stopped = false; !stopped; ) {
      await session.interrupt() // the first may come before the cell has begun
      stopped = await Promise.race([asleep.then(() => true), new Promise<boolean>((go) => setTimeout(go, 200, false))])
    }
    expect(await asleep).toMatchObject({ outcome: 'interrupted', ended: false })
    expect((await session.run(story.keep[1] as string)).stdout).toBe('42\n')
  })
  it('reads and writes files', async ({ skip }) => {
    if (!session) return skip()
    await session.run(story.write)
    expect(await text(session, 'made.txt')).toBe('made')
    await session.write('folder/ü.txt', 'given')
    expect(await session.files()).toEqual([
      { path: 'folder/ü.txt', bytes: 5 },
      { path: 'made.txt', bytes: 4 },
    ])
  })
  it('tells a complete cell from one that goes on', async ({ skip }) => {
    if (!session) return skip()
    expect(await session.complete(story.keep[0] as string)).toBe('complete')
    const begun = language === 'bash' ? 'if true; then' : story.refused
    expect(await session.complete(begun)).toBe('incomplete')
  })
  it('ends with its exit code', async ({ skip }) => {
    if (!session) return skip()
    const cell = await session.run(story.exit)
    expect(cell).toMatchObject({ outcome: 'runtime-error', ended: true, reason: 'exit code 7' })
    expect(session.alive).toBe(false)
    await expect(session.run('1')).rejects.toThrow(/the session is over: .*Open a new one/)
  })
})

describe('rich results', () => {
  it('are the last expression, what is displayed, and figures as pictures', async () => {
    const session = await open('python')
    const source = `class Page:
    def _repr_html_(self): return '<b>page</b>'
    def _repr_png_(self): return bytes([137, 80])
display(Page(), 2)
"last"`
    const { results } = await session.run(source)
    expect(results.slice(1)).toEqual([{ 'text/plain': '2' }, { 'text/plain': "'last'" }])
    expect(results[0]).toMatchObject({ 'text/html': '<b>page</b>', 'image/png': 'iVA=' })
    expect((await session.run('3;')).results).toEqual([])
    expect((await session.run('import asyncio\nawait asyncio.sleep(0, 5)')).results).toEqual(plain('5'))
  })
  it('of SQL are tables, and a syntax error has its line', async () => {
    const session = await open('sql')
    const { results } = await session.run(
      "create table t(a, b); insert into t values (1, 'x;y'), (null, 2.5); select * from t",
    )
    expect(results[0]?.['application/vnd.cupel.table+json']).toEqual({
      columns: ['a', 'b'],
      rows: [[1, 'x;y'], [null, 2.5]], // biome-ignore format: one line
      truncated: false,
    })
    expect(await session.run('select 1;\nselec 2')).toMatchObject({ outcome: 'compile-error', exception: { line: 2 } })
    expect((await session.run('select count(*) from t')).outcome).toBe('ok')
  })
  it('of JavaScript are tables where they look like one', async () => {
    const session = await open('javascript')
    const { results } = await session.run('[{ a: 1, b: "x" }, { a: 2 }]')
    const table = { columns: ['a', 'b'], rows: [[1, 'x'], [2, null]], truncated: false } // biome-ignore format: one line
    expect(results[0]?.['application/vnd.cupel.table+json']).toEqual(table)
  })
  it('that are too large are named, not sent', async () => {
    const session = await open('python')
    const { results } = await session.run('"x" * (9 << 20)')
    expect(String(results[0]?.['text/plain'])).toMatch(/left out/)
  })
})

describe('limits of a cell', () => {
  it('memory: refused, and the state stays; or used by many processes, and the session ends', async () => {
    const session = await open('python', { memoryMb: 128 })
    expect(await session.run('kept = 1; x = [0] * 10**9')).toMatchObject({ outcome: 'memory-limit', ended: false })
    expect((await session.run('kept')).results).toEqual(plain('1'))
    const many = `import os, time
for _ in range(6):
    if os.fork() == 0:
        x = bytearray(60 << 20); time.sleep(20); os._exit(0)
time.sleep(20)`
    expect(await session.run(many)).toMatchObject({ outcome: 'memory-limit', ended: true })
  })
  it('output: the cell is stopped and what fits is kept', async () => {
    const session = await open('python', { outputBytes: 1000 })
    const cell = await session.run('while True: print("x" * 50)')
    expect(cell).toMatchObject({ outcome: 'output-limit', ended: false })
    expect(cell.stdout).toHaveLength(1000)
    expect((await session.run('print("fresh")')).stdout).toBe('fresh\n')
  })
  it('wall clock', async () => {
    const session = await open('bash', { wallSeconds: 1 })
    expect(await session.run('sleep 60')).toMatchObject({ outcome: 'time-limit', ended: false })
  })
  it('a cell that will not be interrupted ends its session', async () => {
    const session = await open('python', { cpuSeconds: 1 })
    const cell = await session.run('import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass')
    expect(cell).toMatchObject({ outcome: 'time-limit', ended: true })
  })
  it('what goes on between cells is limited too', async () => {
    const session = await open('bash', { cpuSeconds: 1 })
    await session.run('while :; do :; done >/dev/null 2>&1 &')
    await expect.poll(() => session.run(':').then((cell) => cell.ended), { timeout: 60_000, interval: 5000 }).toBe(true)
  })
})

describe('a branch', () => {
  it('goes on from the same state, with its own memory, files and processes', async () => {
    const session = await open('python')
    await session.run('import os\nx = [1]\nfile = open("log.txt", "w"); file.write("both "); file.flush()')
    await session.write('data/in.bin', Buffer.from([0, 255]))
    const [left, right] = (await session.fork(2)) as [Session, Session]
    await left.run('x.append("left"); file.write("left"); file.flush(); os.remove("data/in.bin")')
    await right.run('x.append("right"); file.write("right"); file.flush()')
    expect((await session.run('x')).results).toEqual(plain('[1]'))
    expect((await left.run('x')).results).toEqual(plain("[1, 'left']"))
    expect((await right.run('x')).results).toEqual(plain("[1, 'right']"))
    expect(await text(session, 'log.txt')).toBe('both ')
    expect(await text(left, 'log.txt')).toBe('both left')
    expect(await text(right, 'log.txt')).toBe('both right')
    expect([...(await right.read('data/in.bin'))]).toEqual([0, 255])
    expect((await left.files()).map((file) => file.path)).toEqual(['log.txt'])
    const processes = '[int(n) for n in os.listdir("/proc") if n.isdigit()] == [1, os.getpid()]'
    expect((await left.run(processes)).results).toEqual(plain('True'))
  })
  it('can branch again, reaches no other, and outlives its origin', async () => {
    const session = await open('python')
    await session.run('import os, signal\nx = 1')
    const [child, sibling] = (await session.fork(2)) as [Session, Session]
    const killAll = 'try: os.kill(-1, signal.SIGKILL)\nexcept ProcessLookupError: print("nobody there")'
    expect((await child.run(killAll)).stdout).toBe('nobody there\n')
    expect((await session.run('x')).results).toEqual(plain('1'))
    expect((await sibling.run('x')).results).toEqual(plain('1'))
    const [grandchild] = (await child.fork(1)) as [Session]
    await session.close()
    expect((await child.run('x + 1')).results).toEqual(plain('2'))
    await child.close()
    expect((await grandchild.run('x + 2')).results).toEqual(plain('3'))
    expect(await grandchild.run('os._exit(9)')).toMatchObject({ outcome: 'runtime-error', ended: true })
  })
  it('runs at the same time as the others, and one that fails leaves them alone', async () => {
    const session = await open('python', { cpuSeconds: 1 })
    await session.run('x = 5')
    const branches = await session.fork(4)
    const sources = ['x * 2', 'while True: pass', 'import os; os.kill(os.getpid(), 9)', 'x * 3']
    const cells = await Promise.all(branches.map((branch, i) => branch.run(sources[i] as string)))
    expect(cells.map((cell) => cell.outcome)).toEqual(['ok', 'time-limit', 'runtime-error', 'ok'])
    expect((await session.run('x')).results).toEqual(plain('5'))
  })
  it('draws the random numbers its origin would have drawn', async () => {
    const session = await open('python')
    await session.run('import random; random.seed(3); random.random()')
    const [branch] = (await session.fork(1)) as [Session]
    expect((await branch.run('random.random()')).results).toEqual((await session.run('random.random()')).results)
  })
  it('of a database has its own tables', async () => {
    const session = await open('sql')
    await session.run('create table t(a); insert into t values (1)')
    const [branch] = (await session.fork(1)) as [Session]
    await branch.run('delete from t')
    expect((await session.run('select count(*) as n from t')).results[0]?.['text/plain']).toMatch(/1$/)
  })
  it('too deep is refused in words, and the session lives', async () => {
    let deepest = await open('python')
    const chain = async () => {
      for (let i = 0; i < 40; i++) [deepest] = (await deepest.fork(1)) as [Session]
    }
    await expect(chain()).rejects.toThrow(/nested too deep/)
    expect((await deepest.run('1')).outcome).toBe('ok')
  })
  it('is for interpreters that survive it', async () => {
    const session = await open('bash')
    await expect((async () => session.fork(1))()).rejects.toThrow(/bash session cannot be forked/)
    const python = await open('python')
    await expect((async () => python.fork(0))()).rejects.toThrow(/whole number/)
  })
})

describe('a hostile session', () => {
  it('cannot make the file functions leave its folder, hang or give a device', async () => {
    const session = await open('bash')
    const made = await session.run(
      'mkfifo pipe; ln -s /etc/shadow shadow; ln -s /proc/1/environ environ; ln -s loop loop; mkdir folder; truncate -s 10G sparse 2>/dev/null; truncate -s 50M large',
    )
    expect(made.stdout).toBe('')
    for (const path of ['pipe', 'shadow', 'environ', 'loop', 'folder', 'missing'])
      await expect(session.read(path), path).rejects.toThrow(/in the session: /)
    for (const path of ['../x', '/etc/passwd', 'a//b', '', 'a\0b'])
      await expect((async () => session.read(path))(), path).rejects.toThrow(/cannot be the name/)
    expect((await session.files()).map((file) => file.path)).toContain('large')
    await expect(session.write('pipe', 'x')).rejects.toThrow(/in the session/)
  })
  it('can still be read while it is busy, and when its folder is gone', async () => {
    const session = await open('bash')
    await session.run('echo here > file')
    const busy = session.run('sleep 60')
    expect(await text(session, 'file')).toBe('here\n')
    await session.interrupt()
    await busy
    await session.run('rm -r /tmp/work')
    await expect(session.files()).rejects.toThrow(/the working directory is gone/)
  })
  it.each([
    ['garbage', 'import os; os.write(4, b"not an answer at all, and long enough")'],
    ['a length without end', 'import os; os.write(4, b"99999999999\\n")'],
    ['nothing, ever again', 'import os; os.close(4)'],
  ])('that answers %s is over, and its server lives on', async (_, source) => {
    const session = await open('python', { cpuSeconds: 1, wallSeconds: 2 })
    await session.run('1')
    const cell = await session.run(source)
    expect(cell.ended).toBe(true)
    expect(cell.outcome).not.toBe('ok')
    expect(cell.outcome).not.toBe('infrastructure')
  })
  it('gets no rights from the one way in which it may make namespaces', async () => {
    const session = await open('python')
    const source = `import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
NEWUSER, NEWPID, NEWNS, NEWNET, PARENT, SIGCHLD = 0x10000000, 0x20000000, 0x20000, 0x40000000, 0x8000, 17
def tried(name, value):
    print(name, 'refused' if value == -1 else 'ESCAPED')
for extra in (NEWNET, NEWUSER, NEWNS, NEWUSER | NEWPID):
    pid = libc.syscall(56, extra | SIGCHLD, 0, 0, 0, 0)
    if pid == 0: os._exit(0)
    tried(hex(extra), pid)
tried('unshare', libc.unshare(NEWUSER))
reader, writer = os.pipe()
pid = libc.syscall(56, NEWUSER | NEWPID | NEWNS | PARENT | SIGCHLD, 0, 0, 0, 0)
if pid == 0:
    results = [libc.mount(b'none', b'/tmp', b'tmpfs', 0, None), libc.umount2(b'/proc', 2), libc.chroot(b'/tmp'),
               libc.sethostname(b'x', 1), libc.unshare(NEWNET), libc.setuid(0), libc.syscall(101, 0, 0, 0, 0)]
    os.write(writer, repr(results).encode())
    os._exit(0)
os.close(writer)
print(os.read(reader, 1000).decode())`
    const { stdout } = await session.run(source)
    expect(stdout).not.toContain('ESCAPED')
    expect(stdout.trim().split('\n').at(-1)).toBe('[-1, -1, -1, -1, -1, -1, -1]')
  })
  it('has no access to the host', async () => {
    const session = await open('python')
    const source = `import os, socket
for path in ('/etc/shadow', '/root', '/home', '/cupel/..//etc/hostname'):
    try: os.listdir(path) if os.path.isdir(path) else open(path).read(); print('ESCAPED', path)
    except OSError: pass
try: socket.socket(socket.AF_INET); print('ESCAPED socket')
except OSError: pass
print(sorted(os.environ))`
    const { stdout } = await session.run(source)
    expect(stdout).not.toContain('ESCAPED')
    expect(stdout).not.toContain('CUPEL')
  })
})

it('a session that nobody uses expires, and says so', async () => {
  const session = await open('python', {}, { idleSeconds: 1 })
  await session.run('1')
  await expect.poll(() => session.alive, { timeout: 20_000 }).toBe(false)
  await expect(session.run('1')).rejects.toThrow(/nobody used it for 1 s/)
})

it('cells that wait run in their order', async () => {
  const session = await open('python')
  const cells = [session.run('x = 1'), session.run('x += 1'), session.run('x * 10')]
  expect((await Promise.all(cells))[2]?.results).toEqual(plain('20'))
})

it('closing leaves no process, mount or descriptor', async () => {
  const servers = () =>
    readdirSync('/proc').filter((pid) => {
      try {
        return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('drivers/session')
      } catch {
        return false
      }
    })
  const before = servers().length
  const descriptors = readdirSync('/proc/self/fd').length
  const own = await Sandbox.open({ isolation: 'native' })
  const session = await own.session({ language: 'python' })
  const [branch] = (await session.fork(3)) as [Session]
  await branch.run('import os, time\nif os.fork() == 0: os.setsid(); time.sleep(1000)')
  expect(servers().length).toBeGreaterThan(before)
  await own.close()
  await expect.poll(() => servers().length, { timeout: 10_000 }).toBe(before)
  expect(readdirSync('/proc/self/fd').length).toBeLessThanOrEqual(descriptors)
})
