/** What the pages say of problems is what their files hold; and how tests are counted. */
import { describe, expect, it } from 'vitest'
import { benchmarks, countedFacts, problemFacts } from '../evaluate/index.js'
import type { JudgedProblem, TestSuite } from '../kernel/index.js'
import { findData } from './data.js'
import { loadProblems } from './problems.js'

describe.each(['first-assay', 'humaneval', 'humaneval-x', 'mbpp', 'mbpp-plus', 'transcoder', 'apps-mapcoder'])(
  '%s',
  (name) => {
    const benchmark = benchmarks.find((one) => one.name === name)!
    const missing = benchmark.data.some((file) => !findData(file))
    if (missing) console.log(`the facts of ${name} are not counted again: its files are not below CUPEL_DATA`)

    it.skipIf(missing)('has the problems, languages and tests that its page names', async () => {
      expect(countedFacts((await loadProblems(benchmark)).values())).toEqual(problemFacts(name))
    })
  },
)

describe('a test', () => {
  const tests = (suite: Partial<TestSuite>) => {
    const problem = {
      id: 'p',
      language: 'python',
      kind: 'function',
      prompt: '',
      publicTests: [],
      metadata: {},
    } as const
    return countedFacts([{ problem, suite } as JudgedProblem]).tests.most
  }
  const assertions = (script: string) => tests({ kind: 'assertions', trusted: '', script, entryPoint: 'f' })

  it.each([
    ['def check(candidate):\n    assert candidate(1) == 2\n    assert candidate (3) == candidate(4)', 3],
    ['assert f(1) == 2\nassert not xf(1) and f(f(2))', 3],
    ['class T(unittest.TestCase):\n  def test_a(self):\n    f(1); f(2)\n  def testB(self): pass', 2],
    ['import sys', 1],
  ])('of a script is a method, or else a call: %j', (script, due) => {
    expect(assertions(script)).toBe(due)
  })

  it('is a list of arguments, whatever they hold', () => {
    const input = { group: 'base', json: '[[1, NaN], ["]], [["], [[2], {"a": []}], []]' }
    expect(tests({ kind: 'calls', entryPoint: 'f', inputs: [input, { group: 'plus', json: '[]' }] })).toBe(4)
  })
})
