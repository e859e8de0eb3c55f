/** HumanEval Pro and MBPP Pro: what a run of a row of ours tells of candidates that do without the base function. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { benchmarks } from '../evaluate/index.js'
import { openJudge } from '../execute/judge/open-judge.test-support.js'
import { compareRuns } from './compare.js'
import { evaluate } from './evaluate.js'
import { benchmark, withRows } from './published-rows.test-support.js'
import { gather } from './reports/gather.js'
import { markdownReport } from './reports/markdown.js'
import { readTally } from './tally.js'

const folder = mkdtempSync(join(tmpdir(), 'cupel-self-invoking-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const { sandbox } = await openJudge()

const base = 'def add(a, b):\n    """Gives the sum, as add_all([a, b]) would."""\n'
const body = (call: string) => `    total = 0\n    for number in numbers:\n        total = ${call}\n    return total\n`
const row = (id: number) => ({
  ...{ id, raw_problem: base, raw_solution: '    return a + b\n' },
  ...{ new_problem: '# Add up a list with add.\ndef add_all(numbers):\n', new_solution: body('add(total, number)') },
  test_code: 'assert add_all([1, 2, 3]) == 6\nassert add_all([]) == 0\n',
})
const solved = `${base}    return a + b\n\n`
const harder = (call: string) => `def add_all(numbers):\n${body(call)}`

/** A run of these programs, one after the other for each problem. */
async function runOf(name: string, set: string, programs: readonly (readonly [id: number, code: string])[]) {
  const path = join(folder, `${name}.jsonl`)
  const prefix = set.replace('-', '_')
  writeFileSync(
    path,
    programs.map(([id, solution]) => JSON.stringify({ task_id: `${prefix}/${id}`, solution })).join('\n'),
  )
  const out = join(folder, name)
  const source = { kind: 'samples', path } as const
  const common = { quiet: true, command: [], cupel: '0', resume: false }
  await evaluate({ benchmark: benchmark(set), source, sandbox, out, ...common })
  return out
}
const withTwo = <T>(set: string, work: () => Promise<T>) =>
  withRows(set, { [benchmark(set).data[0]?.path as string]: [JSON.stringify([row(0), row(1)])] }, work)

it.each(['humaneval-pro', 'mbpp-pro'])(
  '[system 129.b] in %s the new function alone is a NameError, and what does without the base is not self-invoking',
  async (set) => {
    const run = await withTwo(set, async () => {
      const programs = [
        solved + harder('add(total, number)'),
        harder('add(total, number)'),
        harder('total + number'),
        solved + harder('total + number'),
        `${solved}add_all = lambda numbers: sum(numbers)\n`,
      ]
      const out = await runOf(
        `b-${set}`,
        set,
        programs.map((code) => [0, code] as const),
      )
      return gather(out, benchmarks)
    })
    expect(run.candidates.map(({ kind, buildsOn }) => [kind, buildsOn])).toEqual([
      ['passed', true],
      ['runtime-error', true],
      ['passed', false],
      ['passed', false],
      ['passed', null],
    ])
    expect(run.candidates[1]?.detail).toContain("NameError: name 'add' is not defined")
    expect(run.buildingOn).toEqual({
      passed: { using: 1, not: 2, unknown: 1 },
      others: { using: 1, not: 0, unknown: 0 },
    })
    expect(markdownReport(run)).toMatch(/## Self-invoking: .*\n\n.*\n.*\n\| passed \| 1 \| 2 \| 1 \|\n/)
  },
)

it('[system 129.d] of raw and sanitised outputs the higher score counts, never the better form of each reply', async () => {
  const [right, fenced] = [solved + harder('add(total, number)'), '```python\nprint(1)\n```\nHere you are.']
  const tallies = await withTwo('humaneval-pro', async () => [
    await readTally(
      await runOf('raw', 'humaneval-pro', [
        [0, right],
        [1, fenced],
      ]),
    ),
    await readTally(
      await runOf('sanitised', 'humaneval-pro', [
        [0, fenced],
        [1, right],
        [0, right],
        [1, right],
      ]),
    ),
  ])
  const { higherOf = '' } = benchmark('humaneval-pro')
  const options = { k: 1, alpha: 0.05, seed: 0, higherOf }
  const [raw = '', sanitised = ''] = tallies.map(({ run }) => run)
  // 1/2 raw, (1/2 + 1) / 2 sanitised; the better form of each would be 1.
  for (const order of [tallies, [...tallies].reverse()])
    expect(compareRuns(order, options).higher).toEqual({ of: higherOf, run: sanitised, passAtK: 0.75 })
  const [first, second] = tallies as [(typeof tallies)[0], (typeof tallies)[0]]
  expect(compareRuns([first, { ...first, run: 'same' }], options).higher).toMatchObject({ run: raw, passAtK: 0.5 })
  expect(compareRuns([first, second], { k: 1, alpha: 0.05, seed: 0 }).higher).toBeUndefined()
})
