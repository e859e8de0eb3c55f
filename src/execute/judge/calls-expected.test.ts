/** Calls whose expected values the benchmark says itself, of functions and of methods of `Solution`. */
import { describe, expect, it } from 'vitest'
import type { CallSuite, Limits, Verdict } from '../../kernel/index.js'
import { openJudge } from './open-judge.test-support.js'

const { judge } = await openJudge()

const limits: Partial<Limits> = { cpuSeconds: 2, wallSeconds: 8, memoryMb: 512, outputBytes: 1 << 20 }

function judged(
  code: string,
  inputs: string,
  expected: string | undefined,
  more: Partial<CallSuite> & { preamble?: string } = {},
): Promise<Verdict> {
  const { preamble, ...rest } = more
  const given = preamble ? { preamble } : {}
  const problem = {
    id: 'p',
    language: 'python',
    kind: 'function' as const,
    prompt: '',
    publicTests: [],
    metadata: {},
    ...given,
  }
  const group = { group: 'case', json: inputs, ...(expected === undefined ? {} : { expected }) }
  const suite: CallSuite = { kind: 'calls', entryPoint: 'Solution().f', inputs: [group], ...rest }
  return judge.judge({ problem, suite }, { code }, limits)
}

const square = 'class Solution:\n    def f(self, x):\n        return x * x\n'
const kinds = (verdict: Verdict) => verdict.tests.map(({ status }) => status)

describe('expected values of the benchmark', () => {
  it('decide without a reference', async () => {
    const right = await judged(square, '[[2], [3]]', '[4, 9]')
    expect(right).toMatchObject({ kind: 'passed', judged: 'out-of-process' })
    expect(right.tests.map(({ name }) => name)).toEqual(['case 1', 'case 2'])
    const wrong = await judged(square, '[[2], [3], [4]]', '[4, 8, 16]')
    expect(wrong).toMatchObject({ kind: 'wrong', evidence: 'Solution().f(3) → 9\nexpected 8' })
    expect(kinds(wrong)).toEqual(['passed', 'failed', 'not-reached'])
  })

  it('keep integers of any length, and stay with the inputs when some of those are left out', async () => {
    const suite = { argumentsFrom: 'None if args[0] == 3 else args' }
    expect(
      await judged(square, '[[2], [3], [9007199254740993]]', `[4, 0, ${9007199254740993n ** 2n}]`, suite),
    ).toMatchObject({ kind: 'passed' })
    expect(await judged(square, '[[9007199254740993]]', `[${9007199254740993n ** 2n - 1n}]`)).toMatchObject({
      kind: 'wrong',
    })
  })

  it.each([
    ['fewer values than inputs', '[[1], [2]]', '[1]'],
    ['more values than inputs', '[[1]]', '[1, 2]'],
    ['values that are no list', '[[1]]', '{"0": 1}'],
    ['values that are no JSON', '[[1]]', '[1'],
    ['neither values nor a reference', '[[1]]', undefined],
  ])('%s are the fault of the benchmark', async (_, inputs, expected) =>
    expect(await judged(square, inputs, expected)).toMatchObject({ kind: 'infrastructure' }),
  )

  it('are not in the process of the candidate', async () => {
    // Put together when it runs: a constant of the program itself would be found.
    const looks = `import gc, sys
class Solution:
    def f(self, x):
        wanted = int("424" "242")
        seen = [o for o in gc.get_objects() if type(o) in (list, dict, tuple) and wanted in (o.values() if type(o) is dict else o)]
        frame = sys._getframe(1)
        while frame:
            seen += [v for v in frame.f_locals.values() if type(v) is int and v == wanted]
            frame = frame.f_back
        return wanted if seen else 0
`
    expect(await judged(looks, '[[1], [2]]', '[424242, 424242]')).toMatchObject({ kind: 'wrong' })
    expect(await judged(looks, '[[[424242]]]', '[424242]')).toMatchObject({ kind: 'passed' })
  })

  it('are compared as plain data, whatever a class says of itself', async () => {
    const lying =
      'class E(list):\n    def __eq__(self, o): return True\nclass Solution:\n    def f(self, x): return E([x])\n'
    expect(await judged(lying, '[[1], [2]]', '[[1], [3]]')).toMatchObject({ kind: 'wrong' })
  })
})

describe('an entry point that is a method', () => {
  it('is called on one instance', async () => {
    const counts =
      'class Solution:\n    def __init__(self): self.n = 0\n    def f(self, x):\n        self.n += 1\n        return self.n'
    expect(await judged(counts, '[[0], [0]]', '[1, 2]')).toMatchObject({ kind: 'passed' })
  })

  it('is the function where there is no such class', async () => {
    expect(await judged('def f(x): return x * x', '[[3]]', '[9]')).toMatchObject({ kind: 'passed' })
    expect(
      await judged('def f(x): return x + x\nclass Solution:\n  def f(self, x): return x * x', '[[3]]', '[9]'),
    ).toMatchObject({ kind: 'passed' })
  })

  it.each([
    ['has no such method', 'class Solution:\n    def g(self, x): return x', 'AttributeError'],
    ['has neither class nor function', 'def g(x): return x', 'NameError'],
    ['cannot be made', 'class Solution:\n    def __init__(self): {}[1]\n    def f(self, x): return x', 'KeyError'],
  ])('%s: an error of the candidate', async (_, code, type) =>
    expect(await judged(code, '[[1]]', '[1]')).toMatchObject({ kind: 'runtime-error', exception: { type } }),
  )
})

describe('as JSON', () => {
  const alike = (got: string, expected: string) =>
    judged(`def f(): return ${got}`, '[[]]', `[${expected}]`, { accepts: 'as_json(got) == expected' })

  it.each([
    ['(1, (2, [3]))', '[1, [2, [3]]]'],
    ['{1: (2,), "a": 3}', '{"1": [2], "a": 3}'],
    ['None', 'null'],
    ['[True, 1.5]', '[true, 1.5]'],
  ])('%s is %s', async (got, expected) => expect(await alike(got, expected)).toMatchObject({ kind: 'passed' }))

  it.each([
    ['{1, 2}', '[1, 2]'],
    ['"[1]"', '[1]'],
    ['iter([1])', '[1]'],
    ['{(1,): 2}', '{"1": 2}'],
  ])('%s is not %s', async (got, expected) => expect(await alike(got, expected)).toMatchObject({ kind: 'wrong' }))
})

describe('a preamble', () => {
  const preamble = 'from collections import *;from math import *;import sys;sys.setrecursionlimit(50000)'

  it('gives the candidate its names', async () => {
    expect(await judged('def f(x): return sqrt(x) + len(deque([x]))', '[[4]]', '[3]', { preamble })).toMatchObject({
      kind: 'passed',
    })
    expect(await judged('def f(x): return sqrt(x)', '[[4]]', '[2]')).toMatchObject({ kind: 'runtime-error' })
  })

  it('stands after imports from __future__, and the lines of errors are the candidate’s own', async () => {
    const code = 'from __future__ import annotations\n\ndef f(x: Never) -> Never:\n    return 1 // 0'
    expect(await judged(code, '[[1]]', '[1]', { preamble })).toMatchObject({
      kind: 'runtime-error',
      exception: { type: 'ZeroDivisionError', line: 4 },
    })
    expect(await judged('def f(x:\n  pass', '[[1]]', '[1]', { preamble })).toMatchObject({
      kind: 'compile-error',
      exception: { line: 1 },
    })
  })
})
