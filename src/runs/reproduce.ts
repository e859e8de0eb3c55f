/** Replays a study: the judge and the data it may use, what it measured, how long it took. */
import { Judge, type Sandbox } from '../execute/index.js'
import { compiles, passMatrix } from '../generate/index.js'
import {
  type Difference,
  inLanes,
  type JudgedProblem,
  type Limits,
  type Study,
  type StudyRow,
  type Verdict,
} from '../kernel/index.js'
import { dataFilesBelow, findData, readData, readDataText } from './data.js'
import { Progress } from './progress.js'

/** Candidates with the judge at once. */
const window = 128

export interface Reproduction {
  readonly rows: readonly StudyRow[]
  readonly seconds: number
  readonly executions: number
  readonly executionsPerSecond: number
  readonly notes: readonly string[]
  readonly differences: readonly Difference[]
}

export interface ReproduceOptions {
  readonly quiet: boolean
  /** Stops it between two executions: `reproduce` throws the signal's reason. */
  readonly signal?: AbortSignal
}

export async function reproduce(
  study: Study,
  sandbox: Sandbox,
  { quiet, signal }: ReproduceOptions,
): Promise<Reproduction> {
  const began = performance.now()
  const judge = new Judge(sandbox)
  const isolation = await sandbox.isolationOf('python', 'examine')
  let executions = 0
  const notes: string[] = []
  const differences: Difference[] = []
  let progress: Progress | null = null
  const rows = await study.run({
    rows: (path) => readData(study.data.find((file) => file.path === path) ?? { path }),
    text: (path) => readDataText(study.data.find((file) => file.path === path) ?? { path }),
    has: (path) => findData({ path }) !== null,
    files: (path) => dataFilesBelow(path),
    judge: {
      verdicts: (items, limits) => verdicts(judge, items, limits, signal),
      passMatrix: (problem, programs, tests, seconds) => {
        signal?.throwIfAborted()
        return passMatrix(sandbox, problem, programs, tests, seconds)
      },
      compiles: (sources) => compiles(sandbox, 'python', sources),
    },
    progress: (_, total) => {
      progress ??= new Progress({ total, quiet })
      progress.add()
    },
    count: (more) => {
      executions += more
    },
    note: (text) => notes.push(text),
    differs: (difference) => differences.push(difference),
    isolation: () => isolation,
  })
  ;(progress as Progress | null)?.end()
  const seconds = (performance.now() - began) / 1000
  return { rows, seconds, executions, executionsPerSecond: Math.round(executions / seconds), notes, differences }
}

async function verdicts(
  judge: Judge,
  items: readonly { problem: JudgedProblem; code: string }[],
  limits?: Partial<Limits>,
  signal?: AbortSignal,
): Promise<Verdict[]> {
  return inLanes(items, window, async (item) => {
    signal?.throwIfAborted()
    return judge.judge(item.problem, item, limits)
  })
}
