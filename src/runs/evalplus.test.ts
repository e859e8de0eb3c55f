/** HumanEval+ and MBPP+ in the shape in which they are published. MBPP+ itself is not part of Cupel: CUPEL_DATA names it. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { benchmarks } from '../evaluate/index.js'
import { Judge, Sandbox } from '../execute/index.js'
import { type Benchmark, type Format, inLanes } from '../kernel/index.js'
import { convert } from './convert.js'
import { findData } from './data.js'
import { evaluate } from './evaluate.js'
import { formats } from './formats/index.js'
import { loadProblems } from './problems.js'
import { readTally } from './tally.js'

let sandbox: Sandbox
let folder: string
beforeAll(async () => {
  sandbox = await Sandbox.open({ isolation: 'native' })
  folder = mkdtempSync(join(tmpdir(), 'cupel-evalplus-'))
})
afterAll(async () => {
  await sandbox.close()
  rmSync(folder, { recursive: true, force: true })
})

const benchmark = (name: string) => benchmarks.find((one) => one.name === name) as Benchmark
const mbppPlus = benchmark('mbpp-plus')
const withoutMbppPlus = findData(mbppPlus.data[0] as { path: string }) === null
if (withoutMbppPlus)
  console.log(`the solutions of MBPP+ are not judged: ${mbppPlus.data[0]?.path} is not below CUPEL_DATA`)

/** Judges with the rows as the benchmark's published file. */
async function withRows<T>(name: string, rows: readonly string[], work: () => Promise<T>): Promise<T> {
  const before = process.env.CUPEL_DATA
  const path = join(folder, benchmark(name).data[0]?.path as string)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, gzipSync(rows.map((row) => `${row}\n`).join('')))
  process.env.CUPEL_DATA = folder
  try {
    return await work()
  } finally {
    if (before === undefined) delete process.env.CUPEL_DATA
    else process.env.CUPEL_DATA = before
  }
}

/** As Python's json.dumps writes a row; the inputs are given as text, since not all of them are JavaScript's. */
function row(id: string, entry: string, parts: Record<string, unknown>, base: string, plus: string): string {
  const fields = Object.entries({ task_id: id, entry_point: entry, contract: '', ...parts })
  const plain = fields.map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`)
  return `{${[...plain, `"base_input": ${base}`, `"plus_input": ${plus}`].join(', ')}, "atol": ${parts.atol ?? 0}}`
}

const humanEval = [
  row(
    'HumanEval/0',
    'has_close_elements',
    {
      prompt: 'from typing import List\n\n\ndef has_close_elements(numbers: List[float], threshold: float) -> bool:\n',
      canonical_solution:
        '    ordered = sorted(numbers)\n    return any(b - a < threshold for a, b in zip(ordered, ordered[1:]))\n',
      contract: '\n    assert isinstance(threshold, float), "invalid inputs" # $_CONTRACT_$\n',
    },
    '[[[1.0, 2.0, 3.9], 0.3], [[1.0, 2.0, 5.9], 1.5]]',
    '[[[1.0, 1.0], 0.5], [[NaN, Infinity, 1.0], 0.5], [[], 0.5]]',
  ),
  row(
    'HumanEval/32',
    'find_zero',
    {
      prompt:
        'import math\n\n\ndef poly(xs: list, x: float):\n    return sum(c * math.pow(x, i) for i, c in enumerate(xs))\n\n\ndef find_zero(xs: list):\n',
      canonical_solution:
        '    low, high = -1000.0, 1000.0\n    for _ in range(200):\n        middle = (low + high) / 2\n        if poly(xs, middle) * poly(xs, low) > 0: low = middle\n        else: high = middle\n    return low\n',
      atol: 0.0001,
    },
    '[[[1, 2]], [[-6, 11, -6, 1]]]',
    '[[[10, -3]]]',
  ),
  row(
    'HumanEval/46',
    'double',
    { prompt: 'def double(n: int):\n', canonical_solution: '    return 2 * n\n' },
    '[[1]]',
    '[[9007199254740993], [123456789012345678901234567890]]',
  ),
]

describe('HumanEval+', () => {
  const judgedFor = async (id: string, completion: string) => {
    const problems = await withRows('humaneval-plus', humanEval, () => loadProblems(benchmark('humaneval-plus')))
    const judged = problems.get(id)
    if (!judged) throw new Error(`no ${id}`)
    const { complete, limits } = benchmark('humaneval-plus')
    return new Judge(sandbox).judge(judged, { code: complete?.(judged.problem, completion) ?? '' }, limits)
  }
  const outcomes = async (id: string, completion: string) =>
    (await judgedFor(id, completion)).tests.map(({ name, status }) => `${name} ${status}`)

  it('passes its solutions, with NaN and integers that JavaScript rounds among the inputs', async () => {
    const { problems, judged } = await withRows('humaneval-plus', humanEval, async () => {
      const problems = await loadProblems(benchmark('humaneval-plus'))
      const judge = new Judge(sandbox)
      const all = [...problems.values()]
      return { problems, judged: await Promise.all(all.map((one) => judge.judge(one, { code: one.reference ?? '' }))) }
    })
    expect(judged.map(({ kind, tests }) => [kind, tests.length])).toEqual([
      ['passed', 5],
      ['passed', 3],
      ['passed', 3],
    ])
    expect(JSON.stringify(problems.get('HumanEval/46')?.problem)).not.toContain('9007199254740993')
  })

  it('tells who computed with a rounded integer', async () => {
    expect(await outcomes('HumanEval/46', '    return int(float(n)) * 2\n')).toEqual([
      'base 1 passed',
      'plus 1 failed',
      'plus 2 not-reached',
    ])
  })

  it('takes every zero of HumanEval/32, and none for emptied coefficients', async () => {
    const other = '    return 3.0 if len(xs) == 4 else -xs[0] / xs[1]\n'
    expect(await judgedFor('HumanEval/32', other)).toMatchObject({ kind: 'passed' })
    const emptied = '    xs.clear()\n    return 0.0\n'
    expect(await judgedFor('HumanEval/32', emptied)).toMatchObject({
      kind: 'wrong',
      evidence: expect.stringContaining('[1, 2]'),
    })
    expect(await judgedFor('HumanEval/32', '    return float("nan")\n')).toMatchObject({ kind: 'wrong' })
  })

  it('counts for base who fails only an input that EvalPlus added, in samples of either kind', async () => {
    const samples = join(folder, 'samples.jsonl')
    const lines = [
      { task_id: 'HumanEval/46', solution: 'def double(n): return n + n' },
      { task_id: 'HumanEval/46', completion: '    return n * 2 % 10 ** 9\n' },
      { task_id: 'HumanEval/46', completion: '    return n\n' },
      { task_id: 'HumanEval/46', solution: 'def double(n):\n  while n > 1: pass\n  return 2 * n' },
    ]
    writeFileSync(samples, lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
    const summary = await withRows('humaneval-plus', humanEval, () =>
      evaluate({
        ...{ benchmark: benchmark('humaneval-plus'), source: { kind: 'samples', path: samples }, sandbox },
        ...{ out: join(folder, 'run'), resume: false, only: ['HumanEval/46'], limits: { cpuSeconds: 0.5 } },
        ...{ quiet: true, command: [], cupel: 'test' },
      }),
    )
    expect(summary.passAtK[1]?.value).toBe(0.25)
    expect(summary.parts?.base?.[1]).toMatchObject({ value: 0.75, problems: 1 })
    expect(summary.verdicts).toEqual({ passed: 1, wrong: 2, 'time-limit': 1 })
  })

  it('reads a folder of programs, and its run goes out and comes back as a results file with the inputs that failed', async () => {
    const programs = [
      'def double(n): return n + n',
      'def double(n): return n * 2 % 10 ** 9',
      'def double(n): return n',
      'def double(n):\n  while n > 1: pass\n  return 2 * n',
      'def double(n',
    ]
    const samples = join(folder, 'programs')
    mkdirSync(join(samples, 'HumanEval_46'), { recursive: true })
    for (const [i, code] of programs.entries()) writeFileSync(join(samples, 'HumanEval_46', `${i}.py`), code)
    const plus = benchmark('humaneval-plus')
    const [run, results] = [join(folder, 'run-of-programs'), join(folder, 'programs_eval_results.json')]
    await withRows('humaneval-plus', humanEval, async () => {
      await evaluate({
        ...{ benchmark: plus, source: { kind: 'samples', path: samples }, sandbox, out: run, resume: false },
        ...{ only: ['HumanEval/46'], limits: { cpuSeconds: 0.5 }, quiet: true, command: [], cupel: 'test' },
      })
      const to = formats.find(({ name }) => name === 'evalplus') as Format
      await convert({ path: run, to, benchmarks: [plus], out: results })
    })
    const text = readFileSync(results, 'utf8')
    const written = JSON.parse(text)
    const told = written.eval['HumanEval/46'].map((one: Record<string, unknown>) => [one.base_status, one.plus_status])
    expect(told).toEqual([
      ['pass', 'pass'],
      ['pass', 'fail'],
      ['fail', 'fail'],
      ['pass', 'timeout'],
      ['fail', 'fail'],
    ])
    const failed = written.eval['HumanEval/46'].map((one: Record<string, unknown[]>) =>
      [one.base_fail_tests, one.plus_fail_tests].map((inputs) => inputs?.length),
    )
    expect(failed).toEqual([
      [0, 0],
      [0, 1],
      [1, 0],
      [0, 1],
      [0, 0],
    ])
    // All digits of the input that a rounded program fails at.
    expect(text).toContain('9007199254740993')
    expect(written.pass_at_k.base['pass@1']).toBeCloseTo(0.6, 12)
    expect(written.pass_at_k.plus['pass@1']).toBeCloseTo(0.2, 12)
    const [own, back] = [await readTally(run), await readTally(results)]
    expect(back.counts.get('HumanEval/46')).toEqual(own.counts.get('HumanEval/46'))
    expect(own.counts.get('HumanEval/46')).toMatchObject({ n: 5, c: 1 })
  })

  it.each([
    ['no list of inputs', humanEval[0]?.replace(/"base_input": .*?\], "plus/, '"base_input": 3, "plus')],
    ['no plus_input', humanEval[1]?.replace('"plus_input"', '"more_input"')],
  ])('refuses a row with %s by its number', async (_, broken) => {
    const rows = [humanEval[2] as string, broken as string]
    const load = () => loadProblems(benchmark('humaneval-plus'))
    await expect(withRows('humaneval-plus', rows, load)).rejects.toThrow(
      /evalplus__humanevalplus_release.*, row 2: (base|plus)_input/,
    )
  })
})

describe('MBPP+', () => {
  const rules = [
    {
      id: 'Mbpp/2',
      solution: 'def f(a, b): return tuple(set(a) & set(b))',
      base: '[[[3, 4, 5], [5, 4]]]',
      right: ['def f(a, b): return [5, 4, 4] if type(a) is tuple else 0', 'def f(a, b): return {4, 5}'],
      wrong: ['def f(a, b): return "45"', 'def f(a, b): return iter([4, 5])', 'def f(a, b): return {4: 1, 5: 1}'],
    },
    {
      id: 'Mbpp/737',
      solution: 'import re\ndef f(s): return re.search("^[aeiou]", s)',
      base: '[["annie"], ["dawood"]]',
      right: ['def f(s): return s[0] in "aeiou"', 'import re\ndef f(s): return re.match("[aeiou]", s)'],
      wrong: ['def f(s): return "No match"', 'def f(s): return s != ""', 'def f(s): return None'],
    },
    {
      id: 'Mbpp/558',
      solution: 'def f(a, b): return sum(abs(int(c) - int(d)) for c, d in zip(str(a), str(b)))',
      base: '[[15, 2]]',
      right: ['def f(a, b): return 1', 'def f(a, b): return 4'],
      wrong: ['def f(a, b): return 5'],
    },
    {
      id: 'Mbpp/252',
      solution: 'import cmath\ndef f(c): return cmath.polar(c)',
      base: '[["(1+2j)"], [1]]',
      right: ['import cmath\ndef f(c): return (abs(c), cmath.phase(c)) if type(c) is complex else 0'],
      wrong: ['def f(c): return [abs(c), 1.1071487177940904]'],
    },
    {
      id: 'Mbpp/580',
      solution: 'def f(t): return t',
      base: '[[[4, [7, [2]], 6]]]',
      right: ['def f(t): return (4, (7, (2,)), 6)'],
      wrong: ['def f(t): return [4, [7, [2]], 6]'],
    },
    {
      id: 'Mbpp/255',
      solution: 'def f(l, n): return n',
      base: '[[["a"], 70], [["a"], 71], [["a"], 1]]',
      right: ['def f(l, n): return {70: 70, 1: 1}[n]'],
      wrong: ['def f(l, n): return 70'],
    },
  ]

  it.each(rules)('$id is judged by its own rule', async ({ id, solution, base, right, wrong }) => {
    const published = row(id, 'f', { prompt: '"""x"""\n', canonical_solution: solution, assertion: '' }, base, '{}')
    const problems = await withRows('mbpp-plus', [published], () => loadProblems(mbppPlus))
    const [judged] = [...problems.values()]
    if (!judged) throw new Error('no problem')
    const judge = new Judge(sandbox)
    for (const [kind, programs] of [
      ['passed', [solution, ...right]],
      ['wrong', wrong],
    ] as const)
      for (const code of programs) expect([code, (await judge.judge(judged, { code })).kind]).toEqual([code, kind])
  })

  it.skipIf(withoutMbppPlus)(
    'passes all 378 published solutions over all inputs but five that are too large',
    async () => {
      const problems = [...(await loadProblems(mbppPlus)).values()]
      const judge = new Judge(sandbox)
      const verdicts = await inLanes(problems, 16, (one) =>
        judge.judge(one, { code: one.reference ?? '' }, mbppPlus.limits),
      )
      const failed = verdicts.flatMap((verdict, i) =>
        verdict.kind === 'passed' ? [] : [[problems[i]?.problem.id, verdict.kind, verdict.evidence]],
      )
      expect(failed).toEqual([])
      expect(problems).toHaveLength(378)
      expect(verdicts.reduce((sum, { tests }) => sum + tests.length, 0)).toBe(41_010)
    },
    1_200_000,
  )
})
