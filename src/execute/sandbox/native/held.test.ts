/** One program with many inputs, and large programs: what a held program can do, and what others see of it. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Execution, Limits, Program, ProgramInput } from '../../../kernel/index.js'
import { Sandbox } from '../sandbox.js'

let folder: string
let sandbox: Sandbox
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cupel-held-'))
  process.env.CUPEL_CACHE = folder
  sandbox = await Sandbox.open({ isolation: 'native', workers: 2 })
})
afterAll(async () => {
  await sandbox.close()
  delete process.env.CUPEL_CACHE
  rmSync(folder, { recursive: true, force: true })
})

const names: Record<string, string> = { c: 'main.c', python: 'main.py', bash: 'main.sh', typescript: 'main.ts' }
function program(language: string, source: string, more: Partial<Program> = {}): Program {
  const entry = names[language] as string
  return {
    language,
    files: { [entry]: source, ...more.files },
    entry,
    ...more,
    ...(more.files ? { files: { [entry]: source, ...more.files } } : {}),
  }
}

async function all(one: Program, inputs: Iterable<ProgramInput>, limits: Partial<Limits> = {}): Promise<Execution[]> {
  const done: Execution[] = []
  for await (const execution of sandbox.runInputs(one, inputs, { cpuSeconds: 5, ...limits })) done.push(execution)
  return done
}

const sum: Record<string, string> = {
  c: '#include <stdio.h>\n#include <stdlib.h>\nint main(int n, char **v) { int a, b; scanf("%d %d", &a, &b); printf("%d\\n", a + b + atoi(n > 1 ? v[1] : "0")); }',
  python: 'import sys\na, b = map(int, input().split())\nprint(a + b + int((sys.argv[1:] or ["0"])[0]))',
  typescript:
    'const [a, b]: string[] = require("fs").readFileSync(0, "utf8").split(" ")\nconsole.log(Number(a) + Number(b) + Number(process.argv[2] ?? 0))',
  bash: 'read a b; set -- "$@" 0; echo $((a + b + $1))',
}

describe.each(Object.keys(sum))('a %s program with many inputs', (language) => {
  it('gives for each input what it gives alone, in their order', async () => {
    const one = program(language, sum[language] as string)
    const inputs = Array.from({ length: 40 }, (_, i) => ({ stdin: `${i} 1`, ...(i % 2 ? { args: [String(i)] } : {}) }))
    const done = await all(one, inputs)
    expect(done.map(({ stdout }) => Number(stdout))).toEqual(inputs.map((_, i) => i + 1 + (i % 2 ? i : 0)))
    const alone = await sandbox.run({ ...one, ...inputs[7] })
    const kind = ({ outcome, exitCode, signal, stdout, stderr }: Execution) => ({
      outcome,
      exitCode,
      signal,
      stdout,
      stderr,
    })
    expect(kind(done[7] as Execution)).toEqual(kind(alone))
    expect(done[0]?.isolation).toEqual(alone.isolation)
  })
})

it('takes from the program what an input does not say', async () => {
  const one = program('bash', 'read x; echo "$x $1 $NAME"', { stdin: 'in', args: ['arg'], env: { NAME: 'env' } })
  const inputs = [{}, { stdin: 'other' }, { args: [] }, { args: ['a b'], stdin: '' }]
  expect((await all(one, inputs)).map(({ stdout }) => stdout)).toEqual([
    'in arg env\n',
    'other arg env\n',
    'in  env\n',
    ' a b env\n',
  ])
})

it('is compiled for the first input only, and says so', async () => {
  const done = await all(program('c', sum.c as string), [{ stdin: '1 2' }, { stdin: '3 4' }, { stdin: '5 6' }])
  const fresh = await all(program('c', `${sum.c} // fresh`), [{ stdin: '1 2' }, { stdin: '3 4' }])
  expect(done.map(({ compile }) => compile?.cached).slice(1)).toEqual([true, true])
  expect(fresh.map(({ compile }) => compile?.cached)).toEqual([false, true])
  expect(fresh[1]?.compile?.cpuMs).toBe(fresh[0]?.compile?.cpuMs)
  expect(fresh[0]?.compile?.peakBytes).toBeGreaterThan(fresh[0]?.peakBytes as number)
})

it('that does not compile says so for every input', async () => {
  const done = await all(program('c', 'int main( {'), [{}, {}, {}])
  expect(done.map(({ outcome }) => outcome)).toEqual(['compile-error', 'compile-error', 'compile-error'])
  expect(done[2]?.stderr).toMatch(/error/)
})

it('every input has its own limits, and one that fails does not spoil the next', async () => {
  const source =
    'import sys\nwhat = input()\nif what == "loop":\n  while True: pass\nif what == "fail": sys.exit(3)\nif what == "talk":\n  while True: print("x" * 999)\nprint(what)'
  const inputs = ['a', 'loop', 'b', 'fail', 'c', 'talk', 'd'].map((stdin) => ({ stdin }))
  const done = await all(program('python', source), inputs, { cpuSeconds: 0.5, outputBytes: 100_000 })
  expect(done.map(({ outcome }) => outcome)).toEqual([
    'ok',
    'time-limit',
    'ok',
    'runtime-error',
    'ok',
    'output-limit',
    'ok',
  ])
})

it('starts every run in a fresh folder', async () => {
  const source = 'ls; echo left > left; echo changed > data; cat data'
  const done = await all(program('bash', source, { files: { data: 'given' } }), [{}, {}, {}, {}])
  for (const { stdout } of done) expect(stdout).toBe('data\nmain.sh\nchanged\n')
})

it('gives back the files of each run', async () => {
  const one = program('c', '#include <stdio.h>\nint main(){int c=getchar();FILE*f=fopen("x","w");fputc(c,f);}', {
    collect: true,
  })
  const done = await all(one, [{ stdin: 'a' }, { stdin: 'b' }])
  expect(done.map(({ files }) => files)).toEqual([
    [{ path: 'x', bytes: 1, text: 'a' }],
    [{ path: 'x', bytes: 1, text: 'b' }],
  ])
})

it('reads inputs from a source as it goes', async () => {
  let open = true
  async function* inputs() {
    try {
      for (let i = 0; ; i++) yield { stdin: `${i} 0` }
    } finally {
      open = false
    }
  }
  let i = 0
  for await (const { stdout } of sandbox.runInputs(program('c', sum.c as string), inputs())) {
    expect(stdout).toBe(`${i++}\n`)
    if (i === 100) break
  }
  expect(open).toBe(false)
})

it('takes a large input, and many at once', async () => {
  const source =
    '#include <stdio.h>\nint main(){long n=0;int c;while((c=getchar())!=EOF)n+=c==\'x\';printf("%ld\\n",n);}'
  const sizes = [0, 1, 65_536, 5_000_000, 70_000]
  const done = await all(
    program('c', source),
    sizes.map((size) => ({ stdin: 'x'.repeat(size) })),
  )
  expect(done.map(({ stdout }) => Number(stdout))).toEqual(sizes)
})

describe('a large binary', () => {
  const mark = 'held-secret-7421'
  const big = (body: string) =>
    program(
      'c',
      `#include <stdio.h>\n#include <string.h>\nconst char big[1<<20]="${mark}";\nint main(int n,char**v){${body};return big[n]==1;}`,
    )
  /** Looks for the file where it is held, and in every mount. */
  const spy = program(
    'bash',
    `grep -rlF held-secret-${'$'}((7000 + 421)) /tmp /dev/shm /cupel 2>/dev/null; grep -c -e ' /tmp/held ' -e ' /tmp/work/' /proc/self/mountinfo
ls -d /tmp/held /tmp/held/0 /tmp/work/../held/0 2>/dev/null; echo done`,
  )

  it('is a file like any other to itself', async () => {
    const body = 'char path[99]={0};readlink("/proc/self/exe",path,98);printf("%s %s %d\\n",v[0],path,access("out",1))'
    const one = big(body.replace('readlink', 'extern long readlink();extern int access();readlink'))
    const [first, second] = await all(one, [{}, {}])
    expect([first?.stdout, second?.stdout]).toEqual(Array(2).fill('./out /tmp/work/out 0\n'))
    expect((await sandbox.run(one)).stdout).toBe('./out /tmp/work/out 0\n')
  })

  it('cannot be changed for the next run', async () => {
    const attack = `extern int unlink(),rename(),open(),chmod(),truncate(),system();FILE*f=fopen("out","r+");if(f)fputs("changed",f);
unlink("out");rename("out","x");chmod("out",0777);truncate("out",0);system("echo changed > out; mv out y; rm -rf /tmp/work /tmp/held; umount /tmp/work/out; ls /tmp/held");
puts("ran")`
    // A program that runs is busy; one that has become another is not.
    const becomes = `extern int execl(),chmod();chmod("out",0777);execl("/bin/sh","sh","-c","(echo changed > out) 2>&-; echo ran",0)`
    for (const one of [big(attack), big(becomes)])
      for (const done of await all(one, Array(6).fill({})))
        expect(done).toMatchObject({ outcome: 'ok', stdout: 'ran\n' })
  })

  it('is out of sight of every other program, while it is held and afterwards', async () => {
    const single = await Sandbox.open({ isolation: 'native', workers: 1 })
    const held = big('puts("here")')
    try {
      for (let i = 0; i < 4; i++) {
        const runs = []
        for await (const done of single.runInputs(held, [{}, {}])) runs.push(done.stdout)
        const seen = await Promise.all([single.run(spy), single.run(held), single.run(spy)])
        expect([...runs, ...seen.map(({ stdout }) => stdout)]).toEqual([
          ...['here\n', 'here\n'],
          ...['0\ndone\n', 'here\n', '0\ndone\n'],
        ])
      }
    } finally {
      await single.close()
    }
  })

  it('may change its large data, in each run anew', async () => {
    const source = `#include <stdio.h>
int main(){FILE*f=fopen("data","r+");int c=fgetc(f);rewind(f);fputc('X',f);fclose(f);f=fopen("data","r");printf("%c%c",c,fgetc(f));}`
    const one = program('c', source, { files: { data: 'd'.repeat(200_000) }, collect: true })
    for (const done of [...(await all(one, [{}, {}, {}])), await sandbox.run(one)]) {
      expect(done.stdout).toBe('dX')
      expect(done.files).toEqual([{ path: 'data', bytes: 200_000, text: `X${'d'.repeat(199_999)}` }])
    }
  })

  it('is not among the files it leaves', async () => {
    const one = { ...big('fclose(fopen("new","w"))'), collect: true }
    expect((await sandbox.run(one)).files).toEqual([{ path: 'new', bytes: 0, text: '' }])
  })

  it('alternates with another of its size', async () => {
    const [a, b] = [big('puts("a")'), big('puts("b")')]
    const turns = Array.from({ length: 20 }, (_, i) => (i % 3 ? a : b))
    const seen: string[] = []
    for await (const done of sandbox.runMany(turns)) seen.push(done.stdout.trim())
    expect(seen).toEqual(turns.map((one) => (one === a ? 'a' : 'b')))
  })
})

it('what cannot be a program or an input is refused in words', async () => {
  const files = Object.fromEntries(Array.from({ length: 2001 }, (_, i) => [`f${i}`, '']))
  await expect(sandbox.run(program('bash', 'true', { files }))).rejects.toThrow(/at most 2000/)
  const nested = { a: 'file', 'a/b': 'below it' }
  await expect(sandbox.run(program('bash', 'true', { files: nested }))).rejects.toThrow(/both a file and a folder/)
  await expect(sandbox.run(program('bash', 'true', { files: { ['x'.repeat(300)]: '' } }))).rejects.toThrow(
    /name of a file/,
  )
  await expect(all(program('bash', 'true'), [{ stdin: Buffer.alloc(257 * 2 ** 20) }])).rejects.toThrow(
    /256 MB fit|250 MB can be handed/,
  )
})
