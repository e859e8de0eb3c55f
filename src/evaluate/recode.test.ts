import { expect, it } from 'vitest'
import recode from './benchmarks/recode.js'

const half = `def f(x):\n    """Twice."""\n    y = x\n    # print('@@this is the line to split##')\n    return y + x\n`
const row = {
  ...{ task_id: 'HumanEval/0', entry_point: 'f', test: 'def check(candidate):\n    assert candidate(2) == 4\n' },
  ...{ prompt: 'def f(x):\n    """Twice."""\n', canonical_solution: '    return 2 * x\n' },
}

it('ReCode has the prompts before the change: whole for names and docstrings, begun for format and code', () => {
  const at = (name: string) => recode.data.findIndex(({ path }) => path.includes(name))
  const files = recode.data.map((_, i) =>
    i === at('new_lines_s0') || i === at('OperandSwap')
      ? [{ ...row, prompt: 'def f(x):\n    """Twice."""\n\n    y = x\n', partial: half }]
      : i === at('FuncRenameCamelCase') || i === recode.data.length - 1
        ? [row]
        : [],
  )
  const problems = [...recode.problems(files)]
  const told = problems.map(({ problem }) => ({ id: problem.id, ...recode.versionOf?.(problem) }))
  const of = { original: 'HumanEval/0' }
  expect(told).toEqual([
    { id: 'new_lines/HumanEval/0', ...of, comparisons: ['format', 'all changes'], changed: true },
    { id: 'FuncRenameCamelCase/HumanEval/0', ...of, comparisons: ['func_name', 'all changes'], changed: true },
    { id: 'OperandSwap/HumanEval/0', ...of, comparisons: ['natgen', 'all changes'], changed: true },
    { id: 'begun/HumanEval/0', ...of, comparisons: ['format', 'natgen'], changed: false },
    { id: 'unchanged/HumanEval/0', ...of, comparisons: ['func_name', 'nlaugmenter'], changed: false },
  ])
  const begun = problems[3]
  expect(begun?.problem.prompt).toBe('def f(x):\n    """Twice."""\n    y = x\n')
  expect(begun?.reference).toBe(half.replace(/ *# print.*\n/, ''))
  expect(problems[4]?.reference).toContain('return 2 * x')
})
