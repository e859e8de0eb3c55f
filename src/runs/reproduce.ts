/** Replays a study: the judge and the data it may use, what it measured, how long it took. */
import { Judge, type Sandbox } from '../execute/index.js'
import { compiles, passMatrix } from '../generate/index.js'
import {
  type Difference,
  inLanes,
  type JudgedProblem,
  limitsFrom,
  type Study,
  type StudyJudge,
  type StudyRow,
  type TestSuite,
} from '../kernel/index.js'
import { dataFilesBelow, findData, readData, readDataText } from './data.js'
import type { KeptResults } from './kept-results.js'
import { Progress } from './progress.js'
import { sha256, suiteHash, verdictKey } from './verdict-key.js'

/** Candidates with the judge at once. */
const window = 128

export interface Reproduction {
  readonly rows: readonly StudyRow[]
  readonly seconds: number
  readonly executions: number
  /** Verdicts and pass matrices that were kept from before. */
  readonly reused: number
  /** Null where results were kept from before. */
  readonly executionsPerSecond: number | null
  readonly notes: readonly string[]
  readonly differences: readonly Difference[]
}

export interface ReproduceOptions {
  readonly quiet: boolean
  /** Stops it between two executions: `reproduce` throws the signal's reason. */
  readonly signal?: AbortSignal
  /** Where verdicts and pass matrices are kept and looked up. */
  readonly kept?: KeptResults
}

export async function reproduce(
  study: Study,
  sandbox: Sandbox,
  { quiet, signal, kept }: ReproduceOptions,
): Promise<Reproduction> {
  const began = performance.now()
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
    judge: studyJudge(sandbox, { signal, kept }),
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
  const reused = kept?.reused ?? 0
  const executionsPerSecond = reused === 0 ? Math.round(executions / seconds) : null
  return { rows, seconds, executions, reused, executionsPerSecond, notes, differences }
}

function studyJudge(
  sandbox: Sandbox,
  { signal, kept }: { readonly signal: AbortSignal | undefined; readonly kept: KeptResults | undefined },
): StudyJudge {
  const judge = new Judge(sandbox)
  const suites = new WeakMap<TestSuite, string>()
  // Ctrl-C in a terminal reaches the sandbox too: what ends after it may have been ended by it.
  const lasts = () => !signal?.aborted
  const once = <T>(key: () => string, find: () => Promise<T>, whole: (found: T) => boolean = () => true) =>
    kept ? kept.once(key(), find, (found) => lasts() && whole(found)) : find()
  const hashOf = ({ problem, suite }: JudgedProblem) => {
    const hash = suites.get(suite) ?? suiteHash(suite, problem.preamble)
    suites.set(suite, hash)
    return hash
  }
  return {
    verdicts: (items, limits) =>
      inLanes(items, window, async ({ problem: judged, code }) => {
        signal?.throwIfAborted()
        const { id, language } = judged.problem
        return once(
          () =>
            verdictKey({
              problemId: `${language} ${id}`,
              sample: 0,
              code,
              suite: hashOf(judged),
              limits: limitsFrom(limits),
            }),
          () => judge.judge(judged, { code }, limits),
          ({ kind }) => kind !== 'infrastructure',
        )
      }),
    async passMatrix(problem, programs, tests, seconds) {
      signal?.throwIfAborted()
      const { language, prompt, entryPoint } = problem
      const rows = await once(
        () => sha256(JSON.stringify([language, prompt, entryPoint, programs, tests, seconds])),
        async () => (await passMatrix(sandbox, problem, programs, tests, seconds)).map(asDigits),
      )
      return rows.map((digits) => [...digits].map((digit) => digit === '1'))
    },
    compiles: (sources) => compiles(sandbox, 'python', sources),
  }
}

/** A matrix may have a million cells. */
function asDigits(row: readonly boolean[]): string {
  return row.map(Number).join('')
}
