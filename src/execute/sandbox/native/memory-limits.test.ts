/** Memory, where control groups count it: exact verdicts, and figures one can believe. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Limits } from '../../../kernel/index.js'
import { Sandbox } from '../sandbox.js'
import { findCgroups } from './cgroups.js'

const found = findCgroups()
const reason = found.version === 0 ? found.because : null
if (reason) console.log(`exact memory is not tested: ${reason}`)

/** A C program with `touch(megabytes)`, which uses that much memory and keeps it. */
const c = (body: string) => ({
  language: 'c',
  entry: 'main.c',
  source: `#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
static void touch(size_t mb) { volatile char *p = malloc(mb << 20); for (size_t i = 0; i < mb << 20; i += 4096) p[i] = 1; }
static int writeFile(int mb) {
  static char part[1 << 20];
  int fd = open("file", O_RDWR | O_CREAT, 0600);
  memset(part, 1, sizeof part);
  while (mb--) if (write(fd, part, sizeof part) != sizeof part) exit(1);
  return fd;
}
int main(void) { ${body} return 0; }`,
})
const python = (source: string) => ({ language: 'python', entry: 'main.py', source })
const javascript = (source: string) => ({ language: 'javascript', entry: 'main.js', source })
const bash = (source: string) => ({ language: 'bash', entry: 'main.sh', source })
/** All children have their memory at the same time: each waits until the parent lets go of the pipe. */
const children = (count: number, each: string) =>
  `int p[2]; char b; pipe(p); int q[2]; pipe(q); for (int i = 0; i < ${count}; i++) if (!fork()) { close(p[1]); ${each}; write(q[1], "x", 1); read(p[0], &b, 1); _exit(0); }
   close(q[1]); for (int i = 0; i < ${count}; i++) if (read(q[0], &b, 1) != 1) break; close(p[1]); while (wait(NULL) > 0) {}`

describe.skipIf(reason !== null)('memory that is counted', () => {
  let sandbox: Sandbox
  beforeAll(async () => {
    sandbox = await Sandbox.open({ isolation: 'native', workers: 2 })
  })
  afterAll(() => sandbox?.close())

  type Source = ReturnType<typeof c>
  const run = ({ language, entry, source }: Source, limits: Partial<Limits>) =>
    sandbox.run({ language, files: { [entry]: source }, entry }, { cpuSeconds: 10, ...limits })

  it('is what the isolation says', async () => {
    const { primitives } = await sandbox.isolationOf('c')
    expect(primitives).toContain(`cgroup-v${found.version}`)
    expect(primitives).not.toContain('rss-watchdog')
  })

  const tooMuch: [string, Source, Partial<Limits>][] = [
    ['a little too much in C', c('touch(134);'), { memoryMb: 128 }],
    ['far too much in C', c('touch(2000);'), { memoryMb: 128 }],
    [
      'a little too much in Python',
      python('x = bytearray(140 << 20)\nfor i in range(0, len(x), 4096): x[i] = 1'),
      { memoryMb: 128 },
    ],
    ['far too much in Python', python('x = [0] * 10**9'), { memoryMb: 128 }],
    [
      'too much outside the heap of Node.js',
      javascript('const all = []; for (let i = 0; i < 300; i++) all.push(Buffer.alloc(1 << 20, 1))'),
      { memoryMb: 256 },
    ],
    [
      'too much in the heap of Node.js',
      javascript('const all = []; for (;;) all.push({ x: [1, 2, 3] })'),
      { memoryMb: 128 },
    ],
    ['many processes together', c(children(8, 'touch(20)')), { memoryMb: 128 }],
    [
      'anonymous shared memory',
      c('char *p = mmap(0, 140 << 20, 3, MAP_SHARED | MAP_ANONYMOUS, -1, 0); memset(p, 1, 140 << 20);'),
      { memoryMb: 128 },
    ],
    ['too much beside files', c('touch(120); writeFile(50); touch(20);'), { memoryMb: 128, diskMb: 64 }],
  ]
  it.each(tooMuch)('%s is a memory limit, every time', async (_, source, limits) => {
    const done = await Promise.all(Array.from({ length: 4 }, () => run(source, limits)))
    expect(done.map(({ outcome }) => outcome)).toEqual(Array(4).fill('memory-limit'))
  })

  it('a program whose child was ended for its memory is over the limit, whatever it makes of that', async () => {
    const source = 'import os\nif os.fork() == 0:\n    x = [0] * 10**9\n    os._exit(0)\nos.wait()\nprint("fine")'
    expect(await run(python(source), { memoryMb: 128 })).toMatchObject({ outcome: 'memory-limit' })
  })

  const enough: [string, Source, Partial<Limits>][] = [
    ['almost all of it in C', c('touch(120);'), { memoryMb: 128 }],
    [
      'a reservation of 8 GB that is not used',
      c(
        'char *p = mmap(0, 8ull << 30, 3, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0); if (p == MAP_FAILED) return 1; memset(p, 1, 10 << 20);',
      ),
      { memoryMb: 64 },
    ],
    ['pages that eight processes share', c(`touch(100); ${children(8, '')}`), { memoryMb: 128 }],
    ['files within the disk limit', c('touch(100); writeFile(60);'), { memoryMb: 128, diskMb: 64 }],
    [
      'files that are deleted again',
      c('touch(100); for (int i = 0; i < 5; i++) { close(writeFile(60)); unlink("file"); }'),
      { memoryMb: 128, diskMb: 64 },
    ],
    [
      'more on disk than in memory, by several processes',
      bash('for i in 1 2 3; do head -c 60000000 /dev/zero > $i; done; cat 1 2 3 | wc -c'),
      { memoryMb: 64, diskMb: 256 },
    ],
    [
      'that, deleted',
      bash('for i in 1 2 3; do head -c 60000000 /dev/zero > $i; done; rm 1 2 3'),
      { memoryMb: 64, diskMb: 256 },
    ],
  ]
  it.each(enough)('%s is within the limit, every time', async (_, source, limits) => {
    const done = await Promise.all(Array.from({ length: 4 }, () => run(source, limits)))
    expect(done.map(({ outcome, stderr, reason }) => [outcome, stderr, reason])).toEqual(
      Array(4).fill(['ok', '', undefined]),
    )
  })

  const exactly200: [string, Source, number][] = [
    ['C', c('touch(200);'), 0],
    ['Python', python('x = bytearray(200 << 20)\nfor i in range(0, len(x), 4096): x[i] = 1'), 0],
    ['four processes', c(children(4, 'touch(50)')), 0],
    ['C beside 60 MB of files', c('touch(200); writeFile(60);'), 0],
  ]
  it.each(exactly200)('200 MB in %s are reported as 200 MB', async (_, source) => {
    const { peakBytes, outcome } = await run(source, { memoryMb: 512 })
    expect(outcome).toBe('ok')
    expect(peakBytes / 2 ** 20).toBeGreaterThan(195)
    expect(peakBytes / 2 ** 20).toBeLessThan(215)
  })

  it('the peak of one program is not that of the one before', async () => {
    const one = await Sandbox.open({ isolation: 'native', workers: 1 })
    try {
      const peak = async (mb: number) =>
        (await one.run({ language: 'python', files: { 'main.py': `x = b"1" * (${mb} << 20)` }, entry: 'main.py' }))
          .peakBytes
      expect(await peak(150)).toBeGreaterThan(140 << 20)
      expect(await peak(1)).toBeLessThan(20 << 20)
    } finally {
      await one.close()
    }
  })

  it('what a candidate takes is judged as a memory limit, and the next one is judged as ever', async () => {
    const suite = { kind: 'assertions', trusted: '', script: 'assert f(2) == 4', entryPoint: 'f' } as const
    const limits = {
      cpuSeconds: 10,
      wallSeconds: 32,
      memoryMb: 128,
      outputBytes: 1 << 20,
      processes: 16,
      diskMb: 16,
      files: 1,
      fileBytes: 1,
    }
    const examine = async (code: string) => (await sandbox.examine({ language: 'python', suite, code, limits })).ended
    expect(await examine('def f(x): return len(b"1" * (140 << 20))')).toBe('memory-limit')
    expect(await examine('def f(x):\n    try: return [0] * 10**9\n    except MemoryError: return 4')).toBe(
      'memory-limit',
    )
    expect(await examine('def f(x): return x * 2')).toBe('passed')
  })
})
