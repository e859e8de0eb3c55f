/** Rows of ours in the shape of Mercury's, judged by the functions that come with them. */
import { describe, expect, it } from 'vitest'
import type { JudgedProblem } from '../kernel/index.js'
import mercury from './benchmarks/mercury.js'
import { openJudge } from '../execute/judge/open-judge.test-support.js'

const right = `class Solution:
    def pairSum(self, nums: List[int], target: int) -> List[int]:
        seen = {}
        for i, n in enumerate(nums):
            if target - n in seen:
                return [i, seen[target - n]]
            seen[n] = i
`
const slow = right.replace('seen = {}', 'seen = dict()')
const row = {
  id: 1,
  slug_name: 'pair-sum',
  meta_info: {},
  difficulty: 'Easy',
  pretty_content: ['Find the places of two numbers whose sum is the target, in any order.'],
  solutions: [
    { hash: 1, runtime: '90 ms', solution: slow },
    { hash: 2, runtime: '44 ms', solution: right },
  ],
  prompt: 'class Solution:\n    def pairSum(self, nums: List[int], target: int) -> List[int]:\n',
  generator_code: 'def generate_test_case():\n    return [1, 2], 3\n',
  convert_online: 'def convert_online(case):\n    return case\n',
  convert_offline:
    "def convert_offline(case):\n    inputs, expected = case\n    nums, target = inputs.strip().split('\\n')\n    return ([int(n) for n in re.findall(r'-?\\d+', nums)], int(target)), expected\n",
  evaluate_offline:
    'def evaluate_offline(inputs, outputs, expected):\n    return sorted(outputs) == sorted(expected)\n',
  entry_point: 'pairSum',
  test_cases: JSON.stringify([
    { input: '[2, 7, 11]\n9', expected: [0, 1] },
    { input: '[3, -4, 3]\n6', expected: [0, 2] },
  ]),
}
const parsed = (more: object = {}) =>
  [...mercury.problems([[mercury.row.parse({ ...row, ...more })]])][0] as JudgedProblem

const { judge } = await openJudge()
const verdict = (judged: JudgedProblem, code: string) =>
  judge.judge(judged, { code }, { ...mercury.limits, ...judged.limits })

describe('Mercury', () => {
  it('takes the fastest published solution, and limits as long as there are cases', () => {
    const { reference, problem, limits } = parsed()
    expect(reference).toBe(right)
    expect(problem).toMatchObject({ id: 'mercury/1', metadata: { difficulty: 'Easy', cases: 2 } })
    expect(limits?.cpuSeconds).toBe(2)
    const many = JSON.stringify(Array.from({ length: 500 }, () => ({ input: '[1]\n1', expected: [] })))
    expect(parsed({ test_cases: many }).limits?.cpuSeconds).toBe(60)
  })

  it.each([
    ['the published solution', right, 'passed'],
    ['another order of what is due', right.replace('[i, seen[target - n]]', '[seen[target - n], i]'), 'passed'],
    [
      'what is right for one case',
      'class Solution:\n    def pairSum(self, nums, target):\n        return [0, 1]\n',
      'wrong',
    ],
    ['nothing', 'class Solution:\n    pass\n', 'runtime-error'],
    ['a program that leaves', 'import os\nos._exit(0)\n', 'runtime-error'],
    [
      'what is equal to everything',
      'class Solution:\n    def pairSum(self, nums, target):\n        class A(list):\n            __eq__ = lambda s, o: True\n        return A([5, 5])\n',
      'wrong',
    ],
    [
      'another evaluate_offline',
      'def evaluate_offline(*a): return True\nclass Solution:\n    def pairSum(self, nums, target):\n        return [0, 1]\n',
      'wrong',
    ],
  ])('%s: judged by its cases', async (_, code, kind) => {
    expect((await verdict(parsed(), code)).kind).toBe(kind)
  })

  it('trees go in and out by nodes that the published harness declares', async () => {
    const judged = parsed({
      entry_point: 'mirror',
      convert_offline:
        'def convert_offline(case):\n    (value, left), expected = case\n    return (TreeNode(value, TreeNode(left)),), expected\n',
      evaluate_offline:
        'def evaluate_offline(inputs, outputs, expected):\n    return outputs.left is None and outputs.right.val == expected\n',
      test_cases: JSON.stringify([{ input: [1, 2], expected: 2 }]),
    })
    const mirror =
      'class Solution:\n    def mirror(self, root):\n        root.left, root.right = root.right, root.left\n        return root\n'
    expect((await verdict(judged, mirror)).kind).toBe('passed')
    expect(
      (await verdict(judged, mirror.replace('= root.right', '= root.left').replace(', root.left\n', ', root.right\n')))
        .kind,
    ).toBe('wrong')
  })

  it('cases that need converters which are not there are nobody’s failure; what cannot be read is refused', async () => {
    const judged = parsed({ convert_offline: 'def convert_offline(case):\n    return lctk.tree(case)\n' })
    expect(await verdict(judged, right)).toMatchObject({ kind: 'infrastructure' })
    expect(() => parsed({ test_cases: '[' })).toThrow('the test_cases of pair-sum are no JSON')
    expect(() => parsed({ test_cases: '[]' })).toThrow('no list of inputs')
    expect(() => parsed({ entry_point: 'a; b' })).toThrow('no name of a method')
  })
})
