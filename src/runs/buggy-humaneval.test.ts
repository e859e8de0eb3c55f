/** The published rows of Buggy-HumanEval, judged; and beginnings of our own. CUPEL_DATA names the folder of the data. */
import { expect, it } from 'vitest'
import { type BuggyBeginning, buggyBeginnings } from '../evaluate/index.js'
import { openJudge } from '../execute/judge/open-judge.test-support.js'
import { inLanes, type JudgedProblem } from '../kernel/index.js'
import { findData } from './data.js'
import { loadProblems } from './problems.js'
import { benchmark, judged } from './published-rows.test-support.js'

const { sandbox, judge } = await openJudge()
const buggy = benchmark('buggy-humaneval')
const missing = buggy.data.find((file) => !findData(file))
if (missing) console.log(`buggy-humaneval is not judged: ${missing.path} is not below CUPEL_DATA`)

/** Of pairs of programs: in how many nodes their syntax trees differ, and whether all of these are operators. */
const compare = `
import ast, json, sys

def differences(a, b):
    if type(a) is not type(b):
        both = all(isinstance(one, (ast.operator, ast.cmpop)) for one in (a, b))
        return [both]
    if isinstance(a, ast.AST):
        return [found for name in a._fields for found in differences(getattr(a, name), getattr(b, name))]
    if isinstance(a, list):
        if len(a) != len(b):
            return [False]
        return [found for pair in zip(a, b) for found in differences(*pair)]
    return [] if a == b else [False]

print(json.dumps([differences(ast.parse(a), ast.parse(b)) for a, b in json.load(sys.stdin)]))
`

async function differences(pairs: readonly (readonly [string, string])[]): Promise<boolean[][]> {
  const run = { language: 'python', files: { 'main.py': compare }, entry: 'main.py', stdin: JSON.stringify(pairs) }
  const { stdout, stderr } = await sandbox.run(run, { cpuSeconds: 60, wallSeconds: 120, outputBytes: 1 << 20 })
  if (stdout === '') throw new Error(stderr)
  return JSON.parse(stdout)
}

it.skipIf(missing)(
  '[system 138.a] the rest of the solution passes behind 211 clean beginnings and fails behind the buggy ones',
  async () => {
    const problems = [...(await loadProblems(buggy)).values()]
    expect(problems).toHaveLength(2 * 1896)
    expect(problems.filter(({ problem }) => problem.metadata.rest === null)).toEqual([])
    const some = problems.filter((_, i) => Math.floor(i / 2) % 9 === 0)
    const verdicts = await inLanes(some, 16, ({ problem, suite }) => {
      const code = problem.prompt + (problem.metadata.rest as string)
      return judged(judge, 'buggy-humaneval', { problem, suite }, code, { cpuSeconds: 0.5 })
    })
    const kinds = (beginning: string) =>
      verdicts.flatMap(({ kind }, i) => (some[i]?.problem.metadata.beginning === beginning ? [kind] : []))
    expect(kinds('clean')).toEqual(Array(211).fill('passed'))
    const failing = kinds('buggy')
    expect(failing).toHaveLength(211)
    expect(failing.filter((kind) => !['wrong', 'runtime-error', 'time-limit'].includes(kind))).toEqual([])
  },
  120_000,
)

it.skipIf(missing)(
  '[system 138.b] the published beginnings differ in one operator of their syntax trees',
  async () => {
    const problems = [...(await loadProblems(buggy)).values()]
    const pairs = problems.flatMap(({ problem, reference = '' }, i): [string, string][] =>
      problem.metadata.beginning === 'buggy'
        ? []
        : [[reference, `${problems[i - 1]?.problem.prompt}${problem.metadata.rest}`]],
    )
    expect(pairs).toHaveLength(1896)
    expect((await differences(pairs)).filter((found) => found.length !== 1 || !found[0])).toEqual([])
  },
  60_000,
)

const prompt = 'def middle(values):\n    """The mean of the largest and the smallest: 1 + 1 is no code."""\n'
const solution = `    most = least = values[0]
    for one in values:
        if one > most:
            most = one
        if one < least:
            least = one

    # between
    if most - least == 0:
        return most
    return (most + least) / 2
`
const middle: JudgedProblem = {
  problem: {
    id: 'middle',
    language: 'python',
    kind: 'function',
    prompt,
    entryPoint: 'middle',
    publicTests: [],
    metadata: {},
  },
  suite: {
    ...{ kind: 'assertions', trusted: '', entryPoint: 'middle' },
    script: 'def check(candidate):\n    assert candidate([3, 1, 2]) == 2\n    assert candidate([3, 3]) == 3\n',
  },
  reference: prompt + solution,
}

it('[system 138.b] makes beginnings that differ in one operator, of flips that the tests notice', async () => {
  const { beginnings, unjudged } = await buggyBeginnings(middle, judge, { cpuSeconds: 2 })
  expect(unjudged).toBe(0)
  const told = ({ line, before, after, clean }: BuggyBeginning) =>
    [line, before, after, clean.split('\n').length].join(' ')
  // Without the minus the mean is the same: no bug. Nothing is cut at the blank line, nor behind the last.
  expect(beginnings.map(told)).toEqual([
    ...[5, 6, 7, 8, 10, 11, 12].map((end) => `5 > <= ${end}`),
    ...[7, 8, 10, 11, 12].map((end) => `7 < >= ${end}`),
    ...[11, 12].map((end) => `11 == != ${end}`),
  ])
  const whole = beginnings.map(({ clean, buggy: begun, rest }) => {
    expect(clean + rest).toBe(middle.reference)
    return [middle.reference as string, begun + rest] as const
  })
  expect(await differences(whole)).toEqual(whole.map(() => [true]))
  for (const program of new Set(whole.map(([, changed]) => changed)))
    expect(await judge.judge(middle, { code: program })).toMatchObject({ kind: 'wrong' })
}, 60_000)

it('makes none of a problem whose solution does not pass, is none, or does not begin with the prompt', async () => {
  const lost = { judge: () => Promise.resolve({ kind: 'infrastructure', reason: 'no room' }) } as never
  await expect(buggyBeginnings(middle, lost)).rejects.toThrow('the solution of middle does not pass (infrastructure)')
  const { reference: _, ...none } = middle
  await expect(buggyBeginnings(none, judge)).rejects.toThrow('middle has no solution that goes on from its prompt')
  await expect(buggyBeginnings({ ...none, reference: `x${prompt}` }, judge)).rejects.toThrow('goes on from its prompt')
  const open = { ...none, reference: `${prompt}    return (1` }
  await expect(buggyBeginnings(open, judge)).rejects.toThrow('cannot be read: the ( in line 3 is not closed')
})
