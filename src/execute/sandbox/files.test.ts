/** Files out of the sandbox: what is given back, and programs that do their worst with them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Limits, OutputFile, Program } from '../../kernel/index.js'
import { Sandbox } from './sandbox.js'

const names: Record<string, string> = { python: 'main.py', bash: 'main.sh', c: 'main.c', javascript: 'main.js' }
const sandboxes: Record<string, Sandbox> = {}
beforeAll(async () => {
  for (const isolation of ['native', 'wasm'] as const)
    sandboxes[isolation] = await Sandbox.open({ isolation, workers: 2 })
}, 120_000)
afterAll(() => Promise.all(Object.values(sandboxes).map((sandbox) => sandbox.close())))

interface Options {
  readonly level?: string
  readonly collect?: Program['collect']
  readonly limits?: Partial<Limits>
  readonly files?: Record<string, string | Uint8Array>
}

function run(language: string, source: string, { level = 'native', collect = true, limits, files }: Options = {}) {
  const entry = names[language] as string
  const program: Program = { language, files: { [entry]: source, ...files }, entry, collect }
  return (sandboxes[level] as Sandbox).run(program, { cpuSeconds: 10, ...limits })
}
const python = (source: string, options?: Options) => run('python', source, options)
const paths = (files: readonly OutputFile[] | undefined) => files?.map(({ path }) => path)

describe.each(['native', 'wasm'])('%s', (level) => {
  it('gives back what was created or changed, as text or base64, and nothing else', async () => {
    const source = `
import os
os.makedirs("d/e")
open("a.txt", "w").write("hé\\n")
open("d/e/bytes", "wb").write(bytes([0, 255]))
open("empty", "w")
open("given").read()
open("grown", "a").write(" more")
open("rewritten", "w").write("same")
open("other", "w").write("OTHER")
os.remove("gone")
os.symlink("/etc/passwd", "link")
os.symlink("a.txt", "alias")
print("done")`
    const files = { given: 'given', grown: 'is', rewritten: 'same', other: 'other', gone: 'x' }
    const done = await python(source, { level, files })
    expect(done, done.stderr).toMatchObject({ outcome: 'ok', stdout: 'done\n' })
    expect(done.files).toEqual([
      { path: 'a.txt', bytes: 4, text: 'hé\n' },
      { path: 'd/e/bytes', bytes: 2, base64: 'AP8=' },
      { path: 'empty', bytes: 0, text: '' },
      { path: 'grown', bytes: 7, text: 'is more' },
      { path: 'other', bytes: 5, text: 'OTHER' },
    ])
  })

  it('gives back none unless asked', async () => {
    expect('files' in (await python('open("x", "w")', { level, collect: false }))).toBe(false)
    expect((await python('pass', { level })).files).toEqual([])
  })

  it('only what the patterns name: a star stops at a slash, a folder stands for what is in it', async () => {
    const source =
      'import os\nos.makedirs("d/e")\nfor name in ("a.txt", "ab.txt", "a.md", "d/a.txt", "d/e/b.txt", "[x].txt", ".hidden.txt"): open(name, "w").write("1")'
    const expected: [string[], string[]][] = [
      [['*.txt'], ['.hidden.txt', '[x].txt', 'a.txt', 'ab.txt']],
      [
        ['?.txt', 'd/*.txt'],
        ['a.txt', 'd/a.txt'],
      ],
      [['d'], ['d/a.txt', 'd/e/b.txt']],
      [['./d/e/', 'none'], ['d/e/b.txt']],
      [['[x].txt'], ['[x].txt']],
      [['*'], ['.hidden.txt', '[x].txt', 'a.md', 'a.txt', 'ab.txt', 'd/a.txt', 'd/e/b.txt']],
      [['*/*/*'], ['d/e/b.txt']],
      [['../*', '/etc/*'], []],
    ]
    // A run takes seconds in wasm.
    for (const [collect, wanted] of level === 'wasm' ? expected.slice(1, 6) : expected)
      expect([collect, paths((await python(source, { level, collect })).files)]).toEqual([collect, wanted])
  })

  it('names what is over the limits, with its size, and still gives the rest', async () => {
    const source =
      'for i in range(6): open("n%d" % i, "w").write("x" * 10)\nopen("m", "wb").write(b"y" * 5000000)\nopen("z", "w").write("z")'
    const few = await python(source, { level, limits: { files: 3 } })
    expect(few).toMatchObject({ outcome: 'ok' })
    expect(few.files?.map(({ path, leftOut }) => (leftOut ? `(${path})` : path))).toEqual([
      ...['m', 'n0', 'n1', '(n2)', '(n3)', '(n4)', '(n5)', '(z)'],
    ])
    expect(few.files?.at(-1)).toEqual({ path: 'z', bytes: 1, leftOut: 'there are more than 3 files' })
    const small = await python(source, { level, limits: { fileBytes: 35 } })
    expect(small.files?.map(({ path, leftOut }) => (leftOut ? `(${path})` : path))).toEqual([
      ...['(m)', 'n0', 'n1', 'n2', '(n3)', '(n4)', '(n5)', 'z'],
    ])
    expect(small.files?.[0]).toEqual({ path: 'm', bytes: 5e6, leftOut: 'the files are larger than 35 bytes together' })
  })

  it('after an error and after a limit too', async () => {
    const write = 'open("x", "w").write("1")\n'
    const ends: [string, string, Partial<Limits>?][] = [
      ['raise ValueError', 'runtime-error'],
      ['import os; os._exit(3)', 'runtime-error'],
      ['import os; os.abort()', 'runtime-error'],
      ['while True: pass', 'time-limit', { cpuSeconds: 0.5, wallSeconds: 60 }],
    ]
    for (const [end, outcome, limits] of ends) {
      const done = await python(write + end, { level, ...(limits ? { limits } : {}) })
      expect([end, done.outcome, done.files]).toEqual([end, outcome, [{ path: 'x', bytes: 1, text: '1' }]])
    }
  })

  it('whatever became of the working directory', async () => {
    const tricks = [
      'os.chdir("/"); shutil.rmtree(here)',
      'os.chdir("/"); shutil.rmtree(here); os.symlink("/usr", here)',
      'os.chdir("/"); shutil.rmtree(here); open(here, "w").write("a file")',
      'os.makedirs("/".join(["d"] * 60)); open("/".join(["d"] * 60) + "/deep", "w")',
      'os.makedirs("/".join(["n" * 200] * 15)); open("/".join(["n" * 200] * 15) + "/deep", "w")',
      'os.mkdir("locked"); open("locked/x", "w"); os.chmod("locked", 0)',
      'open("x", "w"); os.chmod("x", 0)',
    ]
    for (const trick of tricks) {
      const done = await python(`import os, shutil\nhere = os.getcwd()\n${trick}`, { level })
      expect([trick, done.outcome, Array.isArray(done.files), done.stderr]).toEqual([trick, 'ok', true, ''])
      for (const file of done.files ?? []) expect(file.path).not.toMatch(/^(\/|usr|bin)/)
    }
  })
})

describe('natively', () => {
  it('in every language', async () => {
    const sources: Record<string, string> = {
      bash: 'echo 1 > x',
      javascript: 'require("fs").writeFileSync("x", "1\\n")',
      c: '#include <stdio.h>\nint main(){fputs("1\\n",fopen("x","w"));}',
      python: 'open("x", "w").write("1\\n")',
    }
    for (const [language, source] of Object.entries(sources))
      expect([language, (await run(language, source)).files]).toEqual([
        language,
        [{ path: 'x', bytes: 2, text: '1\n' }],
      ])
  })

  it('neither pipes, sockets, devices nor links stop it or come out', async () => {
    const source = `
import os, socket
os.mkfifo("fifo")
s = socket.socket(socket.AF_UNIX); s.bind("socket"); s.listen()
for name, kind in (("null", 0o20666), ("zero", 0o60666)):
  try: os.mknod(name, kind, os.makedev(1, 3))
  except OSError: pass
os.symlink("/dev/zero", "endless"); os.symlink("loop", "loop"); os.symlink("/proc/self/environ", "environment")
os.symlink("/usr", "usr")
open("x", "w").write("1"); os.link("x", "y")`
    expect(paths((await python(source)).files)).toEqual(['x', 'y'])
  })

  it('names that are no text are shown with what is wrong with them', async () => {
    const done = await python(
      'import os\nfor name in (b"ok", b"\\xff\\xfe", b"new\\nline", b"-rf", b" ", "é".encode(), b"a\\\\b"): open(name, "w").write("1")',
    )
    expect(done.files).toHaveLength(7)
    const odd = done.files?.filter(({ leftOut }) => leftOut) ?? []
    expect(odd).toEqual([{ path: '\ufffd\ufffd', bytes: 1, leftOut: 'its name is not UTF-8' }])
    expect(paths(done.files)).toEqual(expect.arrayContaining(['ok', 'new\nline', '-rf', ' ', 'é', 'a\\b']))
  })

  it('a sparse giant is left out by its size', async () => {
    const done = await python('open("giant", "w").truncate(60 << 20)\nopen("x", "w").write("1")')
    expect(done.files).toEqual([
      { path: 'giant', bytes: 60 << 20, leftOut: 'the files are larger than 16777216 bytes together' },
      { path: 'x', bytes: 1, text: '1' },
    ])
  })

  it('survives as many files as the disk allows, and says how many it does not name', async () => {
    const source =
      'import os\ni = 0\ntry:\n  while True: open("f%06d" % i, "w"); i += 1\nexcept OSError: pass\nprint(i)'
    const done = await python(source, { limits: { diskMb: 1500, cpuSeconds: 60 } })
    const made = Number(done.stdout)
    expect(made).toBeGreaterThan(90_000)
    expect(done).toMatchObject({ outcome: 'ok' })
    expect(done.files?.filter(({ leftOut }) => !leftOut)).toHaveLength(32)
    const last = done.files?.at(-1)
    expect(last).toEqual({ path: '.', bytes: 0, leftOut: `${made - 132} more files are left out` })
  }, 180_000)

  it('what the program locks it out of is opened or named', async () => {
    const locked = 'import os\nopen("x", "w").write("1")\nos.chmod("/tmp/work", 0)\nos.chmod("/tmp", 0)'
    expect((await python(locked)).files).toEqual([{ path: 'x', bytes: 1, text: '1' }])
    const inner =
      'import os\nos.mkdir("d"); open("d/x", "w"); open("y", "w").write("22"); os.chmod("d", 0); os.chmod("y", 0)'
    expect((await python(inner)).files).toEqual([
      { path: 'd', bytes: 0, leftOut: 'it cannot be read' },
      { path: 'y', bytes: 2, leftOut: 'it cannot be read' },
    ])
  })

  it('deep folders are named, not followed', async () => {
    const source = 'import os\nfor i in range(300):\n  os.mkdir("d"); os.chdir("d"); open("f", "w")'
    const { outcome, files } = await python(source, { limits: { files: 100 } })
    expect(outcome).toBe('ok')
    expect(files?.filter(({ leftOut }) => !leftOut)).toHaveLength(32)
    expect(files?.find(({ leftOut }) => leftOut)).toEqual({
      path: Array(33).fill('d').join('/'),
      bytes: 0,
      leftOut: 'it is too many folders deep',
    })
  })

  const remain = `
import os, signal, time
for number in range(1, 65):
  try: signal.signal(number, signal.SIG_IGN)
  except (OSError, ValueError): pass
for i in range(8):
  if os.fork() == 0:
    os.setsid()
    while True:
      for name in sorted(os.listdir("/proc")):
        if name.isdigit() and int(name) not in (os.getpid(), 1):
          for how in (signal.SIGSTOP, signal.SIGKILL):
            try: os.kill(int(name), how)
            except OSError: pass
      try: open("x", "w").write("changed by one that remained"); os.rename("x", "y"); os.rename("y", "x")
      except OSError: pass
`
  it('processes that remain can neither change what is read nor end the one who reads', async () => {
    for (const language of ['python', 'bash']) {
      const source =
        language === 'python'
          ? `open("x", "w").write("1")\n${remain}`
          : `echo -n 1 > x\nfor i in 1 2 3 4; do (trap '' TERM INT HUP; while :; do kill -9 -1 2>/dev/null; echo changed > x; done) & done`
      for (let i = 0; i < 5; i++) {
        const done = await run(language, source)
        expect(['ok', 'runtime-error']).toContain(done.outcome)
        for (const file of done.files ?? []) expect(file.leftOut).toBeUndefined()
        expect(Array.isArray(done.files)).toBe(true)
      }
    }
  })

  it('a program that ends all it can reach, its parent first, fails by itself and is no fault of the machine', async () => {
    const attacks: Record<string, string> = {
      python:
        'import os, signal\nopen("x", "w").write("1")\nfor pid in (os.getppid(), 1, -1, 0):\n  try: os.kill(pid, signal.SIGKILL)\n  except OSError: pass',
      bash: 'printf 1 > x; kill -9 $PPID; kill -9 -1; kill -9 1; kill -9 0',
      c: '#include <stdio.h>\n#include <signal.h>\n#include <unistd.h>\nint main(){FILE*f=fopen("x","w");fputs("1",f);fclose(f);kill(getppid(),9);kill(-1,9);kill(1,9);kill(0,9);}',
    }
    for (const [language, source] of Object.entries(attacks)) {
      const { outcome, files } = await run(language, source)
      expect([language, files]).toEqual([language, [{ path: 'x', bytes: 1, text: '1' }]])
      expect(['ok', 'runtime-error']).toContain(outcome)
    }
  })

  it('a program that the kernel ends for its limits still leaves its files', async () => {
    const write = 'open("x", "w").write("1")\n'
    const ends: [string, string][] = [
      ['x = bytearray(3 << 30)', 'memory-limit'],
      ['import sys\nwhile True: sys.stdout.write("x" * 65536)', 'output-limit'],
      ['open("big", "wb").write(b"x" * (70 << 20))', 'runtime-error'],
      ['import time\ntime.sleep(60)', 'time-limit'],
    ]
    for (const [end, outcome] of ends) {
      const done = await python(write + end, { limits: { wallSeconds: 3, outputBytes: 1000 }, collect: ['x'] })
      expect([end, done.outcome, done.files]).toEqual([end, outcome, [{ path: 'x', bytes: 1, text: '1' }]])
    }
  })
})

it('compilers that are attacked by what they compile give a compile error', async () => {
  // gcc reads what #include names; the assembler runs what .incbin names; neither can reach beyond its own sandbox.
  const sources = [
    '#include "/proc/self/environ"\nint main(){}',
    '#include "/dev/zero"\nint main(){}',
    'asm(".incbin \\"/etc/shadow\\"");\nint main(){}',
    'int main(){return sizeof(char[1ULL<<62]);}',
    `#define A(x) x x x x x x x x x x\n#define B(x) A(A(A(A(A(A(A(x)))))))\nint main(){B(B(;))}`,
  ]
  for (const source of sources) {
    const { outcome, compile } = await run('c', source)
    expect(['compile-error', 'ok', 'runtime-error']).toContain(outcome)
    expect(compile).toBeDefined()
  }
}, 180_000)
