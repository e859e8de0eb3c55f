/** ODEX in its published shape; the rows that are judged are made here. */
import { describe, expect, it } from 'vitest'
import { openJudge } from '../execute/judge/open-judge.test-support.js'
import { findData, readData } from './data.js'
import { chosenProblems, loadProblems } from './problems.js'
import { benchmark, judged, withRows } from './published-rows.test-support.js'

const { judge } = await openJudge()

const row = {
  task_id: 1,
  prompt: 'def f_1(text):\n\ttry:\n\t\tvalue = ',
  suffix: '\n\texcept ValueError:\n\t\tvalue = -1\n\treturn value',
  canonical_solution: 'int(text)',
  test_start: '\ndef check(candidate):',
  test: ['\n    assert candidate("12") == 12\n', '\n    assert candidate("x") == -1\n'],
  entry_point: 'f_1',
  intent: 'convert `text` to a number,\nor -1',
  library: [],
}
const open = {
  ...row,
  task_id: 2,
  library: ['math'],
  test_start: '\nimport math\n\ndef check(candidate):',
}

describe('ODEX', () => {
  it('[system 11.c] puts the suffix behind what fills the hole: without it the solution fails', async () => {
    const kinds = (suffix: string, filling: string) =>
      withRows('odex', [{ ...row, suffix }], async (problems) => {
        const problem = problems.get('en/1')
        const code = benchmark('odex').complete?.(problem?.problem as never, filling) ?? ''
        return [(await judged(judge, 'odex', problem, code)).kind, problem?.reference === code]
      })
    expect(await kinds(row.suffix, 'int(text)')).toEqual(['passed', true])
    expect(await kinds(row.suffix, 'len(text)')).toEqual(['wrong', false])
    expect(await kinds('', 'int(text)')).toEqual(['compile-error', true])
  })

  it('[system 11.d] tells open from closed by the libraries that a question needs', async () => {
    await withRows('odex', [row, open], (problems) => {
      const ids = (where: string) => [...chosenProblems(problems, 'odex', { where: [where] }).keys()]
      expect(ids('tags=open')).toEqual(['en/2'])
      expect(ids('tags=closed')).toEqual(['en/1'])
      expect(ids('tags=math')).toEqual(['en/2'])
    })
  })

  const missing = benchmark('odex')
    .data.slice(0, 2)
    .find((file) => !findData(file))
  if (missing) console.log(`the split of ODEX is not counted: ${missing.path} is not below CUPEL_DATA`)
  it.skipIf(missing)(
    '[system 11.d] has 230 open of 439 English and 48 open of 90 Spanish questions, those whose tests import',
    async () => {
      const problems = [...(await loadProblems(benchmark('odex'))).values()]
      const count = (human: string, tag: string) =>
        problems.filter(({ problem }) => {
          const tags = problem.metadata.tags as string[]
          return tags.includes(human) && tags.includes(tag)
        }).length
      expect([count('en', 'open'), count('en', 'closed'), count('es', 'open'), count('es', 'closed')]).toEqual([
        230, 209, 48, 42,
      ])
      // As the published script has it, from the text of the tests.
      for (const file of benchmark('odex').data.slice(0, 2))
        for (const each of (await readData(file)) as { library: string[]; test_start: string; task_id: number }[])
          expect(each.library.length > 0, String(each.task_id)).toBe(each.test_start.includes('import '))
    },
  )

  const files = benchmark('odex').data.filter((file) => !findData(file))
  for (const { path } of files) console.log(`rows of ODEX that are not judged: ${path} is not below CUPEL_DATA`)
  it.skipIf(missing)(
    '[system 11.b] is solved by its own solutions in at least 95 % of what can be run',
    { timeout: 180_000 },
    async () => {
      const { defects = {} } = benchmark('odex')
      const found = { passed: 0, known: 0, failed: [] as string[], lacking: new Map<string, number>() }
      for (const [i, each] of [...(await loadProblems(benchmark('odex'))).values()].entries()) {
        if (i % 10 !== 0) continue
        const verdict = await judged(judge, 'odex', each, each.reference as string)
        const module = verdict.kind === 'infrastructure' && /module (\S+), which is not there/.exec(verdict.reason)?.[1]
        if (module) found.lacking.set(module, (found.lacking.get(module) ?? 0) + 1)
        else if (verdict.kind === 'passed') found.passed++
        else if (defects[each.problem.id]) found.known++
        else found.failed.push(`${each.problem.id}: ${verdict.kind}`)
      }
      const lacking = [...found.lacking].map(([name, count]) => `${name} ${count}`)
      console.log(`every tenth row of ODEX; not run for want of a module: ${lacking.join(', ') || 'none'}`)
      expect(found.failed).toEqual([])
      expect(found.passed).toBeGreaterThan(20)
      expect(found.passed / (found.passed + found.known)).toBeGreaterThanOrEqual(0.95)
    },
  )
})
