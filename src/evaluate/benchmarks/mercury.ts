/**
 * Mercury: LeetCode problems with published solutions of many speeds, whose generated cases are judged by functions that come
 * with each problem. `cupel report RUN --efficiency` measures what passed; `beyond` places it between known solutions.
 *
 * Not covered: cases whose functions need lctk, LeetCode's converters of trees and lists, which is no part of Python.
 */
import { z } from 'zod'
import { BadDataError, type JudgedProblem, defineBenchmark } from '../../kernel/index.js'
import { isName, limitsOfCalls, noTests } from '../competition-rows.js'

const solution = z.object({ solution: z.string().min(1), runtime: z.union([z.string(), z.number()]).nullish() })
const cases = z.array(z.object({ input: z.unknown(), expected: z.unknown() })).min(1)

const row = z.object({
  id: z.union([z.int(), z.string()]),
  slug_name: z.string().min(1),
  difficulty: z.string().default(''),
  pretty_content: z.union([z.string(), z.array(z.string())]).transform((content) => [content].flat().join('\n')),
  prompt: z.string(),
  entry_point: z.string().refine(isName, 'no name of a method'),
  solutions: z.array(solution).default([]),
  /** JSON, of some megabytes. */
  test_cases: z.union([z.string(), cases.transform((found) => JSON.stringify(found))]),
  convert_offline: z.string().regex(/\bdef convert_offline\(/, 'no function convert_offline'),
  evaluate_offline: z.string().regex(/\bdef evaluate_offline\(/, 'no function evaluate_offline'),
})

/** What the published harness has in scope for programs, and for the functions of a problem. */
const scope = `import bisect, collections, copy, functools, heapq, itertools, math, re, string, sys
from bisect import bisect_left, bisect_right
from collections import Counter, OrderedDict, defaultdict, deque
from functools import cache, lru_cache
from heapq import heapify, heappop, heappush
from itertools import permutations, zip_longest
from math import ceil, factorial, floor, inf, sqrt
from sys import maxsize, stdin
from typing import *`

const preamble = `${scope}


class ListNode(object):
    def __init__(self, val=0, next=None):
        self.val, self.next = val, next


class TreeNode(object):
    def __init__(self, val=0, left=None, right=None):
        self.val, self.left, self.right = val, left, right


`

export default defineBenchmark({
  name: 'mercury',
  summary: '256 LeetCode problems in Python with generated tests and solutions of many speeds, for efficiency (Beyond)',
  source: {
    title: 'Mercury: A Code Efficiency Benchmark for Code Large Language Models',
    year: 2024,
    link: 'https://arxiv.org/abs/2402.07844',
  },
  licence: 'CC-BY-NC-4.0; problem texts and solutions are of LeetCode and its users',
  data: [{ path: 'Elfsong__Mercury/eval.jsonl' }],
  row,
  *problems([rows = []]) {
    for (const each of rows) yield problemOf(each)
  },
  k: [1],
  limits: { memoryMb: 2048 },
  contamination:
    'problems and solutions have been public on LeetCode for years; read as JSON Lines, whose address is not checked here.',
})

function problemOf(each: z.output<typeof row>): JudgedProblem {
  const {
    id,
    slug_name: slug,
    difficulty,
    entry_point: entry,
    convert_offline: convert,
    evaluate_offline: evaluate,
  } = each
  const count = countOf(slug, each.test_cases)
  const needsConverters = /\blctk\b/.test(convert + evaluate)
  const script = `${scope}
import json

${convert}

${evaluate}

solution = Solution()
for case in json.loads(${JSON.stringify(each.test_cases)}):
    inputs, expected = convert_offline((case['input'], case['expected']))
    outputs = solution.${entry}(*inputs)
    assert evaluate_offline(inputs, outputs, expected)
`
  const reference = fastest(each.solutions)
  return {
    problem: {
      id: `mercury/${id}`,
      language: 'python',
      kind: 'function',
      prompt: `${each.pretty_content.trim()}\n\nComplete the class.\n\n\`\`\`python\n${each.prompt.trim()}\n\`\`\``,
      entryPoint: 'Solution',
      starterCode: each.prompt,
      preamble,
      publicTests: [],
      metadata: { slug, difficulty, cases: count },
    },
    suite: needsConverters ? noTests : { kind: 'assertions', trusted: '', script, entryPoint: 'Solution' },
    limits: limitsOfCalls(1, count),
    ...(reference === undefined ? {} : { reference }),
  }
}

function countOf(slug: string, text: string): number {
  let found: unknown
  try {
    found = JSON.parse(text)
  } catch (error) {
    throw new BadDataError(`mercury: the test_cases of ${slug} are no JSON`, { cause: error })
  }
  const read = cases.safeParse(found)
  if (!read.success)
    throw new BadDataError(`mercury: the test_cases of ${slug} are no list of inputs and expected values`)
  return read.data.length
}

/** By the run time that LeetCode gave, `44 ms`; the first of those without one. */
function fastest(solutions: readonly z.output<typeof solution>[]): string | undefined {
  const time = ({ runtime }: z.output<typeof solution>) => Number.parseFloat(String(runtime ?? '')) || Number.MAX_VALUE
  return [...solutions].sort((a, b) => time(a) - time(b))[0]?.solution
}
