import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { benchmarks, type NormalisedFigure } from '../evaluate/index.js'
import { Judge, Sandbox } from '../execute/index.js'
import { type Benchmark, limitsFrom } from '../kernel/index.js'
import { efficiency, figuresOf } from './efficiency/efficiency.js'
import { evaluate } from './evaluate.js'
import { loadProblems } from './problems.js'

/** Written in the shape of data/dataset.json: an array of rows, as published. */
const twoSum = {
  problem_idx: 1,
  task_name: 'Two Sum',
  description: '<p>Given an array of integers, return indices of two numbers that add up to a target.</p>',
  markdown_description: 'Given an array of integers, return indices of two numbers that add up to a target.\n',
  canonical_solution: `class Solution:
    def twoSum(self, nums: List[int], target: int) -> List[int]:
        seen = {}
        for i, x in enumerate(nums):
            if target - x in seen:
                return [seen[target - x], i]
            seen[x] = i
`,
  test_case_generator: 'import random\n\ndef generate_test_case():\n    pass\n',
  test_case: Array.from({ length: 40 }, (_, i) => {
    const size = 300 + i
    return `assert solution.twoSum(list(range(${size})), ${2 * size - 3}) == [${size - 2}, ${size - 1}]`
  }).join('\n'),
  small_test_cases:
    'solution = Solution()\nassert solution.twoSum([2, 7, 11, 15], 9) == [0, 1]\nassert solution.twoSum([3, 3], 6) == [0, 1]',
}
const addLists = {
  ...twoSum,
  problem_idx: '2',
  task_name: 'Sum of a List',
  markdown_description: 'Given the head of a linked list, return the sum of its values.',
  canonical_solution: `Here it is:
\`\`\`python
class Solution:
    def total(self, head: Optional[ListNode]) -> int:
        values = deque()
        while head:
            values.append(head.val)
            head = head.next
        return reduce(add, values, 0)
\`\`\`
`,
  test_case: `assert solution.total(ListNode(1, ListNode(2, ListNode(3)))) == 6
assert solution.total(None) == 0
assert solution.total(ListNode(4)) == 4`,
  small_test_cases: '',
}
const quadratic = `class Solution:
    def twoSum(self, nums, target):
        for i in range(len(nums)):
            for j in range(i + 1, len(nums)):
                if nums[i] + nums[j] == target:
                    return [i, j]
`
const wrong = 'class Solution:\n    def twoSum(self, nums, target):\n        return [0, 1]\n'
const endless = 'class Solution:\n    def twoSum(self, nums, target):\n        while True:\n            pass\n'
const raises = 'class Solution:\n    def total(self, head):\n        return head.value\n'

const effibench = benchmarks.find(({ name }) => name === 'effibench') as Benchmark
let folder: string
let sandbox: Sandbox
const before = process.env.CUPEL_DATA

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cupel-effibench-'))
  mkdirSync(join(folder, 'huangd1999__EffiBench', 'data'), { recursive: true })
  writeFileSync(join(folder, 'huangd1999__EffiBench', 'data', 'dataset.json'), JSON.stringify([twoSum, addLists]))
  process.env.CUPEL_DATA = folder
  sandbox = await Sandbox.open({ workers: 1 })
})
afterAll(async () => {
  await sandbox.close()
  if (before === undefined) delete process.env.CUPEL_DATA
  else process.env.CUPEL_DATA = before
  rmSync(folder, { recursive: true, force: true })
})

it('[system 128.c] reads the published rows, and shows of the tests only the small ones', async () => {
  const problems = await loadProblems(effibench)
  expect([...problems.keys()]).toEqual(['EffiBench/1', 'EffiBench/2'])
  const { problem, suite } = problems.get('EffiBench/1') ?? {}
  expect(problem?.publicTests).toHaveLength(2)
  expect(problem?.prompt).toContain('solution.twoSum([3, 3], 6) == [0, 1]')
  expect(problem?.prompt).not.toContain('range(300)')
  expect(JSON.stringify(suite)).toContain('range(339)')
})

it('says which row is none', async () => {
  const path = join(folder, 'huangd1999__EffiBench', 'data', 'dataset.json')
  for (const bad of [
    { ...twoSum, test_case: 'print(1)' },
    { ...twoSum, canonical_solution: 3 },
    { ...twoSum, problem_idx: 'x' },
  ]) {
    writeFileSync(path, JSON.stringify([twoSum, bad]))
    await expect(loadProblems(effibench)).rejects.toThrow(/effibench: .*dataset\.json.* 2/)
  }
  writeFileSync(path, JSON.stringify([twoSum, addLists]))
})

it('passes the published solutions, also with nodes and with what the harness imports', async () => {
  const judge = new Judge(sandbox)
  for (const [id, judged] of await loadProblems(effibench)) {
    const verdict = await judge.judge(judged, { code: judged.reference as string }, limitsFrom(effibench.limits))
    expect([id, verdict.kind, verdict.evidence]).toEqual([id, 'passed', undefined])
  }
})

/** The pairs of two problems: one that is quadratic, one that takes 200 MB, each with a solution that does neither. */
const counting = (body: string) => `class Solution:\n    def count(self, n):\n${body}`
const linear = counting('        return sum(range(n))\n')
const squares = counting(
  '        total = 0\n        for i in range(n):\n            for j in range(n // 100):\n                total += j == 0 and i\n        return total\n',
)
const large = counting(
  '        held = bytearray(200_000_000)\n        held[::4096] = b"x" * len(held[::4096])\n        return sum(range(n))\n',
)

it('[system 128.d] a quadratic program has NET above 2 and NTMU above NMU, one that takes 200 MB has NMU above 3', async () => {
  const path = join(folder, 'huangd1999__EffiBench', 'data', 'dataset.json')
  const sums = { ...twoSum, canonical_solution: linear, small_test_cases: '' }
  const test_case = 'assert solution.count(20000) == 199990000'
  writeFileSync(path, JSON.stringify([1, 2].map((problem_idx) => ({ ...sums, problem_idx, test_case }))))
  const samples = join(folder, 'pair.jsonl')
  const rows = [squares, large].map((solution, i) => ({ task_id: `EffiBench/${i + 1}`, solution }))
  writeFileSync(samples, rows.map((each) => JSON.stringify(each)).join('\n'))
  const out = join(folder, 'pair')
  const common = { quiet: true, command: [], cupel: '0', resume: false }
  const summary = await evaluate({
    benchmark: effibench,
    source: { kind: 'samples', path: samples },
    sandbox,
    out,
    ...common,
  })
  expect(summary.verdicts).toEqual({ passed: 2 })
  const options = { dir: out, benchmarks: [effibench], judge: new Judge(sandbox), repeats: 2, quiet: true }
  const found = await efficiency({ ...options, sandbox })
  expect([found.unmeasured, found.withoutIntegral]).toEqual([[], null])
  const [slow, wide] = found.rows.map(
    ({ problemId, solutions, candidates }) => figuresOf([{ problemId, solutions, candidates }]).normalised,
  )
  const ratio = (figure: NormalisedFigure | null | undefined) => figure?.ratioOfSums ?? Number.NaN
  expect(ratio(slow?.net)).toBeGreaterThan(2)
  expect(ratio(slow?.ntmu)).toBeGreaterThan(ratio(slow?.nmu))
  expect(ratio(wide?.nmu)).toBeGreaterThan(3)
  expect(found.normalised.ntmu).toMatchObject({ rows: 2 })
}, 120_000)

it('[system 128.c] excludes and names what is wrong, and measures a quadratic program above the linear solution', async () => {
  writeFileSync(join(folder, 'huangd1999__EffiBench', 'data', 'dataset.json'), JSON.stringify([twoSum, addLists]))
  const samples = join(folder, 'samples.jsonl')
  const rows = [
    ...[quadratic, wrong, 'def broken(:\n', endless].map((solution) => ({ task_id: 'EffiBench/1', solution })),
    ...[raises, addLists.canonical_solution].map((solution) => ({ task_id: 'EffiBench/2', solution })),
  ]
  writeFileSync(samples, rows.map((each) => JSON.stringify(each)).join('\n'))
  const out = join(folder, 'run')
  const source = { kind: 'samples', path: samples } as const
  const common = { quiet: true, command: [], cupel: '0', resume: false, limits: { cpuSeconds: 1 } }
  const summary = await evaluate({ benchmark: effibench, source, sandbox, out, ...common })
  expect(summary.verdicts).toEqual({ passed: 2, wrong: 1, 'compile-error': 1, 'runtime-error': 1, 'time-limit': 1 })
  const judge = new Judge(sandbox)
  const { normalised, rows: found } = await efficiency({
    dir: out,
    benchmarks: [effibench],
    judge,
    repeats: 2,
    quiet: true,
  })
  expect(normalised.net).toMatchObject({ rows: 2, worst: { problemId: 'EffiBench/1' } })
  expect(normalised.net?.worst.ratio).toBeGreaterThan(2)
  expect(normalised.excluded.incorrect).toEqual([...Array(3).fill('EffiBench/1'), 'EffiBench/2'])
  // The published solution as a sample is that solution.
  expect(found[1]?.candidates[1]?.measurement).toEqual(found[1]?.solutions[0])
})
