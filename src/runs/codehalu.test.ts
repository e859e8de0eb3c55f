/** CodeHaluEval in the shape its scripts read: one label for each pair of a task and a test case. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FailureLabel, failureLabel, hallucinationTable } from '../evaluate/index.js'
import { Judge, Sandbox } from '../execute/index.js'
import type { JudgedProblem } from '../kernel/index.js'
import { judged, withRows } from './published-rows.test-support.js'

let judge: Judge
let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await Sandbox.open({ isolation: 'native' })
  judge = new Judge(sandbox)
})
afterAll(() => sandbox.close())

const folder = 'yuchen814__CodeHalu/benchmarks'
const stdio = {
  id: 0,
  task_id: 17,
  question: 'Double it.',
  starter_code: '',
  fn_name: null,
  input: '4\n',
  output: '8\n',
}
const called = {
  id: 0,
  task_id: 18,
  question: 'Double it.',
  starter_code: 'def f(x):\n',
  fn_name: 'f',
  input: [4],
  output: 8,
}
const files = (rows: readonly unknown[]) => ({ [`${folder}/Data_Compliance.json`]: [JSON.stringify(rows)] })

async function labels(programs: readonly string[]): Promise<(FailureLabel | null)[]> {
  return withRows('codehalu', files([stdio]), async (problems) => {
    const [problem] = [...problems.values()] as [JudgedProblem]
    const limits = { cpuSeconds: 2, wallSeconds: 4, memoryMb: 512 }
    return Promise.all(
      programs.map(async (code) => failureLabel(await judged(judge, 'codehalu', problem, code, limits))),
    )
  })
}

describe('labels of programs that are run', () => {
  it('[system 3.a] are one of seven sub-types, correct, or a time-out, which raises no count', async () => {
    const programs: [code: string, label: FailureLabel][] = [
      ['print(int(input() + "x"))', 'data compliance'],
      ['print([][int(input())])', 'structural access'],
      ['print(double(int(input())))', 'identification'],
      ['import no_such_module_anywhere', 'external source'],
      ['def f(x): return f(x)\nf(1)', 'physical constraint'],
      ['import math\nprint(math.exp(1e6))', 'computational boundary'],
      ['print(int(input()) + 1)', 'logic deviation'],
      ['print(2 * int(input()))', 'correct'],
      ['import time\ntime.sleep(60)', 'time-out'],
      ['print(', 'other'],
    ]
    const found = await labels(programs.map(([code]) => code))
    expect(found).toEqual(programs.map(([, label]) => label))
    const table = hallucinationTable(found)
    expect(table.rows.map(({ count }) => count)).toEqual([1, 1, 1, 1, 1, 1, 1, 0])
    expect(table).toMatchObject({ samples: 10, correct: 1, timeouts: 1, other: 1 })
  })
})

it('rows are pairs of a task and one test case, with a program or a function, from all files of the folder', async () => {
  const both = { ...stdio, id: 5, input: undefined, output: undefined, input_output: { inputs: ['1'], outputs: ['2'] } }
  const rows = {
    ...files([stdio, { ...stdio, id: 1, input: '1\n', output: '2\n' }, both]),
    [`${folder}/z.json`]: [JSON.stringify([called])],
  }
  await withRows('codehalu', rows, async (problems) => {
    expect([...problems.keys()]).toEqual(['17/1', '17/2', '17/3', '18/1'])
    const [first, , third, last] = [...problems.values()] as JudgedProblem[]
    expect(first?.problem).toMatchObject({ kind: 'stdio', metadata: { task: '17', row: 0 } })
    expect(last?.problem).toMatchObject({ kind: 'function', entryPoint: 'f' })
    expect(await judged(judge, 'codehalu', third, 'print(2)')).toMatchObject({ kind: 'passed' })
    expect(await judged(judge, 'codehalu', last, 'def f(x): return 2 * x')).toMatchObject({ kind: 'passed' })
    expect(await judged(judge, 'codehalu', last, 'def f(x): return x')).toMatchObject({ kind: 'wrong' })
  })
})
