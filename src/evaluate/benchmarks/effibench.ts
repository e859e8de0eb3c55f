/**
 * EffiBench: LeetCode problems as `class Solution`, with some hundred generated assertions each and a fast solution to
 * compare with. Judged like any other suite of assertions; `cupel report RUN --efficiency` measures what passed, memory over
 * time (NTMU) included, which takes a run of its own: the program and its tests in one process, as the harness has them.
 */
import { z } from 'zod'
import { type JudgedProblem, defineBenchmark } from '../../kernel/index.js'

const row = z.object({
  problem_idx: z.coerce.number().int().positive(),
  task_name: z.string(),
  description: z.string().optional(),
  markdown_description: z.string(),
  canonical_solution: z.string().min(1),
  test_case: z.string().regex(/^\s*assert\b/m, 'no assertion in test_case'),
  small_test_cases: z.string().default(''),
})

const starImports = 'bisect collections copy datetime heapq math re string random itertools functools operator'.split(
  ' ',
)

/** What the published harness has in front of every program, in its order: later names hide earlier ones. */
const preamble = `from typing import *
${starImports.map((name) => `from ${name} import *`).join('\n')}
import ${starImports.join(', ')}


class TreeNode:
    def __init__(self, val=0, left=None, right=None, next=None):
        self.val, self.left, self.right, self.next = val, left, right, next


class ListNode:
    def __init__(self, val=0, next=None):
        self.val, self.next = val, next


`

export default defineBenchmark({
  name: 'effibench',
  summary: '1,000 LeetCode problems in Python with generated tests and a fast solution each, for efficiency',
  source: {
    system: 128,
    title: 'EffiBench: Benchmarking the Efficiency of Automatically Generated Code',
    year: 2024,
    link: 'https://arxiv.org/abs/2402.02037',
  },
  acceptance: {
    a: 'ET, MU and TMU of mprof series equal figures computed by hand, __main__ rows and first interval included',
    b: 'ratio of sums and mean of ratios are both there, and differ on a crafted set',
    c: 'rows of dataset.json are read; what fails or errs is excluded and reported',
    d: 'a quadratic program has NET above 2 and NTMU above NMU, one that takes 200 MB has NMU above 3',
  },
  licence: 'Apache-2.0; problem texts and solutions are of LeetCode and its users',
  data: [{ path: 'huangd1999__EffiBench/data/dataset.json' }],
  row,
  *problems([rows = []]) {
    for (const each of rows) yield problemOf(each)
  },
  complete: (_, completion) => unfenced(completion),
  standalone: unfenced,
  inOneProcess: ({ problem, suite }, code) =>
    [problem.preamble, code, suite.kind === 'assertions' ? suite.script : ''].join('\n'),
  k: [1],
  limits: { cpuSeconds: 5, wallSeconds: 30, memoryMb: 2048 },
  contamination: 'problems and solutions have been public on LeetCode for years.',
})

function problemOf(each: z.output<typeof row>): JudgedProblem {
  const small = assertionsIn(each.small_test_cases)
  return {
    problem: {
      id: `EffiBench/${each.problem_idx}`,
      language: 'python',
      kind: 'function',
      prompt: promptOf(each, small),
      entryPoint: 'Solution',
      preamble,
      publicTests: small.map((test) => ({ kind: 'assertion', code: `solution = Solution()\n${test}` })),
      metadata: { task_name: each.task_name },
    },
    suite: {
      kind: 'assertions',
      // Nodes that tests build are the candidate's own, as in one file: it has the definition, the tests do not.
      trusted: '',
      script: `solution = Solution()\n${each.test_case.replaceAll('\r\n', '\n')}\n`,
      entryPoint: 'Solution',
    },
    reference: unfenced(each.canonical_solution),
  }
}

function promptOf({ markdown_description: task }: z.output<typeof row>, small: readonly string[]): string {
  return [
    task.trim(),
    'Write a class `Solution` in Python, as fast and with as little memory as you can. The standard modules that such',
    'problems need are imported already, `typing` among them, and `ListNode` and `TreeNode` are defined.',
    ...(small.length > 0 ? ['It should pass these tests:\n', 'solution = Solution()', ...small] : []),
  ].join('\n')
}

function assertionsIn(script: string): string[] {
  return script.split(/\r?\n/).filter((line) => /^assert\b/.test(line))
}

/** Some published programs are still a reply: then the first block of Python in it. */
function unfenced(code: string): string {
  const found = /```python\r?\n([\s\S]*?)(?:```|$)/.exec(code)
  return (found?.[1] ?? code).replaceAll('\r\n', '\n')
}
