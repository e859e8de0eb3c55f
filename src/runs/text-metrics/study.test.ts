import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { benchmarks, similarities } from '../../evaluate/index.js'
import { type Benchmark, limitsFrom, type Verdict } from '../../kernel/index.js'
import { readHeader, type RunHeader } from '../header.js'
import { loadProblems } from '../problems.js'
import { candidatesOf } from '../reports/sources.js'
import { openRun } from '../run.js'
import { textMetrics } from './study.js'

const row = {
  task_id: 1,
  prompt: 'def f_1(text):\n\treturn ',
  suffix: '\n',
  canonical_solution: 'text.strip().split(",")',
  test_start: '\ndef check(candidate):',
  test: ['\n    assert candidate("a,b") == ["a", "b"]\n'],
  entry_point: 'f_1',
  intent: 'split `text` at commas',
  library: [],
}
const odex = benchmarks.find(({ name }) => name === 'odex') as Benchmark
const common = { judged: 'in-process', tests: [], cpuMs: 1, wallMs: 2, peakBytes: 3 } as const
const verdicts: Readonly<Record<string, Verdict>> = {
  p: { kind: 'passed', ...common },
  w: { kind: 'wrong', evidence: '', ...common },
  i: { kind: 'infrastructure', reason: 'no disk', ...common },
}

let folder: string
const before = process.env.CUPEL_DATA
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cupel-texts-'))
  process.env.CUPEL_DATA = folder
})
afterEach(() => {
  if (before === undefined) delete process.env.CUPEL_DATA
  else process.env.CUPEL_DATA = before
  rmSync(folder, { recursive: true, force: true })
})

/** A run of ODEX in which these completions of its one problem have these verdicts. */
async function record(judged: readonly (readonly [completion: string, verdict: string])[], rows: object[] = [row]) {
  const data = join(folder, 'zorazrw__odex/data')
  mkdirSync(data, { recursive: true })
  writeFileSync(join(data, 'en_test.jsonl'), rows.map((one) => JSON.stringify(one)).join('\n'))
  const samples = join(folder, 'samples.jsonl')
  writeFileSync(samples, judged.map(([completion]) => JSON.stringify({ task_id: 'en/1', completion })).join('\n'))
  const out = join(folder, 'run')
  const run = await openRun(
    out,
    {
      command: [],
      benchmark: 'odex',
      options: { source: 'samples', limits: limitsFrom(odex.limits ?? {}) },
      isolation: null,
      started: '2026-07-01T12:00:00.000Z',
      cupel: '0.1.0',
      inputs: [{ path: samples, sha256: 'y' }],
    },
    { resume: false },
  )
  const problems = await loadProblems(odex)
  for await (const found of candidatesOf(out, readHeader(out) as RunHeader, odex, problems)) {
    if (typeof found === 'string') throw new Error(found)
    const { candidate, sample, keys } = found
    const verdict = verdicts[judged[sample]?.[1] as string] as Verdict
    run.append({ key: [...keys][0] as string, problemId: candidate.problemId, sample, verdict })
  }
  run.close()
  return { out, samples }
}

const solution = row.canonical_solution

it('[system 11.e] sets five text metrics against passing, over all judged candidates', async () => {
  const { out } = await record([
    [solution, 'p'],
    ['text.strip().split(", ")', 'w'],
    ['None', 'w'],
    [solution, 'i'],
  ])
  const found = await textMetrics(out, benchmarks)
  expect(found).toMatchObject({ benchmark: 'odex', candidates: 3, problems: 1, passed: 1, remarks: [] })
  expect(found.leftOut).toEqual({ infrastructure: 1, withoutReference: 0, tooLong: 0, withoutText: 0 })
  expect(found.metrics.map(({ metric }) => metric)).toEqual([...similarities])
  for (const { metric, candidates, passed, passing, failing, correlation } of found.metrics) {
    expect([metric, candidates, passed]).toEqual([metric, 3, 1])
    // What has no data flow lacks a quarter; one chunk of twelve words is all but no penalty.
    const perfect = { CodeBLEU: 75, METEOR: 100 * (1 - 0.5 / 12 ** 3) }[metric as string] ?? 100
    expect(passing, metric).toBeCloseTo(perfect, 1)
    expect(failing, metric).toBeLessThan(70)
    expect(correlation, metric).toBeGreaterThan(0.3)
    expect(correlation, metric).toBeLessThan(1)
  }
})

it('compares what the model wrote, not the prompt around it', async () => {
  const { out } = await record([['1', 'w']])
  const { metrics } = await textMetrics(out, benchmarks)
  expect(metrics.find(({ metric }) => metric === 'chrF')?.failing).toBe(0)
})

it('has no correlation where all candidates fared alike', async () => {
  const { out } = await record([
    [solution, 'w'],
    ['None', 'w'],
  ])
  for (const { passing, correlation } of (await textMetrics(out, benchmarks)).metrics)
    expect([passing, correlation]).toEqual([null, null])
})

it('counts what it cannot compare, and says where there is nothing', async () => {
  const { out, samples } = await record([
    [solution, 'p'],
    ['x'.repeat(70_000), 'w'],
    ['None', 'w'],
  ])
  writeFileSync(
    samples,
    [solution, 'x'.repeat(70_000), 'other']
      .map((completion) => JSON.stringify({ task_id: 'en/1', completion }))
      .join('\n'),
  )
  expect((await textMetrics(out, benchmarks)).leftOut).toMatchObject({ tooLong: 1, withoutText: 1 })
  rmSync(samples)
  await expect(textMetrics(out, benchmarks)).rejects.toThrow(
    /no candidate that could be compared with a solution \(the programs/,
  )
  await expect(textMetrics(folder, benchmarks)).rejects.toThrow(/holds no run/)
})
