import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { Judge, Sandbox } from '../../execute/index.js'
import { defineBenchmark, type VerdictKind } from '../../kernel/index.js'
import { evaluate } from '../evaluate.js'
import { efficiency, type EfficiencyRow, figuresOf } from './efficiency.js'

const cost = (cpuMs: number, peakBytes = 1e6, mean = { cpuMs, peakBytes }) => ({
  ...{ cpuMs, spread: 0, peakBytes, runs: 1, mean },
})
const row = (
  problemId: string,
  solutions: EfficiencyRow['solutions'],
  candidates: readonly (readonly [VerdictKind, EfficiencyRow['candidates'][number]['measurement']])[],
): EfficiencyRow => ({
  problemId,
  solutions,
  candidates: candidates.map(([kind, measurement], sample) => ({ sample, kind, measurement })),
})

it('puts measurements into the figures, by hand', () => {
  const { normalised, speedUps, known, unmeasured } = figuresOf([
    row(
      'a',
      [cost(100), cost(400)],
      [
        ['passed', cost(50, 3e6)],
        ['wrong', null],
      ],
    ),
    row(
      'b',
      [cost(10)],
      [
        ['passed', cost(40, 1e6)],
        ['passed', cost(5, 1e6)],
        ['infrastructure', null],
      ],
    ),
    row('c', [{ because: 'wrong when it was measured' }], [['passed', cost(1)]]),
    row('d', [], [['passed', { because: 'infrastructure: disk' }]]),
  ])
  // (50 + 40 + 5) / (100 + 10 + 10), and (0.5 + 4 + 0.5) / 3
  expect(normalised.net?.ratioOfSums).toBeCloseTo(95 / 120, 12)
  expect(normalised.net?.meanOfRatios).toBeCloseTo(5 / 3, 12)
  expect(normalised.net?.worst).toEqual({ problemId: 'b', ratio: 4 })
  expect(normalised.nmu?.ratioOfSums).toBeCloseTo(5 / 3, 12)
  expect(normalised.ntmu).toBeNull()
  expect(normalised.excluded).toEqual({ incorrect: ['a'], unmeasured: ['c', 'd'] })
  // c and d have no program to improve. best@1: 2 and 1; best@2: 2 and 2
  expect(speedUps.map(({ n, programs, speedUp, correct }) => [n, programs, speedUp, correct])).toEqual([
    [1, 2, 1.5, 1],
    [2, 2, 2, 1],
  ])
  // Only a has two solutions: 1 for the faster candidate, 0 for the wrong one
  expect(known).toEqual({
    ...{ problems: 1, candidates: 2, solutions: 2 },
    ...{ beyond: 0.5, percentile: 0.5, score: 0.5, normalisedScore: 0.5 },
  })
  expect(unmeasured).toEqual([
    { problemId: 'c', what: 'solution', because: 'wrong when it was measured' },
    { problemId: 'd', what: 'solution', because: 'the benchmark has none for it' },
    { problemId: 'd', what: 'sample 0', because: 'infrastructure: disk' },
  ])
})

it('counts a program as optimised by a mean below its least, of time or of memory', () => {
  const mean = (cpuMs: number, peakBytes: number) => cost(1, 1, { cpuMs, peakBytes })
  const time = row(
    'time',
    [cost(10)],
    [
      ['passed', mean(11, 0)],
      ['wrong', null],
      ['passed', mean(9, 2e6)],
    ],
  )
  const memory = row(
    'memory',
    [cost(10)],
    [
      ['passed', mean(99, 9e5)],
      ['passed', { because: 'lost' }],
      ['passed', mean(1, 1e6)],
    ],
  )
  const rows = [
    { ...time, optimises: 'time' as const },
    { ...memory, optimises: 'memory' as const },
  ]
  // Of time the third is better, of memory the first. What could not be measured is no candidate: memory has two.
  expect(figuresOf(rows, [1, 2, 3, 5]).optimised).toEqual([
    { k: 1, value: 0.5, programs: 2 },
    { k: 2, value: 0.5, programs: 2 },
  ])
  expect(figuresOf([time, memory], [1]).optimised).toEqual([])
})

const linear = 'def f(n):\n    return sum(range(n))\n'
const quadratic = `def f(n):
    total = 0
    for i in range(n):
        for _ in range(i):
            total += 1
    return total
`
const wasteful =
  'def f(n):\n    room = bytearray(b"x" * 200_000_000)\n    return sum(range(n)) + len(room) - 200_000_000\n'
const benchmark = defineBenchmark({
  name: 'sums',
  summary: '',
  licence: '',
  row: z.unknown(),
  data: [{ path: 'sums.jsonl' }],
  k: [1],
  *problems() {
    yield {
      problem: {
        id: 'sum',
        language: 'python',
        kind: 'function',
        prompt: '',
        entryPoint: 'f',
        publicTests: [],
        metadata: {},
      },
      suite: { kind: 'assertions', trusted: '', script: 'assert f(1500) == 1124250', entryPoint: 'f' },
      reference: linear,
    }
  },
})

let folder: string
let sandbox: Sandbox
const before = process.env.CUPEL_DATA

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cupel-efficiency-'))
  process.env.CUPEL_DATA = folder
  writeFileSync(join(folder, 'sums.jsonl'), '{}\n')
  sandbox = await Sandbox.open({ workers: 1 })
})
afterAll(async () => {
  await sandbox.close()
  if (before === undefined) delete process.env.CUPEL_DATA
  else process.env.CUPEL_DATA = before
  rmSync(folder, { recursive: true, force: true })
})

async function runOf(name: string, programs: readonly string[]): Promise<string> {
  const samples = join(folder, `${name}.jsonl`)
  writeFileSync(samples, programs.map((solution) => JSON.stringify({ task_id: 'sum', solution })).join('\n'))
  const out = join(folder, name)
  const source = { kind: 'samples', path: samples } as const
  await evaluate({ benchmark, source, sandbox, out, resume: false, quiet: true, command: [], cupel: '0' })
  return out
}

it('measures a quadratic program above a linear one, and 200 MB above a few', async () => {
  const dir = await runOf('measured', [quadratic, wasteful, linear, 'def f(n):\n    return 1\n', quadratic])
  const solutions = join(folder, 'solutions.jsonl')
  writeFileSync(solutions, JSON.stringify({ task_id: 'sum', solution: quadratic }))
  const judge = new Judge(sandbox)
  const found = await efficiency({
    ...{ dir, benchmarks: [benchmark], judge, repeats: 2, solutions, quiet: true },
  })
  const [one] = found.rows
  const costs = one?.candidates.map(({ measurement }) => measurement)
  const [slow, large, same, none, again] = costs ?? []
  expect(judge.executions).toBe(2 * 3)
  // One program, one measurement: also where a candidate is the solution itself.
  expect([again, same, one?.solutions[1]]).toEqual([slow, one?.solutions[0], slow])
  expect(none).toBeNull()
  expect(found.normalised.net?.worst.ratio).toBeGreaterThan(2)
  expect(found.normalised.nmu?.worst.ratio).toBeGreaterThan(3)
  expect(large).toMatchObject({ runs: 2 })
  expect(found.normalised.excluded.incorrect).toEqual(['sum'])
  expect([found.known?.problems, found.known?.solutions, found.known?.candidates]).toEqual([1, 2, 5])
  expect(found.unmeasured).toEqual([])
})

it('says what it cannot measure', async () => {
  const dir = await runOf('wrong', ['def f(n):\n    return 1\n'])
  const options = { dir, benchmarks: [benchmark], judge: new Judge(sandbox), repeats: 1, quiet: true }
  await expect(efficiency(options)).rejects.toThrow('no program that passed')
  await expect(efficiency({ ...options, benchmarks: [] })).rejects.toThrow('does not know the benchmark sums')
  await expect(efficiency({ ...options, dir: folder })).rejects.toThrow('holds no run')
})
