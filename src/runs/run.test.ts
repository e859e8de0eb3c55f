import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { BadDataError, NotFoundError, UsageError, type Verdict, type VerdictKind } from '../kernel/index.js'
import type { RunStart } from './header.js'
import { openRun } from './run.js'
import { sha256 } from './verdict-key.js'
import { type MalformedLine, readVerdicts, type VerdictRecord } from './verdict-records.js'

let work: string
let dir: string
beforeEach(() => {
  work = mkdtempSync(join(tmpdir(), 'cupel-run-'))
  dir = join(work, 'run')
})
afterEach(() => rmSync(work, { recursive: true, force: true }))

const start: RunStart = {
  command: ['eval', 'humaneval'],
  benchmark: 'humaneval',
  options: { k: [1] },
  isolation: { level: 'native', tier: 'A', primitives: ['seccomp'] },
  started: '2024-01-01T00:00:00.000Z',
  cupel: '0.1.0',
  inputs: [{ path: 'samples.jsonl', sha256: sha256('samples') }],
}
const fresh = { resume: false }
const resume = { resume: true }

function record(sample: number, kind: VerdictKind = 'wrong', code = ''): VerdictRecord {
  const common = { judged: 'output', tests: [], cpuMs: 0, wallMs: 0, peakBytes: 0 } as const
  return { key: sha256(`${sample}${code}`), problemId: 'p', sample, verdict: { ...common, kind } as Verdict }
}
async function collect(onMalformed?: (line: MalformedLine) => void): Promise<[number, VerdictKind][]> {
  const found: [number, VerdictKind][] = []
  for await (const { sample, verdict } of readVerdicts(dir, onMalformed ? { onMalformed } : {}))
    found.push([sample, verdict.kind])
  return found
}

describe('a run', () => {
  it('is written, closed, and continued with what it knew', async () => {
    const first = await openRun(dir, start, fresh)
    first.append(record(0, 'passed'))
    first.append(record(1, 'time-limit'))
    first.event({ type: 'chose', problemId: 'p', sample: 0, why: 'first' })
    first.close()
    expect(readdirSync(dir).sort()).toEqual(['events.jsonl', 'run.json', 'verdicts.jsonl'])

    const second = await openRun(dir, { ...start, cupel: '0.2.0' }, resume)
    expect(second.judged).toBe(2)
    expect(second.has(record(0).key)).toBe(true)
    expect(second.verdictOf(record(1).key)).toBe('time-limit')
    expect(second.has(record(2).key)).toBe(false)
    expect(second.recovery).toEqual({ cut: [], malformed: [] })
    second.close()
    const header = JSON.parse(readFileSync(join(dir, 'run.json'), 'utf8'))
    expect(header).toMatchObject({ schema: 1, cupel: '0.1.0', resumed: [{ cupel: '0.2.0' }] })
  })

  it('begins in an absent or empty folder whether or not it should resume', async () => {
    mkdirSync(dir)
    const run = await openRun(dir, start, resume)
    expect(run.header.resumed).toEqual([])
    run.close()
  })

  it('records a key once', async () => {
    const run = await openRun(dir, start, fresh)
    run.append(record(0, 'passed'))
    run.append(record(0, 'wrong'))
    run.close()
    expect(await collect()).toEqual([[0, 'passed']])
  })

  it('retries infrastructure and keeps the later verdict', async () => {
    const first = await openRun(dir, start, fresh)
    first.append(record(0, 'infrastructure'))
    expect(first.has(record(0).key)).toBe(false)
    first.close()
    expect(await collect()).toEqual([[0, 'infrastructure']])

    const second = await openRun(dir, start, resume)
    expect(second.has(record(0).key)).toBe(false)
    expect(second.verdictOf(record(0).key)).toBe('infrastructure')
    second.append(record(0, 'passed'))
    second.close()
    expect(await collect()).toEqual([[0, 'passed']])

    const third = await openRun(dir, start, resume)
    expect(third.has(record(0).key)).toBe(true)
    third.close()
  })

  it('gives the verdict of the changed candidate, not of the one it replaced', async () => {
    const first = await openRun(dir, start, fresh)
    first.append(record(0, 'wrong', 'before'))
    first.append(record(1, 'wrong'))
    first.close()
    const second = await openRun(dir, start, resume)
    expect(second.has(record(0, 'wrong', 'after').key)).toBe(false)
    second.append(record(0, 'passed', 'after'))
    second.close()
    expect(await collect()).toEqual([
      [1, 'wrong'],
      [0, 'passed'],
    ])
  })

  it('drops its summary as soon as there is another verdict', async () => {
    const first = await openRun(dir, start, fresh)
    first.append(record(0))
    first.finish({ pass: 0 })
    first.close()
    expect(JSON.parse(readFileSync(join(dir, 'summary.json'), 'utf8'))).toEqual({ pass: 0 })
    const second = await openRun(dir, start, resume)
    second.append(record(0))
    expect(existsSync(join(dir, 'summary.json'))).toBe(true)
    second.append(record(1))
    expect(existsSync(join(dir, 'summary.json'))).toBe(false)
    second.close()
  })
})

describe('a damaged run', () => {
  async function written(): Promise<void> {
    const run = await openRun(dir, start, fresh)
    for (let i = 0; i < 3; i++) run.append(record(i))
    run.close()
  }

  it.each([
    ['half a line', '{"key":"ab', 10],
    ['zero bytes of a crashed machine', '\0'.repeat(4096), 4096],
    ['a long torn line', 'x'.repeat(200_000), 200_000],
  ])('has %s cut off and reported', async (_, tail, bytes) => {
    await written()
    appendFileSync(join(dir, 'verdicts.jsonl'), tail)
    expect(await collect()).toHaveLength(3)
    const run = await openRun(dir, start, resume)
    expect(run.recovery.cut).toEqual([{ file: 'verdicts.jsonl', bytes }])
    run.append(record(3))
    run.close()
    expect(await collect()).toEqual([0, 1, 2, 3].map((i) => [i, 'wrong']))
  })

  it('keeps nothing of a file that never saw a newline', async () => {
    await written()
    writeFileSync(join(dir, 'events.jsonl'), '{"type":')
    writeFileSync(join(dir, 'verdicts.jsonl'), '\0\0\0')
    const run = await openRun(dir, start, resume)
    expect(run.judged).toBe(0)
    expect(run.recovery.cut.map(({ file }) => file)).toEqual(['verdicts.jsonl', 'events.jsonl'])
    run.close()
  })

  it('reports malformed lines in the middle by number and judges them again', async () => {
    await written()
    const path = join(dir, 'verdicts.jsonl')
    const lines = readFileSync(path, 'utf8').split('\n')
    lines[1] = '\0\0'
    lines.splice(2, 0, 'null', '{"key":"k"}', JSON.stringify({ ...record(9), verdict: { kind: 'perfect' } }))
    writeFileSync(path, lines.join('\n'))
    const run = await openRun(dir, start, resume)
    expect(run.recovery.malformed.map(({ line }) => line)).toEqual([2, 3, 4, 5])
    expect(run.recovery.malformed[1]).toEqual({ file: 'verdicts.jsonl', line: 3, reason: 'not an object' })
    expect([0, 1, 2].map((i) => run.has(record(i).key))).toEqual([true, false, true])
    run.close()
    const seen: number[] = []
    expect(await collect(({ line }) => seen.push(line))).toHaveLength(2)
    expect(seen).toEqual([2, 3, 4, 5])
  })

  it.each([
    ['no JSON', '{', /is not JSON/],
    ['another shape', '{"schema":1}', /benchmark/],
    ['a newer schema', '{"schema":2}', /newer Cupel/],
    ['no object', 'null', /not the header/],
  ])('with a header of %s is refused', async (_, text, message) => {
    await written()
    writeFileSync(join(dir, 'run.json'), text)
    await expect(openRun(dir, start, resume)).rejects.toThrow(message)
    await expect(openRun(dir, start, resume)).rejects.toThrow(BadDataError)
    expect(existsSync(join(dir, 'lock'))).toBe(false)
  })
})

describe('openRun refuses', () => {
  it('a folder that holds a run, without --resume', async () => {
    ;(await openRun(dir, start, fresh)).close()
    await expect(openRun(dir, start, fresh)).rejects.toThrow(/already holds a run.*--resume.*--out/)
  })

  it('a folder that holds something else, and leaves it alone', async () => {
    mkdirSync(dir)
    writeFileSync(join(dir, 'thesis.tex'), '')
    await expect(openRun(dir, start, resume)).rejects.toThrow(/holds no run \(it has thesis.tex\).*--out/)
    expect(readdirSync(dir)).toEqual(['thesis.tex'])
  })

  it('a file', async () => {
    writeFileSync(dir, '')
    await expect(openRun(dir, start, fresh)).rejects.toThrow(UsageError)
    await expect(openRun(join(dir, 'below'), start, fresh)).rejects.toThrow(UsageError)
  })

  it('another benchmark and other inputs, but not the same inputs under another path', async () => {
    ;(await openRun(dir, start, fresh)).close()
    await expect(openRun(dir, { ...start, benchmark: 'mbpp' }, resume)).rejects.toThrow(/run of humaneval, not of mbpp/)
    const other = { ...start, inputs: [{ path: 'samples.jsonl', sha256: sha256('changed') }] }
    await expect(openRun(dir, other, resume)).rejects.toThrow(/differing: samples.jsonl/)
    await expect(openRun(dir, { ...start, inputs: [] }, resume)).rejects.toThrow(UsageError)
    const moved = { ...start, inputs: [{ path: 'elsewhere/samples.jsonl', sha256: sha256('samples') }] }
    ;(await openRun(dir, moved, resume)).close()
  })

  it('a run that is being written', async () => {
    const run = await openRun(dir, start, fresh)
    await expect(openRun(dir, start, resume)).rejects.toThrow(/being written by this process/)
    run.close()
    ;(await openRun(dir, start, resume)).close()
  })
})

describe('the lock', () => {
  it('of a dead process, of a reused pid and of half a write is taken over', async () => {
    ;(await openRun(dir, start, fresh)).close()
    const { pid } = process
    for (const stale of [
      JSON.stringify({ pid: 2 ** 22 + 1, host: hostname(), born: '1' }),
      ...(process.platform === 'linux' ? [JSON.stringify({ pid, host: hostname(), born: 'another time' })] : []),
      '{"pid":',
      '',
    ]) {
      writeFileSync(join(dir, 'lock'), stale)
      ;(await openRun(dir, start, resume)).close()
      expect(existsSync(join(dir, 'lock'))).toBe(false)
    }
  })

  it('of another machine is respected', async () => {
    ;(await openRun(dir, start, fresh)).close()
    writeFileSync(join(dir, 'lock'), JSON.stringify({ pid: 7, host: 'elsewhere.example', born: null }))
    await expect(openRun(dir, start, resume)).rejects.toThrow(/process 7 on elsewhere.example.*delete/)
  })

  it('left by a kill before the header was written does not make the folder foreign', async () => {
    mkdirSync(dir)
    writeFileSync(join(dir, 'lock'), JSON.stringify({ pid: 2 ** 22 + 1, host: hostname(), born: '1' }))
    writeFileSync(join(dir, 'run.json.77.tmp'), '{')
    ;(await openRun(dir, start, fresh)).close()
  })
})

it('readVerdicts says when there is no run', async () => {
  await expect(collect()).rejects.toThrow(NotFoundError)
})
