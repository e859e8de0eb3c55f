/** The published problems of HumanEval infilling, judged. CUPEL_DATA names the folder of the data. */
import { expect, it } from 'vitest'
import { openJudge } from '../execute/judge/open-judge.test-support.js'
import { inLanes } from '../kernel/index.js'
import { findData } from './data.js'
import { loadProblems } from './problems.js'
import { benchmark, judged } from './published-rows.test-support.js'

const { judge } = await openJudge()
const infilling = benchmark('humaneval-infilling')
const missing = infilling.data.find((file) => !findData(file))
if (missing) console.log(`humaneval-infilling is not judged: ${missing.path} is not below CUPEL_DATA`)

it.skipIf(missing)(
  '[system 158.e] has all problems; what was taken out passes, and nothing in its place does not',
  async () => {
    const problems = [...(await loadProblems(infilling)).values()]
    const counts = new Map<string, number>()
    for (const { problem } of problems) {
      const [set = ''] = problem.id.split('/')
      counts.set(set, (counts.get(set) ?? 0) + 1)
    }
    expect(Object.fromEntries(counts)).toEqual({
      ...{ SingleLineInfilling: 1033, MultiLineInfilling: 5815, RandomSpanInfilling: 1640 },
      RandomSpanInfillingLight: 164,
    })
    const some = problems.filter((_, i) => i % 60 === 0)
    const verdicts = await inLanes(some, 16, (one) => judged(judge, 'humaneval-infilling', one, one.reference ?? ''))
    expect(verdicts.flatMap(({ kind }, i) => (kind === 'passed' ? [] : [`${some[i]?.problem.id}: ${kind}`]))).toEqual(
      [],
    )
    expect(verdicts).toHaveLength(145)
    const line = problems.find(({ problem }) => problem.id === 'SingleLineInfilling/HumanEval/0/L5')
    const without = `${line?.problem.prompt}pass${line?.problem.metadata.suffix}`
    expect((await judged(judge, 'humaneval-infilling', line, without)).kind).not.toBe('passed')
  },
  120_000,
)
