import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Limits } from '../../../kernel/index.js'
import { Sandbox } from '../sandbox.js'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await Sandbox.open({ isolation: 'native' })
})
afterAll(() => sandbox.close())

const files: Record<string, string> = {
  python: 'main.py',
  javascript: 'main.js',
  typescript: 'main.ts',
  c: 'main.c',
  bash: 'main.sh',
  perl: 'main.pl',
}

function run(
  language: string,
  source: string,
  options: { stdin?: string; args?: string[]; limits?: Partial<Limits>; more?: Record<string, string> } = {},
) {
  const entry = files[language] as string
  const { stdin, args, more = {} } = options
  const program = {
    language,
    files: { [entry]: source, ...more },
    entry,
    ...(stdin === undefined ? {} : { stdin }),
    ...(args ? { args } : {}),
  }
  return sandbox.run(program, { cpuSeconds: 5, ...options.limits })
}

const sum: Record<string, string> = {
  python: 'import sys\nprint(sum(map(int, sys.stdin.read().split())), "é")',
  javascript:
    'const n = require("fs").readFileSync(0, "utf8").split(/\\s+/).map(Number); console.log(n.reduce((a, b) => a + b), "é")',
  typescript:
    'const n: number[] = require("fs").readFileSync(0, "utf8").split(/\\s+/).map(Number); console.log(n.reduce((a: number, b: number) => a + b), "é")',
  c: '#include <stdio.h>\nint main(){int a,b;scanf("%d %d",&a,&b);printf("%d é\\n",a+b);}',
  bash: 'read a b; echo "$((a + b)) é"',
  perl: 'my ($a, $b) = split " ", <STDIN>; print $a + $b, " é\\n";',
}

describe('every language', () => {
  it.each(Object.keys(sum))('%s adds numbers from standard input', async (language) => {
    const done = await run(language, sum[language] as string, { stdin: '20 22' })
    expect(done, done.stderr).toMatchObject({
      outcome: 'ok',
      exitCode: 0,
      stdout: '42 é\n',
      isolation: { level: 'native' },
    })
    expect(done.cpuMs).toBeGreaterThan(0)
    expect(done.peakBytes).toBeGreaterThan(0)
  })

  it.each([
    ['python', 'import sys\nsys.exit(7)'],
    ['javascript', 'process.exit(7)'],
    ['c', 'int main(){return 7;}'],
    ['bash', 'exit 7'],
    ['perl', 'exit 7'],
  ])('%s gives its exit code', async (language, source) => {
    expect(await run(language, source)).toMatchObject({ outcome: 'runtime-error', exitCode: 7, signal: null })
  })

  it.each([
    ['python', 'while True: pass'],
    ['javascript', 'for (;;) {}'],
    ['c', 'int main(){for(;;);}'],
    ['bash', 'while :; do :; done'],
  ])('%s is stopped at its CPU limit', async (language, source) => {
    const done = await run(language, source, { limits: { cpuSeconds: 0.5 } })
    expect(done).toMatchObject({ outcome: 'time-limit' })
  })

  it.each([
    ['c', 'int main({return 0;}', /expected/],
    ['typescript', 'const x: = 1', /main\.ts:1/],
    ['python', 'print(1)\nx = (', /SyntaxError/],
    ['javascript', 'console.log(1)\nlet x = (', /SyntaxError/],
    ['perl', 'print 1; my $x = (;', /syntax error/],
  ])('%s says why it does not compile', async (language, source, message) => {
    const done = await run(language, source)
    expect(done.outcome).toBe('compile-error')
    expect(done.stderr).toMatch(message)
  })
})

it('a syntax error inside a running program is a runtime error', async () => {
  expect((await run('python', 'exec("x = (")')).outcome).toBe('runtime-error')
  expect((await run('javascript', 'eval("x = (")')).outcome).toBe('runtime-error')
})

describe('limits', () => {
  it('memory', async () => {
    expect(await run('python', 'x = [0] * 10**9', { limits: { memoryMb: 128 } })).toMatchObject({
      outcome: 'memory-limit',
    })
    const source =
      '#include <stdlib.h>\n#include <unistd.h>\nint main(){for(int i=0;i<8;i++){if(!fork()){volatile char*p=malloc(60<<20);for(int j=0;p&&j<60<<20;j+=4096)p[j]=1;sleep(3);_exit(0);}}sleep(3);}'
    expect(await run('c', source, { limits: { memoryMb: 128 } })).toMatchObject({ outcome: 'memory-limit' }) // all processes together
  })
  it('output', async () => {
    const done = await run('bash', 'yes', { limits: { outputBytes: 10_000 } })
    expect(done).toMatchObject({ outcome: 'output-limit' })
    expect(done.stdout).toHaveLength(10_000)
  })
  it('wall clock: sleeping, with a child that holds the pipe', async () => {
    const done = await run('bash', 'echo begun; setsid sleep 60 & sleep 60', { limits: { wallSeconds: 1 } })
    expect(done).toMatchObject({ outcome: 'time-limit', stdout: 'begun\n' })
  })
  it('a background process does not outlive its program', async () => {
    const done = await run('bash', '(while :; do :; done) & echo done')
    expect(done).toMatchObject({ outcome: 'ok', stdout: 'done\n' })
  })
  it('processes', async () => {
    const done = await run('python', 'import os\nwhile True: os.fork()', {
      limits: { processes: 16, cpuSeconds: 1, wallSeconds: 4 },
    })
    expect(done.outcome).not.toBe('ok')
  })
  it('disk', async () => {
    const done = await run('bash', 'head -c 30000000 /dev/zero > big', { limits: { diskMb: 8 } })
    expect(done.outcome).not.toBe('ok')
  })
  it('more input and output than a pipe holds', async () => {
    const stdin = 'x'.repeat(1_000_000)
    const done = await run('python', 'import sys\nsys.stdout.write(sys.stdin.read())', { stdin })
    expect(done.stdout).toBe(stdin)
  })
})

describe('what a program cannot reach', () => {
  const refused: [string, string][] = [
    [
      'the host file system',
      'import os; print(os.path.exists("/etc/shadow") or os.path.exists("/home") or os.path.exists("/var") or os.path.exists("/root/.bashrc"))',
    ],
    ['the network', 'import socket\ntry:\n  socket.socket(); print(True)\nexcept OSError: print(False)'],
    ['other processes', 'import os; print(len([p for p in os.listdir("/proc") if p.isdigit()]) > 2)'],
    [
      'the environment of Cupel',
      'import os; print("CUPEL_SECRET" in os.environ or any("NPM" in k.upper() for k in os.environ))',
    ],
    ['new namespaces', 'import ctypes; print(ctypes.CDLL(None).unshare(0x10000000) == 0)'],
    ['ptrace', 'import ctypes; print(ctypes.CDLL(None).ptrace(0, 0, 0, 0) == 0)'],
    ['the system folders', 'try:\n  open("/usr/x", "w"); print(True)\nexcept OSError: print(False)'],
    ['a set-uid program', 'import os; print(os.geteuid() == 0 and os.path.exists("/etc/shadow"))'],
    [
      'the interpreter server',
      'import os\ntry:\n  open("/proc/1/mem", "rb").read(1); print(True)\nexcept OSError: print(False)',
    ],
  ]
  it.each(refused)('%s', async (_, source) => {
    process.env.CUPEL_SECRET = 'x'
    expect(await run('python', source)).toMatchObject({ outcome: 'ok', stdout: 'False\n' })
  })

  it('signals to everything it can name stay inside', async () => {
    const source =
      'import os, signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nfor pid, number in ((0, 15), (-1, 15), (1, 9), (os.getppid(), 15)):\n  try: os.kill(pid, number)\n  except OSError: pass\nprint("alive")'
    expect(await run('python', source)).toMatchObject({ stdout: 'alive\n' })
    expect(await run('python', 'print(1)')).toMatchObject({ stdout: '1\n' })
  })

  it('leaves nothing for the next program', async () => {
    await run('bash', 'echo secret > /tmp/left; echo secret > /dev/shm/left; echo secret > left; sleep 100 &')
    const done = await run('bash', 'ls -A /tmp /dev/shm .; cat /tmp/left /dev/shm/left 2>/dev/null')
    expect(done.stdout).not.toContain('secret')
    expect(done.stdout).not.toContain('left')
  })

  it('interpreters do not share state, but random numbers differ', async () => {
    const source = 'import random, sys\nprint(getattr(sys, "mark", None), random.random())\nsys.mark = 1'
    const seen = new Set<string>()
    for (let i = 0; i < 3; i++) {
      const { stdout } = await run('python', source)
      expect(stdout).toMatch(/^None /)
      seen.add(stdout)
    }
    expect(seen.size).toBe(3)
  })
})

it('runs several files, arguments and a traceback without frames of ours', async () => {
  const done = await run('python', 'import sys, part\npart.fail(sys.argv[1])', {
    args: ['boom'],
    more: { 'part.py': 'def fail(x):\n    raise ValueError(x)\n' },
  })
  expect(done).toMatchObject({ outcome: 'runtime-error', exitCode: 1 })
  expect(done.stderr).toContain('ValueError: boom')
  expect(done.stderr).not.toContain('zygote')
})

it('ends a program as python3 does: threads first, then atexit, then its exit code', async () => {
  const source =
    'import atexit, sys, threading, time\natexit.register(print, "atexit")\nthreading.Thread(target=lambda: (time.sleep(0.2), print("thread"))).start()\nprint("main")\nsys.exit(3)'
  expect(await run('python', source)).toMatchObject({ stdout: 'main\nthread\natexit\n', exitCode: 3 })
  expect(await run('python', 'import atexit\natexit.register(print, "bye")')).toMatchObject({
    stdout: 'bye\n',
    exitCode: 0,
  })
})

it('refuses file names that leave the sandbox', async () => {
  await expect(run('python', '', { more: { '../x': '' } })).rejects.toThrow(/relative path/)
  await expect(run('python', '', { more: { '/etc/x': '' } })).rejects.toThrow(/relative path/)
})

it('keeps the order of runMany and leaves no process, mount or descriptor behind', async () => {
  const own = await Sandbox.open({ isolation: 'native', workers: 2 })
  const before = { mounts: readFileSync('/proc/self/mounts', 'utf8'), fds: readdirSync('/proc/self/fd').length }
  const sources = fc.sample(
    fc.constantFrom(
      'print(I)',
      'import os\nif os.fork(): pass\nprint(I)',
      'import os, sys\nsys.stdout.write(str(I))\nsys.stdout.flush()\nos.kill(os.getpid(), 9)',
      'raise SystemExit(I)',
      'import subprocess\nsubprocess.Popen(["sleep", "99"])\nprint(I)',
    ),
    { numRuns: 60, seed: 1 },
  )
  const programs = sources.map((source, i) => ({
    language: 'python',
    files: { 'main.py': source.replaceAll('I', String(i)) },
    entry: 'main.py',
  }))
  let i = 0
  for await (const done of own.runMany(programs, { cpuSeconds: 5 })) {
    if (!(sources[i] as string).includes('SystemExit')) expect(done.stdout).toContain(String(i))
    i++
  }
  expect(i).toBe(60)
  await own.close()
  expect(readFileSync('/proc/self/mounts', 'utf8')).toBe(before.mounts)
  expect(readdirSync('/proc/self/fd').length).toBeLessThanOrEqual(before.fds + 2)
  const sleeping = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => commandLine(pid).startsWith('sleep\0' + '99'))
  expect(sleeping).toEqual([])
})

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return '' // it has ended meanwhile
  }
}
