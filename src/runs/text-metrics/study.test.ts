import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { benchmarks, similarities } from '../../evaluate/index.js'
import type { Benchmark } from '../../kernel/index.js'
import { candidateRun, type Given, writeSamples } from './candidate-run.test-support.js'
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
const record = (judged: readonly (readonly [completion: string, verdict: Given[2]])[]) =>
  candidateRun(
    folder,
    odex,
    [row],
    judged.map(([completion, verdict]) => ['en/1', completion, verdict]),
  )

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
  writeSamples(
    samples,
    [solution, 'x'.repeat(70_000), 'other'].map((completion) => ['en/1', completion]),
  )
  expect((await textMetrics(out, benchmarks)).leftOut).toMatchObject({ tooLong: 1, withoutText: 1 })
  rmSync(samples)
  await expect(textMetrics(out, benchmarks)).rejects.toThrow(
    /no candidate that could be compared with a solution \(the programs/,
  )
  await expect(textMetrics(folder, benchmarks)).rejects.toThrow(/holds no run/)
})
