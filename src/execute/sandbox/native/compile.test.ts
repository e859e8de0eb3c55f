import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CompileCache } from './compile-cache.js'
import { type CompileJob, type CompileResult, Compiler } from './compile.js'
import { compileLimits } from './compile-limits.js'
import type { PoolJob } from './pool.js'
import { type Reply, endedBy } from './protocol.js'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cupel-compile-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** What the collector says of one file, and that it got to its end. */
function report(files: Record<string, string>): Buffer {
  const entries = [...Object.entries(files), ['', ''] as const].map(([name, content]) => {
    const head = Buffer.alloc(20)
    head.writeUInt32LE(name.length, 0)
    head.writeUInt32LE(0o755, 4)
    head.writeBigUInt64LE(BigInt(content.length), 12)
    return Buffer.concat([head, Buffer.from(name + content)])
  })
  return Buffer.concat(entries)
}

function reply(more: Partial<Omit<Reply, 'stderr'>> & { stderr?: string } = {}): Reply {
  return {
    ...{ id: 1, endedBy: endedBy.itself, exitCode: 0, signal: 0, cpuMs: 30, wallMs: 40, peakBytes: 50, waitedMs: 0 },
    ...{ overMemory: false, stdout: Buffer.from('note'), report: report({ out: 'program' }) },
    ...more,
    stderr: Buffer.from(more.stderr ?? ''),
  }
}

/** Counts what it is asked, and answers what it is told. */
function fakePool(answer: (argv: string[], count: number) => Reply = () => reply()) {
  const asked: string[][] = []
  const run = async ({ frame }: PoolJob) => {
    const argv = (frame.blobs[0] as Buffer).toString('utf8').split('\0').slice(0, -1)
    asked.push(argv)
    await new Promise((resolve) => setTimeout(resolve, 2))
    return answer(argv, asked.length)
  }
  return { asked, run }
}

const job = (more: Partial<CompileJob> = {}): CompileJob => ({
  language: 'c',
  version: 'gcc 12',
  argv: ['gcc', '-O2', 'main.c'],
  env: Buffer.from('A=1\0'),
  files: [['main.c', Buffer.from('int main() {}')]],
  makes: ['out'],
  ...more,
})
const cached = (result: CompileResult) => result.kind !== 'broken' && result.part.cached
const cache = () => new CompileCache(folder)

it('compiles once, in this process and the next, and keeps what the compiler said and used', async () => {
  const pool = fakePool()
  const compiler = new Compiler(pool, cache())
  const first = await compiler.compile(job())
  expect(first).toMatchObject({
    kind: 'made',
    part: { ok: true, cached: false, stdout: 'note', cpuMs: 30, wallMs: 40, peakBytes: 50 },
    files: [{ name: 'out', content: Buffer.from('program'), mode: 0o755 }],
  })
  const again = { ...first, part: { ...(first.kind === 'made' && first.part), cached: true } }
  expect(await compiler.compile(job())).toEqual(again)
  expect(await new Compiler(pool, cache()).compile(job())).toEqual(again)
  expect(pool.asked).toHaveLength(1)
})

it.each<[string, Partial<CompileJob>]>([
  ['the language', { language: 'cpp' }],
  ['the version of the compiler', { version: 'gcc 13' }],
  ['an option', { argv: ['gcc', '-O3', 'main.c'] }],
  ['how the options are cut', { argv: ['gcc', '-O2 main.c'] }],
  ['the environment', { env: Buffer.from('A=2\0') }],
  ['the content of a file', { files: [['main.c', Buffer.from('int main() { }')]] }],
  ['the name of a file', { files: [['mail.c', Buffer.from('int main() {}')]] }],
  [
    'one more file',
    {
      files: [
        ['main.c', Buffer.from('int main() {}')],
        ['x.h', Buffer.from('')],
      ],
    },
  ],
  [
    'where one file ends',
    {
      files: [
        ['main.c', Buffer.from('int main() {')],
        ['x', Buffer.from('}')],
      ],
    },
  ],
  ['what is made', { makes: ['*'] }],
  ['the limit of address space', { noAddressSpaceLimit: true }],
])('another compile: %s', async (_, more) => {
  const pool = fakePool()
  const compiler = new Compiler(pool, cache())
  await compiler.compile(job())
  expect(cached(await compiler.compile(job(more)))).toBe(false)
  expect(pool.asked).toHaveLength(2)
})

it('the same compile asked for twenty times at once is one', async () => {
  const pool = fakePool()
  const compiler = new Compiler(pool, cache())
  const results = await Promise.all(Array.from({ length: 20 }, () => compiler.compile(job())))
  expect(results.filter((one) => !cached(one))).toHaveLength(1)
  expect(pool.asked).toHaveLength(1)
})

it('without a cache every compile is done', async () => {
  const pool = fakePool()
  const compiler = new Compiler(pool, null)
  for (const result of await Promise.all([compiler.compile(job()), compiler.compile(job())]))
    expect(cached(result)).toBe(false)
  expect(pool.asked).toHaveLength(2)
})

describe('a compile that fails', () => {
  const twice = async (answer: Reply) => {
    const pool = fakePool(() => answer)
    const compiler = new Compiler(pool, cache())
    const results = [await compiler.compile(job()), await compiler.compile(job())]
    return { results, times: pool.asked.length }
  }

  it('because the source is wrong is kept', async () => {
    const { results, times } = await twice(reply({ exitCode: 1, stderr: 'main.c:1: error', report: report({}) }))
    expect(results).toMatchObject([
      { kind: 'failed', part: { ok: false, cached: false, stderr: 'main.c:1: error' } },
      { kind: 'failed', part: { ok: false, cached: true, stderr: 'main.c:1: error' } },
    ])
    expect(times).toBe(1)
  })

  it.each<[string, Parameters<typeof reply>[0], RegExp]>([
    ['CPU', { endedBy: endedBy.cpu, signal: 9 }, /30 s of CPU/],
    ['CPU, by the kernel', { signal: 24, cpuMs: 31_000 }, /30 s of CPU/],
    ['the wall clock', { endedBy: endedBy.wall, signal: 9 }, /60 s/],
    ['memory', { endedBy: endedBy.memory, signal: 9 }, /2048 MB/],
    ['memory, in its own words', { exitCode: 1, stderr: 'cc1plus: out of memory allocating' }, /exit code 1/],
    ['memory, nearly', { exitCode: 1, peakBytes: compileLimits.memoryMb * 1e6 }, /2048 MB/],
    ['output', { endedBy: endedBy.output, signal: 9 }, /bytes/],
    ['a killed part of it', { exitCode: 1, stderr: 'g++: fatal error: Killed signal terminated program' }, /exit code/],
    ['a full disk', { exitCode: 1, stderr: 'as: No space left on device' }, /exit code/],
    ['a fault of the compiler', { exitCode: 1, stderr: 'internal compiler error: Segmentation fault' }, /exit code/],
    ['a signal', { exitCode: -1, signal: 11 }, /SIGSEGV/],
    ['nothing made', { report: report({}) }, /made nothing/],
  ])('because of %s is not', async (_, answer, reason) => {
    const { results, times } = await twice(reply(answer))
    for (const result of results) expect(result).toMatchObject({ kind: 'failed', part: { ok: false, cached: false } })
    expect(results[0]).toMatchObject({ reason: expect.stringMatching(reason) })
    expect(times).toBe(2)
  })

  it.each<[string, Partial<Reply>]>([
    ['it could not be started', { endedBy: endedBy.notStarted }],
    ['its files could not be read', { endedBy: endedBy.notCollected }],
    ['the list of its files has no end', { report: report({ out: 'x' }).subarray(0, -1) }],
    ['a file is cut short', { report: report({ out: 'x'.repeat(99) }).subarray(0, 60) }],
    ['there is no list', { report: Buffer.alloc(0) }],
  ])('because %s is nobody’s failure, and not kept', async (_, answer) => {
    const { results, times } = await twice({ ...reply(), ...answer })
    for (const result of results) expect(result.kind).toBe('broken')
    expect(times).toBe(2)
  })
})

describe('what makes it faster', () => {
  const faster = { headers: ['-I', '/pre'], linking: ['-fuse-ld=gold'] }
  const failing = (stderr: string) => (argv: string[]) =>
    argv.length > 3 ? reply({ exitCode: 1, stderr, report: report({}) }) : reply({ stderr: 'plain' })

  it('is added to the command, and is no part of its identity', async () => {
    const pool = fakePool()
    const compiler = new Compiler(pool, cache())
    await compiler.compile(job({ faster }))
    expect(pool.asked).toEqual([['gcc', '-I', '/pre', '-fuse-ld=gold', '-O2', 'main.c']])
    expect(cached(await compiler.compile(job()))).toBe(true)
  })

  it('is left out where a compile with it fails', async () => {
    const pool = fakePool(failing('error'))
    const result = await new Compiler(pool, cache()).compile(job({ faster }))
    expect(result).toMatchObject({ kind: 'made', part: { stderr: 'plain' } })
    expect(pool.asked).toHaveLength(2)
  })

  it('costs no second compile where the linker had no part in the failure', async () => {
    const linking = { headers: [], linking: ['-fuse-ld=gold'] }
    const parsing = fakePool(failing('main.c:1: error'))
    expect((await new Compiler(parsing, cache()).compile(job({ faster: linking }))).kind).toBe('failed')
    expect(parsing.asked).toHaveLength(1)
    const linked = fakePool(failing('collect2: error: ld returned 1 exit status'))
    const other = job({ faster: linking, version: '2' })
    expect((await new Compiler(linked, cache()).compile(other)).kind).toBe('made')
    expect(linked.asked).toHaveLength(2)
  })
})
