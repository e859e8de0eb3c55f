import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { benchmarks } from '../evaluate/index.js'
import { Sandbox } from '../execute/index.js'
import { methods } from '../generate/index.js'
import { type Benchmark, Budget, type Method, UsageError, defineBenchmark } from '../kernel/index.js'
import { scriptedModel } from '../models/index.js'
import { findData, readData } from './data.js'
import { type EvaluateOptions, evaluate } from './evaluate.js'
import { loadProblems } from './problems.js'
import { readVerdicts } from './verdict-records.js'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await Sandbox.open({ isolation: 'native' })
})
afterAll(() => sandbox.close())

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})
function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'cupel-eval-'))
  folders.push(made)
  return made
}

const tiny = defineBenchmark({
  name: 'tiny',
  summary: 'two functions',
  licence: 'Apache-2.0',
  row: z.unknown(),
  data: [],
  *problems() {
    for (const [id, entryPoint, script] of [
      ['t/inc', 'inc', 'assert inc(1) == 2'],
      ['t/dec', 'dec', 'assert dec(1) == 0'],
    ] as const)
      yield {
        problem: {
          id,
          language: 'python',
          kind: 'function' as const,
          prompt: `def ${entryPoint}(x):\n`,
          entryPoint,
          publicTests: [],
          metadata: {},
        },
        suite: { kind: 'assertions' as const, trusted: '', script, entryPoint },
      }
  },
  complete: (problem, completion) => problem.prompt + completion,
  k: [1, 2],
})

function run(benchmark: Benchmark, source: EvaluateOptions['source'], more: Partial<EvaluateOptions> = {}) {
  return evaluate({
    benchmark,
    source,
    sandbox,
    out: join(folder(), 'run'),
    resume: false,
    quiet: true,
    command: [],
    cupel: 'test',
    ...more,
  })
}

function samples(lines: readonly string[], gz = false): string {
  const path = join(folder(), gz ? 'samples.jsonl.gz' : 'samples.jsonl')
  writeFileSync(path, gz ? gzipSync(lines.join('\n')) : lines.join('\n'))
  return path
}

const line = (task_id: string, rest: object) => JSON.stringify({ task_id, ...rest })

describe('sample files', () => {
  const good = [
    line('t/inc', { completion: '    return x + 1' }),
    line('t/inc', { solution: 'def inc(x): return x' }),
    line('t/dec', { completion: '    return x - 1' }),
    line('t/dec', { solution: 'dec = lambda x: x - 1' }),
  ]

  it.each([false, true])('completions and solutions, gzip: %s', async (gz) => {
    const summary = await run(tiny, { kind: 'samples', path: samples(good, gz) })
    expect(summary).toMatchObject({
      benchmark: 'tiny',
      problems: 2,
      candidates: 4,
      verdicts: { passed: 3, wrong: 1 },
      passAtK: { 1: { value: 0.75 }, 2: { value: 1 } },
      incomplete: false,
      isolation: { level: 'native' },
    })
  })

  it('names malformed lines by number, judges the others, and says the run is incomplete', async () => {
    const summary = await run(tiny, {
      kind: 'samples',
      path: samples([
        good[0] as string,
        '{broken',
        line('t/none', { completion: '' }),
        line('t/dec', {}),
        good[2] as string,
      ]),
    })
    expect(summary).toMatchObject({ candidates: 2, verdicts: { passed: 2 }, incomplete: true })
    expect(summary.missing.lines.map((one) => one.line)).toEqual([2, 3, 4])
  })

  it('an empty completion is no code', async () => {
    const summary = await run(tiny, { kind: 'samples', path: samples([line('t/inc', { completion: '' })]) })
    expect(summary).toMatchObject({ verdicts: { 'no-code': 1 }, missing: { problems: 1 }, incomplete: true })
  })

  it('refuses a pipe or a device: samples are read more than once', async () => {
    await expect(run(tiny, { kind: 'samples', path: '/dev/null' })).rejects.toThrow(/not a regular file/)
  })

  it('refuses pass@k for k > n', async () => {
    await expect(run(tiny, { kind: 'samples', path: samples(good) }, { k: [3] })).rejects.toThrow(UsageError)
  })

  it('resumes without judging again, and refuses another input', async () => {
    const [path, out] = [samples(good), join(folder(), 'run')]
    await run(tiny, { kind: 'samples', path }, { out })
    await expect(run(tiny, { kind: 'samples', path }, { out })).rejects.toThrow(/--resume/)
    const again = await run(tiny, { kind: 'samples', path }, { out, resume: true })
    expect(again).toMatchObject({ executions: 0, candidates: 4, verdicts: { passed: 3, wrong: 1 } })
    await expect(run(tiny, { kind: 'samples', path: samples(good.slice(1)) }, { out, resume: true })).rejects.toThrow(
      /other inputs/,
    )
  })
})

describe('methods', () => {
  const direct = methods.find(({ name }) => name === 'direct') as Method
  const source = (model: ReturnType<typeof scriptedModel>, options: object = {}): EvaluateOptions['source'] => ({
    kind: 'method',
    method: direct,
    options,
    seed: 1,
    width: 1,
    tools: { model, budget: new Budget() },
  })

  it('asks, extracts, judges', async () => {
    const model = scriptedModel(['```python\ndef inc(x):\n    return x + 1\n```', 'I cannot help with that.'])
    const summary = await run(tiny, source(model))
    expect(summary).toMatchObject({ candidates: 2, passAtK: { 1: { value: 0.5 } } })
    expect(summary.verdicts.passed).toBe(1)
  })

  it('does not ask again on resume', async () => {
    const out = join(folder(), 'run')
    const model = scriptedModel([
      '```python\ndef inc(x):\n    return x + 1\n```',
      '```python\ndef dec(x):\n    return x\n```',
    ])
    await run(tiny, source(model), { out })
    const asked = model.requests.length
    const again = await run(tiny, source(model), { out, resume: true })
    expect(model.requests).toHaveLength(asked)
    expect(again).toMatchObject({ executions: 0, verdicts: { passed: 1, wrong: 1 } })
  })

  it('refuses options the method does not have', async () => {
    await expect(run(tiny, source(scriptedModel(['x']), { n: -1 }))).rejects.toThrow(/option n of the method direct/)
  })
})

it('first-assay: every recorded candidate gets the verdict its author expects', { timeout: 300_000 }, async () => {
  const mixed = await Sandbox.open()
  try {
    const assay = benchmarks.find(({ name }) => name === 'first-assay') as Benchmark
    const summary = await run(assay, { kind: 'recorded' }, { sandbox: mixed })
    expect(summary.unexpected).toEqual([])
    expect(summary.incomplete).toBe(false)
    // Every kind but `infrastructure`, which is nobody's.
    expect(Object.keys(summary.verdicts)).toHaveLength(11)
    expect(Object.keys(summary.isolations).length).toBeGreaterThanOrEqual(6)
  } finally {
    await mixed.close()
  }
})

for (const benchmark of benchmarks) {
  const there =
    benchmark.data.some((file) => findData(file)) && benchmark.data.every((file) => file.optional || findData(file))
  if (!there) console.log(`${benchmark.name} is not loaded: its files are not below CUPEL_DATA`)
  it.skipIf(!there)(`the published rows of ${benchmark.name} are its problems`, { timeout: 120_000 }, async () => {
    const problems = await loadProblems(benchmark)
    for (const [id, { problem, suite }] of problems) {
      expect([problem.id, problem.prompt.length > 0], id).toEqual([id, true])
      if (suite.kind === 'assertions') expect(suite.entryPoint, id).not.toBe('')
    }
  })
}

/** Published solutions, of large sets every so many: all have to pass but those that a defect is noted for. */
const references: Readonly<Record<string, number>> = {
  ...{ mbpp: 1, 'cruxeval-output': 1, 'cruxeval-input': 1, 'humaneval-fix': 1, transcoder: 5 },
  ...{ 'gsm-hard': 50, math: 100, bbh: 50, spider: 50 },
}
for (const [name, every] of Object.entries(references)) {
  const benchmark = benchmarks.find((one) => one.name === name) as Benchmark
  const missing = benchmark.data.find((file) => !file.optional && !findData(file))
  const none = missing ?? (benchmark.data.some((file) => findData(file)) ? undefined : benchmark.data[0])
  if (none) console.log(`${name} is not judged: ${none.path} is not below CUPEL_DATA`)
  it.skipIf(none)(`the published solutions of ${name} pass`, { timeout: 120_000 }, async () => {
    const problems = [...(await loadProblems(benchmark)).values()].filter(
      ({ problem, reference }, i) => reference && i % every === 0 && !benchmark.defects?.[problem.id],
    )
    const only = problems.map(({ problem }) => problem.id)
    const path = samples(problems.map(({ problem, reference }) => line(problem.id, { solution: reference ?? '' })))
    const { out } = await run(benchmark, { kind: 'samples', path }, { only })
    const failed: string[] = []
    let judged = 0
    for await (const { problemId, verdict } of readVerdicts(out)) {
      judged++
      const lacking = verdict.kind === 'infrastructure' && /which is not there/.test(verdict.reason)
      if (lacking) console.log(`${problemId}: ${verdict.reason}`)
      else if (verdict.kind !== 'passed') failed.push(`${problemId}: ${verdict.kind} ${verdict.evidence ?? ''}`)
    }
    expect(failed).toEqual([])
    expect(judged).toBe(problems.length)
  })
}

const gsm8k = benchmarks.find(({ name }) => name === 'gsm8k') as Benchmark
const noGsm8k = gsm8k.data.some((file) => !findData(file))
if (noGsm8k) console.log('gsm8k is not judged: its file is not below CUPEL_DATA')

it.skipIf(noGsm8k)('programs that work out an answer give it in solution, in ans or by printing it', async () => {
  const right = 'eggs = 16 - 3 - 4\n'
  const path = samples(
    [
      `${right}def solution():\n    print("some words")\n    return eggs * 2`,
      `${right}ans = eggs * 2.01`,
      `${right}ans = eggs * 2.0`,
      `${right}print("so it is")\nprint(eggs * 2)`,
      `${right}def solution():\n    return eggs * 2.01`,
      `${right}def solution():\n    return "many"`,
      right,
    ].map((solution) => line('gsm8k/0', { solution })),
  )
  const { out } = await run(gsm8k, { kind: 'samples', path }, { only: ['gsm8k/0'] })
  const kinds: string[] = []
  for await (const { sample, verdict } of readVerdicts(out)) kinds[sample] = verdict.kind
  expect(kinds).toEqual(['passed', 'wrong', 'passed', 'passed', 'wrong', 'wrong', 'wrong'])
})

const humaneval = benchmarks.find(({ name }) => name === 'humaneval') as Benchmark
const noData = humaneval.data.some((file) => !findData(file))
if (noData) console.log('HumanEval is not judged: its file is not below CUPEL_DATA')

it.skipIf(noData)('every canonical HumanEval solution passes, as completion', { timeout: 120_000 }, async () => {
  const rows = (await readData(humaneval.data[0] as (typeof humaneval.data)[number])) as {
    task_id: string
    canonical_solution: string
  }[]
  const path = samples(rows.map((row) => line(row.task_id, { completion: row.canonical_solution })))
  expect(await run(humaneval, { kind: 'samples', path })).toMatchObject({
    problems: 164,
    verdicts: { passed: 164 },
    passAtK: { 1: { value: 1 } },
    inProcess: 0,
  })
})

const multilingual = benchmarks.find(({ name }) => name === 'humaneval-x') as Benchmark
const noMultilingual = multilingual.data.find((file) => !findData(file))
if (noMultilingual) console.log(`humaneval-x is not judged: ${noMultilingual.path} is not below CUPEL_DATA`)

it.skipIf(noMultilingual)(
  'published solutions of HumanEval-X in JavaScript pass but those with a known defect, and a few in other languages',
  { timeout: 300_000 },
  async () => {
    const only = ['JavaScript/*', 'CPP/0', 'CPP/32', 'Java/0', 'Java/32', 'Go/0', 'Rust/0']
    const chosen = (id: string) => only.some((one) => (one.endsWith('*') ? id.startsWith('JavaScript/') : id === one))
    const problems = [...(await loadProblems(multilingual)).values()].filter(({ problem }) => chosen(problem.id))
    const path = samples(problems.map(({ problem, reference }) => line(problem.id, { solution: reference ?? '' })))
    const { out } = await run(multilingual, { kind: 'samples', path }, { only })
    const failed: string[] = []
    for await (const { problemId, verdict } of readVerdicts(out)) {
      expect(verdict.judged, problemId).toBe('out-of-process')
      if (verdict.kind !== 'passed') failed.push(problemId)
    }
    expect(failed.sort()).toEqual(Object.keys(multilingual.defects ?? {}).filter((id) => id.startsWith('JavaScript/')))
  },
)
