/** The five published rows of Aider's exercises, where they are there: their solutions pass, and nothing else does. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { Judge, Sandbox } from '../execute/index.js'
import aider from './benchmarks/aider-python.js'

const file = join(process.env.CUPEL_DATA ?? '', aider.data[0]?.path ?? '')
const there = process.env.CUPEL_DATA !== undefined && existsSync(file)
if (!there)
  console.log('Aider exercises: the 5 published rows are not read, since CUPEL_DATA does not hold SandboxFusion')

it.skipIf(!there)(
  'published exercises are passed by their solutions, not by stubs or by solutions of others',
  async () => {
    const rows = readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map((line) => aider.row.parse(JSON.parse(line)))
    const problems = [...aider.problems([rows])]
    expect(problems.map(({ problem }) => problem.id)).toEqual([
      'accumulate',
      'acronym',
      'affine-cipher',
      'all-your-base',
      'allergies',
    ])
    const sandbox = await Sandbox.open({ isolation: 'native' })
    try {
      const judge = new Judge(sandbox)
      for (const [i, judged] of problems.entries()) {
        const kind = async (code: string) => (await judge.judge(judged, { code }, aider.limits)).kind
        expect(await kind(judged.reference ?? ''), judged.problem.id).toBe('passed')
        expect(await kind(judged.problem.starterCode ?? ''), judged.problem.id).toBe('wrong')
        if (i === 0) expect(await kind(problems[(i + 1) % 5]?.reference ?? ''), judged.problem.id).toBe('wrong')
      }
    } finally {
      await sandbox.close()
    }
  },
)

it('rows without tests, or whose fields are no JSON, are refused', () => {
  const row = {
    id: 1,
    content: 'Do it.',
    canonical_solution: 'x = 1\n',
    test: JSON.stringify({ code: '', asset: {} }),
    labels: JSON.stringify({ task_id: 'do-it' }),
  }
  expect(() => [...aider.problems([[aider.row.parse(row)]])]).toThrow('aider-python: do-it has no tests')
  expect(() => aider.row.parse({ ...row, test: '{' })).toThrow('no JSON')
})
