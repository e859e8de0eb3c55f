import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type Benchmark, defineBenchmark, limitsFrom, type Verdict } from '../../kernel/index.js'
import { openRun } from '../run.js'
import { suiteHash, verdictKey } from '../verdict-key.js'
import { gather } from './gather.js'
import { htmlReport as htmlReportParts } from './html.js'
import { markdownReport } from './markdown.js'

const htmlReport = (...args: Parameters<typeof htmlReportParts>) => [...htmlReportParts(...args)].join('')

const limits = limitsFrom({ cpuSeconds: 2 })
const suite = { kind: 'stdio', cases: [], checker: { kind: 'lines' } } as const
const benchmark: Benchmark = defineBenchmark({
  name: 'trial',
  summary: '',
  licence: '',
  row: z.unknown(),
  data: [{ path: 'trial.jsonl' }],
  k: [1, 2, 10],
  *problems([rows = []]) {
    for (const { id, difficulty } of rows as { id: string; difficulty: string }[])
      yield {
        problem: { id, language: 'python', kind: 'stdio', prompt: '', publicTests: [], metadata: { difficulty } },
        suite,
      }
  },
})
const common = { judged: 'out-of-process', tests: [], cpuMs: 1, wallMs: 2, peakBytes: 3 } as const
const passed: Verdict = { kind: 'passed', ...common }
const wrong: Verdict = { kind: 'wrong', evidence: 'gave 1', ...common }
const lost: Verdict = { kind: 'infrastructure', reason: 'the disk is full', ...common }

let folder: string
let out: string
let samples: string
const before = process.env.CUPEL_DATA

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cupel-gather-'))
  out = join(folder, 'run')
  samples = join(folder, 'samples.jsonl')
  process.env.CUPEL_DATA = folder
  const rows = ['a', 'b', 'c'].map((id) => JSON.stringify({ id, difficulty: id === 'a' ? 'easy' : 'hard' }))
  writeFileSync(join(folder, 'trial.jsonl'), rows.join('\n'))
})
afterEach(() => {
  if (before === undefined) delete process.env.CUPEL_DATA
  else process.env.CUPEL_DATA = before
  rmSync(folder, { recursive: true, force: true })
})

const codeOf = (problemId: string, sample: number) => `print('${problemId}', ${sample})`

/** A run of a sample file, of which these have a verdict. */
async function record(
  verdicts: readonly (readonly [problemId: string, sample: number, verdict: Verdict])[],
  { finish = true, more = [], options = {} }: { finish?: boolean; more?: readonly string[]; options?: object } = {},
): Promise<void> {
  const all = [...verdicts.map(([problemId]) => problemId), ...more]
  const counts = new Map<string, number>()
  const lines = all.map((task_id) => {
    const sample = counts.get(task_id) ?? 0
    counts.set(task_id, sample + 1)
    return JSON.stringify({ task_id, solution: codeOf(task_id, sample) })
  })
  writeFileSync(samples, `${lines.join('\n')}\n`)
  const run = await openRun(
    out,
    {
      command: ['cupel', 'eval', 'trial'],
      benchmark: 'trial',
      options: { source: 'samples', limits, ...options },
      isolation: null,
      started: '2026-07-01T12:00:00.000Z',
      cupel: '0.1.0',
      inputs: [
        { path: join(folder, 'trial.jsonl'), sha256: 'x' },
        { path: samples, sha256: 'y' },
      ],
    },
    { resume: false },
  )
  for (const [problemId, sample, verdict] of verdicts) {
    const key = verdictKey({ problemId, sample, code: codeOf(problemId, sample), suite: suiteHash(suite), limits })
    run.append({ key, problemId, sample, verdict })
  }
  if (finish) run.finish({ passAtK: { 1: {} }, seconds: 3, executions: 5, missing: { problems: 0, lines: [] } })
  run.close()
}

it('says where a program failed, and what kind of failure it is', async () => {
  const exception = { type: 'KeyError', message: "'a'", line: 3 }
  await record([
    ['a', 0, passed],
    ['a', 1, { ...wrong, kind: 'runtime-error', exception }],
    ['b', 0, wrong],
    ['b', 1, lost],
  ])
  const run = await gather(out, [benchmark])
  expect(run.candidates.map(({ detail }) => detail)[1]).toBe("solution.py:3: KeyError: 'a'")
  expect(run.candidates.map(({ failure }) => failure)).toEqual([
    'correct',
    'structural access',
    'logic deviation',
    null,
  ])
  expect(run.failures).toMatchObject({ samples: 3, correct: 1, timeouts: 0, other: 0 })
  expect(run.failures.rows.filter(({ count }) => count > 0)).toEqual([
    { type: 'mapping', subtype: 'structural access', count: 1, rate: 33.33 },
    { type: 'logic', subtype: 'logic deviation', count: 1, rate: 33.33 },
  ])
  for (const text of [markdownReport(run), htmlReport(run)])
    expect(text).toMatch(/Kinds of failure \(CodeHalu\)[\s\S]*mapping[\s\S]*structural access[\s\S]*33\.33 %/)
})

describe('a run that came to its end', () => {
  beforeEach(() =>
    record([
      ['a', 0, passed],
      ['a', 1, wrong],
      ['b', 0, wrong],
      ['b', 1, lost],
    ]),
  )

  it('has its figures, in which what the machine did is in no denominator', async () => {
    const run = await gather(out, [benchmark])
    expect(run.counts).toEqual({
      problems: 2,
      candidates: 4,
      judged: 3,
      passed: 1,
      infrastructure: 1,
      inProcess: 0,
      waiting: 0,
      problemsWithout: 1,
      unreadableLines: 0,
    })
    expect(run.verdicts).toEqual({ passed: 1, wrong: 2, infrastructure: 1 })
    expect(run.passAtK['1']).toMatchObject({ value: 0.25, problems: 2 })
    expect(run.curve.map(({ k, value, problems }) => [k, value, problems])).toEqual([
      [1, 0.25, 2],
      [2, 1, 1],
    ])
    expect(run.problems).toEqual([
      { problemId: 'a', language: 'python', judged: 2, passed: 1, infrastructure: 0 },
      { problemId: 'b', language: 'python', judged: 1, passed: 0, infrastructure: 1 },
    ])
    expect(run.groups.map(({ field }) => field)).toEqual(['difficulty'])
    expect([run.finished, run.incomplete, run.run.seconds]).toEqual([true, true, 3])
    expect(run.missing).toEqual([{ problemId: 'c', sample: null }])
  })

  it('has each candidate with its verdict, evidence and program', async () => {
    const { candidates, remarks } = await gather(out, [benchmark])
    expect(candidates.map(({ problemId, sample, kind }) => [problemId, sample, kind])).toEqual([
      ['a', 0, 'passed'],
      ['a', 1, 'wrong'],
      ['b', 0, 'wrong'],
      ['b', 1, 'infrastructure'],
    ])
    for (const { problemId, sample, code } of candidates) expect(code?.text).toBe(codeOf(problemId, sample))
    expect(candidates.map(({ evidence, detail }) => evidence.text || detail)).toEqual([
      '',
      'gave 1',
      'gave 1',
      'the disk is full',
    ])
    expect(remarks).toEqual([])
  })

  it('shows no other program than the one that was judged', async () => {
    writeFileSync(samples, readFileSync(samples, 'utf8').replace("print('a', 1)", 'print(0)'))
    const { candidates, remarks } = await gather(out, [benchmark])
    expect(candidates.map(({ code }) => code?.text ?? null)).toEqual([
      codeOf('a', 0),
      null,
      codeOf('b', 0),
      codeOf('b', 1),
    ])
    expect(remarks.join()).toContain('without program: 1 candidate whose program has changed')
  })

  it('says what it lacks where the sample file, the data or the benchmark is gone', async () => {
    rmSync(samples)
    const withoutSamples = await gather(out, [benchmark])
    expect(withoutSamples.remarks.join()).toContain(`there is no file ${samples}`)
    expect(withoutSamples.counts.candidates).toBe(4)
    rmSync(join(folder, 'trial.jsonl'))
    const withoutData = await gather(out, [benchmark])
    expect(withoutData.remarks.join()).toContain('the data file trial.jsonl is not below')
    expect([withoutData.counts.problemsWithout, withoutData.passAtK['1']?.value]).toEqual([null, 0.25])
    const withoutBenchmark = await gather(out, [])
    expect(withoutBenchmark.remarks).toEqual(['this Cupel does not know the benchmark trial'])
    expect(withoutBenchmark.candidates).toHaveLength(4)
  })

  it('leaves lines out that are no verdicts, and says so', async () => {
    appendFileSync(join(out, 'verdicts.jsonl'), 'garbage\n{"key":1}\n{"torn')
    const { remarks, counts } = await gather(out, [benchmark])
    expect([remarks, counts.candidates]).toEqual([['not counted: 2 lines of verdicts.jsonl that could not be read'], 4])
  })

  it('bears with fields of a verdict that are not what they should be', async () => {
    const key = '0'.repeat(64)
    const verdict = { kind: 'runtime-error', tests: 'x', cpuMs: 'NaN', wallMs: -1, evidence: { a: 1 }, exception: null }
    appendFileSync(join(out, 'verdicts.jsonl'), `${JSON.stringify({ key, problemId: 'c', sample: 0, verdict })}\n`)
    const { candidates } = await gather(out, [benchmark])
    expect(candidates.at(-1)).toMatchObject({
      kind: 'runtime-error',
      detail: '',
      tests: { total: 0 },
      cpuMs: 0,
      wallMs: 0,
      evidence: { text: '', leftOut: 0 },
    })
  })
})

it('keeps the beginning of long evidence and programs, and how much more there was', async () => {
  await record([['a', 0, { ...wrong, evidence: 'x'.repeat(10_000_000) }]])
  const [row] = (await gather(out, [benchmark])).candidates
  expect([row?.evidence.text.length, row?.evidence.leftOut]).toEqual([65_536, 9_934_464])
})

it('tells of an unfinished run what has no verdict yet', async () => {
  await record([['a', 0, passed]], { finish: false, more: ['a', 'b'] })
  const run = await gather(out, [benchmark])
  expect([run.finished, run.incomplete, run.run.seconds]).toEqual([false, true, null])
  expect(run.missing).toEqual([
    { problemId: 'a', sample: 1 },
    { problemId: 'b', sample: 0 },
    { problemId: 'c', sample: null },
  ])
  expect(run.counts).toMatchObject({ waiting: 2, candidates: 1, problemsWithout: 2 })
})

it('looks only at the problems that were asked for', async () => {
  await record(
    [
      ['a', 0, passed],
      ['b', 0, wrong],
    ],
    { options: { only: ['a'] } },
  )
  const run = await gather(out, [benchmark])
  expect([run.counts.candidates, run.missing, run.remarks]).toEqual([
    1,
    [],
    ['not counted: 1 verdict about problems that the last session was not asked for'],
  ])
})

it('finds what a method answered, and how, in the events of the run', async () => {
  await record([['a', 0, passed]], { options: { source: 'method' } })
  const candidates = [{ problemId: 'a', code: codeOf('a', 0), origin: { method: 'direct', model: 'm', how: 'fence' } }]
  const events = [
    null,
    { type: 'solved', problemId: 'b', candidates: [3] },
    { type: 'solved', problemId: 'a', candidates },
  ]
  appendFileSync(join(out, 'events.jsonl'), events.map((event) => `${JSON.stringify(event)}\n`).join(''))
  const [row] = (await gather(out, [benchmark])).candidates
  expect([row?.code?.text, row?.origin]).toEqual([codeOf('a', 0), { method: 'direct', model: 'm', how: 'fence' }])
})

it('has the lines that could not be read, each once, also before the run came to its end', async () => {
  await record([['a', 0, passed]], { finish: false })
  const event = { type: 'rejected', source: samples, line: 7, reason: 'line 7 is not JSON' }
  appendFileSync(join(out, 'events.jsonl'), `${JSON.stringify(event)}\n`.repeat(2))
  const { lines, counts } = await gather(out, [benchmark])
  expect([lines, counts.unreadableLines]).toEqual([[{ line: 7, reason: 'line 7 is not JSON' }], 1])
})

describe('what is no run', () => {
  it.each<[string, () => void | Promise<void>, RegExp]>([
    ['no folder', () => {}, /^there is no folder .*: name the folder of a run/],
    ['a file', () => writeFileSync(out, ''), /is a file: name the folder of a run$/],
    ['an empty folder', () => void mkdirSync(out), /holds no run \(it has no run\.json\)/],
    [
      'a broken header',
      () => broken('run.json', '{"schema": 1'),
      /run\.json is not JSON: name the folder of another run$/,
    ],
    [
      'another header',
      () => broken('run.json', '{"schema": 1}'),
      /run\.json is not the header of a run \(.*another run$/,
    ],
    [
      'a newer header',
      () => broken('run.json', '{"schema": 2}'),
      /written by a newer Cupel \(schema 2\): update Cupel/,
    ],
    ['no verdict', () => record([], { finish: false }), /holds no verdict yet: continue its evaluation with --resume$/],
    ['half a summary', () => brokenSummary('{"passAtK'), /summary\.json could not be read .*--resume/],
    ['another summary', () => brokenSummary('{"passAtK": 3}'), /summary\.json is no summary of a run \(passAtK/],
  ])('%s gives one sentence', async (_, make, sentence) => {
    await make()
    const error = await gather(out, [benchmark]).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: expect.stringMatching(/CUPEL_(NOT_FOUND|BAD_DATA)/) })
    expect((error as Error).message).toMatch(sentence)
    expect((error as Error).message).not.toContain('\n')
  })

  function broken(file: string, text: string): void {
    mkdirSync(out)
    writeFileSync(join(out, file), text)
  }

  async function brokenSummary(text: string): Promise<void> {
    await record([['a', 0, passed]])
    writeFileSync(join(out, 'summary.json'), text)
  }
})

it('problems that are versions of others have robust metrics: the worst decides, sample by sample', async () => {
  // a and b are changed, c is the prompt before; of sample 1 only a passes, of sample 7 one version is lost
  const versions: Benchmark = {
    ...benchmark,
    versionOf: ({ id }) => ({ original: 'p', comparisons: ['names'], changed: id !== 'c' }),
  }
  await record(
    [
      ...(['a', 'b', 'c'] as const).map((id) => [id, 0, passed] as const),
      ...[['a', 1, passed] as const, ['b', 1, wrong] as const, ['c', 1, passed] as const],
      ...[['a', 2, passed] as const, ['b', 2, lost] as const, ['c', 2, passed] as const],
    ],
    { finish: false },
  )
  const run = await gather(out, [versions])
  expect(run.robust).toHaveLength(2)
  expect(run.robust?.[0]).toMatchObject({
    ...{ comparison: 'names', k: 1, problems: 1, versions: [2, 2] },
    ...{ before: { value: 1 }, pass: { value: 0.5 }, drop: 0.5, relative: { value: 0.5 } },
  })
  expect(run.robust?.[1]).toMatchObject({ k: 2, pass: { value: 1 }, drop: 0 })
  expect(markdownReport(run)).toMatch(/\| `names` \| 1 \| 2 \| 1 \| 100\.0 % \|/)
  expect((await gather(out, [benchmark])).robust).toBeUndefined()
})

it('problems that are made from fewer tasks have pass@k with the mean of each task first [system 138.d]', async () => {
  // a and b are made from one task, which has (1 + 0) / 2; c has 1. Without tasks it would be (1 + 0 + 1) / 3.
  const made: Benchmark = {
    ...benchmark,
    madeFrom: ({ id }) => ({ task: id === 'c' ? 'other' : 'one', kind: 'buggy' }),
  }
  await record(
    (['a', 'b', 'c'] as const).flatMap((id) => [
      [id, 0, id === 'b' ? wrong : passed] as const,
      [id, 1, id === 'b' ? wrong : passed] as const,
    ]),
    { finish: false },
  )
  const run = await gather(out, [made])
  expect(run.tasks).toMatchObject([
    { kind: 'buggy', k: 1, tasks: 2, problems: 3, pass: { value: 0.75 } },
    { kind: 'buggy', k: 2, tasks: 2, problems: 3, pass: { value: 0.75 } },
  ])
  expect(run.passAtK['1']?.value).toBeCloseTo(2 / 3, 12)
  for (const text of [markdownReport(run), htmlReport(run)])
    expect(text).toMatch(/mean of each task first[\s\S]*buggy[\s\S]*75\.0 %/)
  expect((await gather(out, [benchmark])).tasks).toBeUndefined()
})
