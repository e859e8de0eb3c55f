/** What a fork of a warm interpreter has of its own, and which interpreters cannot be forked. */
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import { defineLanguage, limitsFrom } from '../../../kernel/index.js'
import { findLanguage } from '../../language.js'
import { Sandbox } from '../sandbox.js'
import { Unfit } from './pool.js'
import { Turns } from './turns.js'
import { WarmInterpreters } from './warm-interpreters.js'
import { type WarmProgram, warmServersFor } from './warm-kinds.js'
import { BothWays, surroundings } from './warm.test-support.js'

const javascript = findLanguage('javascript')
const node = new BothWays(javascript)
afterAll(() => node.close())

async function warm(source: string): Promise<{ stdout: string; wallMs: number }> {
  const program = { language: 'javascript', files: { 'main.js': source }, entry: 'main.js' }
  const reply = await node.warm(program, { cpuSeconds: 20, wallSeconds: 60 })
  expect(reply.stderr.toString()).toBe('')
  return { stdout: reply.stdout.toString(), wallMs: reply.wallMs }
}

describe('a fork of the warm node', () => {
  it('has random numbers of its own', async () => {
    const source = `const c = require('crypto'), { Worker } = require('worker_threads')
      console.log([Math.random(), c.randomBytes(8).toString('hex'), c.randomUUID(), c.randomInt(2 ** 40)].join('\\n'))
      new Worker('console.log(Math.random())', { eval: true })`
    const [a = [], b = []] = [await warm(source), await warm(source)].map(({ stdout }) => stdout.trim().split('\n'))
    expect(a).toHaveLength(5)
    for (const [i, one] of a.entries()) expect(one, `number ${i}`).not.toBe(b[i])
  })

  it('starts when the program starts: the time that the server waited is none of its own', async () => {
    const source = 'console.log(performance.now(), process.uptime() * 1000, performance.mark("m").startTime)'
    const first = (await warm(source)).stdout.split(' ').map(Number)
    await sleep(3000)
    const { stdout, wallMs } = await warm(source)
    for (const [i, now] of stdout.split(' ').map(Number).entries()) expect(now).toBeLessThan((first[i] ?? 0) + wallMs)
  })

  it('knows the hour', async () => {
    const before = Date.now()
    const { stdout } = await warm('console.log(Date.now(), performance.timeOrigin + performance.now())')
    for (const now of stdout.split(' ').map(Number)) {
      expect(now).toBeGreaterThan(before - 2)
      expect(now).toBeLessThan(Date.now() + 2)
    }
  })

  it('has no rights in any of its threads', async () => {
    const { stdout } = await warm(`const fs = require('fs')
      fs.promises.readFile(__filename).then(() => {
        const rights = (task) => fs.readFileSync(\`/proc/self/task/\${task}/status\`, 'utf8').match(/^(Cap\\w+|Seccomp|NoNewPrivs|Uid|Gid):.*/gm).join('\\n')
        const tasks = fs.readdirSync('/proc/self/task')
        console.log(JSON.stringify({ count: tasks.length, kinds: [...new Set(tasks.map(rights))] }))
      })`)
    const { count, kinds } = JSON.parse(stdout)
    expect(count).toBeGreaterThan(4)
    expect(kinds).toHaveLength(1)
    expect(kinds[0]).toMatch(
      /CapInh:\t0+\nCapPrm:\t0+\nCapEff:\t0+\nCapBnd:\t0+\nCapAmb:\t0+\nNoNewPrivs:\t1\nSeccomp:\t2/,
    )
    if (process.getuid?.() === 0) expect(kinds[0]).toMatch(/Uid:\t(\d{4,})\t\1\t\1\t\1\n/)
  })

  it('finds nothing of the programs before it', async () => {
    await warm(`Array.prototype.left = 1; globalThis.left = 1; process.env.LEFT = '1'; require('fs').left = 1
      require('fs').writeFileSync('/tmp/left', ''); process.chdir('/tmp'); process.on('exit', () => {}); Error.stackTraceLimit = 1`)
    const { stdout } = await warm(`console.log([].left, globalThis.left, process.env.LEFT, require('fs').left,
      require('fs').existsSync('/tmp/left'), process.cwd(), process.listenerCount('exit'), Error.stackTraceLimit)`)
    expect(stdout).toBe('undefined undefined undefined undefined false /tmp/work 0 10\n')
  })
})

describe('programs of the sandbox', () => {
  const isWarm = 'const warm = require("fs").existsSync("/cupel/zygote.cjs")\n'
  const open: Sandbox[] = []
  afterEach(async () => {
    await Promise.all(open.splice(0).map((sandbox) => sandbox.close()))
  })
  async function sandbox() {
    const opened = await Sandbox.open({ isolation: 'native', workers: 2 })
    open.push(opened)
    const run = (source: string, limits = {}) =>
      opened.run({ language: 'javascript', files: { 'main.js': isWarm + source }, entry: 'main.js' }, limits)
    const warmUp = (limits = {}) =>
      vi.waitFor(async () => expect((await run('console.log(warm)', limits)).stdout).toBe('true\n'), {
        timeout: 50_000,
      })
    return { run, warmUp }
  }

  it('come alone: then they start their own node', async () => {
    const { run } = await sandbox()
    expect((await run('console.log(warm)')).stdout).toBe('false\n')
  })

  it('come often: then they are forks, in all that can happen to them', async () => {
    const { run, warmUp } = await sandbox()
    await warmUp()
    const limits = { cpuSeconds: 1, wallSeconds: 20 }
    expect(await run('for (;;) {}', limits)).toMatchObject({ outcome: 'time-limit' })
    expect(await run('setInterval(() => {}, 9)', { wallSeconds: 1 })).toMatchObject({ outcome: 'time-limit' })
    expect(await run('for (;;) require("fs").writeSync(1, "x".repeat(9999))', { outputBytes: 100_000 })).toMatchObject({
      outcome: 'output-limit',
    })
    expect(await run('process.exit(7)')).toMatchObject({ outcome: 'runtime-error', exitCode: 7 })
    expect(await run('process.abort()')).toMatchObject({ outcome: 'runtime-error', signal: 'SIGABRT' })
    expect(await run('let x = (')).toMatchObject({ outcome: 'compile-error' })
    expect(await run('throw new Error("x")')).toMatchObject({ outcome: 'runtime-error', exitCode: 1 })
    expect(await run('console.log(warm)')).toMatchObject({ outcome: 'ok', stdout: 'true\n' })
  })

  it('have the memory that their own limit gives them', async () => {
    const { run, warmUp } = await sandbox()
    for (const memoryMb of [96, 160]) {
      await warmUp({ memoryMb })
      const { stdout } = await run('console.log(warm, require("v8").getHeapStatistics().heap_size_limit >> 20)', {
        memoryMb,
      })
      const [is, size] = stdout.split(' ')
      expect(is).toBe('true')
      expect(Number(size)).toBeGreaterThanOrEqual(memoryMb)
      expect(Number(size)).toBeLessThan(memoryMb + 60)
      const all = 'const all = []; for (;;) all.push(new Array(100000).fill({ a: 1 }))'
      expect(await run(all, { memoryMb, cpuSeconds: 30 })).toMatchObject({ outcome: 'memory-limit' })
    }
  })

  it('have many different memory limits: the servers that were used last are kept', async () => {
    const { run } = await sandbox()
    for (let round = 0; round < 2; round++)
      for (let memoryMb = 100; memoryMb < 112; memoryMb++)
        expect(await run(`console.log(${memoryMb})`, { memoryMb })).toMatchObject({
          outcome: 'ok',
          stdout: `${memoryMb}\n`,
        })
  })
})

describe('a program starts its own interpreter', () => {
  const around = surroundings()
  const like: WarmProgram = {
    native: javascript.native as NonNullable<typeof javascript.native>,
    file: 'main.js',
    entry: 'main.js',
    main: 'main',
    content: '',
    args: [],
    env: {},
    limits: limitsFrom(),
  }
  const ruby = {
    ...like,
    native: findLanguage('ruby').native as NonNullable<typeof javascript.native>,
    file: 'main.rb',
    entry: 'main.rb',
  }

  it.each<[string, WarmProgram, boolean]>([
    ['as a rule not: node', like, true],
    ['as a rule not: another', ruby, true],
    [
      'where node would have read its environment at the start',
      { ...like, env: { NODE_OPTIONS: '--no-warnings' } },
      false,
    ],
    ['where the time zone is another', { ...like, env: { TZ: 'Europe/Oslo' } }, false],
    ['not for other variables', { ...like, env: { MINE: '1' } }, true],
    ['not for arguments', { ...like, args: ['a'] }, true],
    ['where its name looks like an option', { ...like, entry: '-e.js' }, false],
    ['where its threads would not fit', { ...like, limits: limitsFrom({ processes: 8 }) }, false],
    ['where another interpreter would have seen its arguments', { ...ruby, args: ['a'] }, false],
    ['or its environment', { ...ruby, env: { MINE: '1' } }, false],
    ['or its name', { ...ruby, entry: 'other.rb' }, false],
    ['or a line for the shell', { ...ruby, content: '#!/usr/bin/env ruby -w\n' }, false],
  ])('%s', (_, program, hasServers) => {
    expect(warmServersFor(program, around) !== null).toBe(hasServers)
  })

  it('where the servers fail: all programs run', async () => {
    const without = new WarmInterpreters({ ...around, folder: '/nowhere' }, 2, new Turns())
    const jobs = Array.from({ length: 12 }, (_, i) =>
      without.run(
        like,
        (pool) => pool.run({ frame: frameOf(i) }),
        async () => coldReply,
      ),
    )
    expect(new Set(await Promise.all(jobs))).toEqual(new Set([coldReply]))
    await without.close()
  })
})

const coldReply = { id: 1 } as never
const frameOf = (i: number) => ({ type: 1 as const, flags: 1, limits: limitsFrom(), blobs: [Buffer.from(`${i}`)] })

/** Perl stands for an interpreter: what it does first is `before`, then it looks at the program. */
function perl(before: string, check = 'print "42 ", rand, "\\n"', prints = /^42 (0\.\d+)\n$/) {
  const program = `${before}; open(P, '<', 'main.pl') or die; my $text = join '', <P>; eval $text; die $@ if $@`
  return defineLanguage({
    name: 'perl',
    title: 'Perl',
    summary: 'stands for an interpreter',
    extensions: ['pl'],
    file: 'main.pl',
    native: {
      probe: ['perl', '-v'],
      install: { apt: 'perl' },
      run: ['perl', '-e', program, '{file}'],
      warm: { check, prints },
    },
  })
}

describe('an interpreter', () => {
  async function runs(language: ReturnType<typeof perl>, source: string): Promise<string> {
    const ways = new BothWays(language)
    const program = { language: 'perl', files: { 'main.pl': source }, entry: 'main.pl' }
    try {
      const own = await ways.cold(program)
      const { exitCode, stdout, stderr } = await ways.warm(program)
      expect([exitCode, stderr.toString(), stdout.toString()]).toEqual([
        own.exitCode,
        own.stderr.toString(),
        own.stdout.toString(),
      ])
      return stdout.toString()
    } finally {
      await ways.close()
    }
  }

  it.each([
    ['nothing', '1', 'print "plain"', 'plain'],
    ['what it has computed', 'our $x = 6 * 7', 'print $x', '42'],
    [
      'a pipe with something in it',
      'pipe(R, W); syswrite W, "in the pipe"',
      'sysread R, $_, 99; syswrite W, "!"; print; sysread R, $_, 9; print',
      'in the pipe!',
    ],
    [
      'a file that it has half read',
      'open(F, "<", "/etc/passwd"); sysread F, $_, 5',
      'sysread F, $_, 6; print',
      'x:0:0:',
    ],
    ['an alarm', 'alarm 1000', 'my $left = alarm 0; print $left > 900 ? "set" : $left', 'set'],
    ['signals that it handles', '$SIG{USR1} = sub { print "seen" }', 'kill "USR1", $$; print "."', 'seen.'],
    [
      'the number of its process',
      'our $own = $$; our $uid = $<',
      'print $own == $$ ? "same" : "other", $own, ($uid == 0) == ($< == 0) ? "" : "root"',
      'same2',
    ],
    ['its folder', 'use Cwd; our $d = getcwd()', 'print $d, " ", getcwd()', '/tmp/work /tmp/work'],
  ])('may hold %s when it is stopped', async (_, before, source, prints) => {
    expect(await runs(perl(before), source)).toBe(prints)
  })

  it.each([
    ['a process', 'fork or exec "sleep", "100"'],
    ['a socket', 'use Socket; socketpair(A, B, AF_UNIX, SOCK_STREAM, 0)'],
    ['one end of a pipe', 'pipe(R, W); close W'],
    ['a temporary file', 'open(T, ">", "/tmp/kept")'],
  ])('is not kept warm if it holds %s', async (_, before) => {
    await expect(runs(perl(before), 'print 1')).rejects.toThrow(Unfit)
  })

  it.each([
    ['has the same random numbers in each fork', perl('srand 1')],
    ['prints something else', perl('1', 'print "43 ", rand, "\\n"')],
    ['writes to standard error', perl('1', 'print "42 ", rand, "\\n"; print STDERR "careful\\n"')],
    ['fails', perl('1', 'print "42 ", rand, "\\n"; exit 1')],
    ['never looks at the program', perl('print "42 ", rand; exit')],
  ])('is not used if its check %s', async (_, language) => {
    await expect(runs(language, 'print 1')).rejects.toThrow(Unfit)
  })
})
