/**
 * Repository suites: the candidate changes a tree of files, the benchmark's tests are put in place after that, and a
 * command runs them in a fresh sandbox. What the command's report says of the named tests decides.
 *
 * Not covered: the tests and the candidate's code share a process, so that code can read the tests and write their
 * report. What it did before that (other tests, other configuration, a report of its own) is undone.
 */
import { randomBytes } from 'node:crypto'
import {
  type Execution,
  type Limits,
  type RepositorySuite,
  type TestOutcome,
  type Verdict,
  limitsFrom,
} from '../../../kernel/index.js'
import { Once, solutionFault } from '../once.js'
import { limitVerdict } from '../overrun.js'
import { type ReportedStatus, readReport } from '../reports/index.js'
import type { Sandbox } from '../../sandbox/sandbox.js'
import { PatchError } from './patch.js'
import { archiveOf, roomFor } from './archive.js'
import { Benchmark } from './change.js'
import { Checkouts } from './checkout.js'
import { type Run, failing, lastLine } from './ran.js'
import { withReferenceTests } from './reference-tests.js'
import { type Tree, treeOf } from './tree.js'

/** A report for each class of tests is usual. */
const mostReports = 1000
const notRun = { judged: 'not-run', tests: [], cpuMs: 0, wallMs: 0, peakBytes: 0 } as const

export class RepositoryJudge {
  readonly #sandbox: Sandbox
  readonly #checkouts = new Checkouts()
  readonly #faults = new Once<RepositorySuite, string | null>()
  readonly #named = new Once<RepositorySuite, RepositorySuite | string>()
  readonly #count: () => void

  constructor(sandbox: Sandbox, count: () => void) {
    this.#sandbox = sandbox
    this.#count = count
  }

  async verdict(given: RepositorySuite, reference: string | undefined, code: string, base: Limits): Promise<Verdict> {
    const limits = limitsFrom({ ...base, files: mostReports, ...given.limits })
    if (given.unavailable !== undefined) return { kind: 'infrastructure', reason: given.unavailable, ...notRun }
    const suite = await this.#withNames(given, reference, limits)
    if (typeof suite === 'string') return { kind: 'infrastructure', reason: suite, ...notRun }
    if (suite.failToPass.length + suite.passToPass.length === 0)
      return { kind: 'infrastructure', reason: 'the problem names no test, so nothing would be shown', ...notRun }
    const benchmark = await this.#benchmark(suite)
    let tree: Tree
    try {
      tree = benchmark.changed(code)
    } catch (error) {
      if (!(error instanceof PatchError)) throw error
      return { kind: 'compile-error', exception: { type: 'PatchError', message: error.message }, ...notRun }
    }
    const verdict = verdictOf(suite, await this.#run(suite, tree, limits), limits)
    if (verdict.kind === 'passed' || verdict.kind === 'infrastructure' || code === reference || suite.asReference)
      return verdict
    const fault = await this.#faults.of(suite, () => this.#findFault(suite, benchmark, reference, limits))
    if (fault === null) return verdict
    const needs = suite.needs === undefined ? '' : `; its tests need ${suite.needs}`
    return { kind: 'infrastructure', reason: `${fault}${needs}`, ...notRun }
  }

  async #benchmark(suite: RepositorySuite): Promise<Benchmark> {
    const checkout = suite.checkout ? await this.#checkouts.tree(suite.checkout) : []
    try {
      return new Benchmark(suite, new Map([...checkout, ...treeOf(suite.files)]))
    } catch (error) {
      if (!(error instanceof PatchError)) throw error
      throw new Error(`the benchmark's own tests do not fit its tree: ${error.message}`, { cause: error })
    }
  }

  /** The suite with the tests that the benchmark's own solution passes; a sentence where that shows nothing. */
  #withNames(suite: RepositorySuite, reference: string | undefined, limits: Limits): Promise<RepositorySuite | string> {
    if (!suite.asReference) return Promise.resolve(suite)
    if (reference === undefined)
      return Promise.resolve('the problem has no solution of its own, whose run would say which tests there are')
    return this.#named.of(suite, async () =>
      withReferenceTests(suite, await this.#run(suite, (await this.#benchmark(suite)).changed(reference), limits)),
    )
  }

  /** The benchmark's own solution has to pass here; where there is none, its own tests have to get to a report. */
  async #findFault(
    suite: RepositorySuite,
    benchmark: Benchmark,
    reference: string | undefined,
    limits: Limits,
  ): Promise<string | null> {
    if (reference !== undefined) {
      return solutionFault(verdictOf(suite, await this.#run(suite, benchmark.changed(reference), limits), limits))
    }
    // New tests may need what only a right candidate has, even to be compiled: the tree's own tests have to do then.
    for (const tests of [true, false]) {
      const { execution, report } = await this.#run(suite, benchmark.untouched(tests), limits)
      if (execution.outcome === 'infrastructure') throw new Error(execution.reason ?? 'the sandbox failed')
      if (report.broken === undefined) return null
      if (!tests || neverStarted(execution))
        return `the tests do not run on this machine, without any candidate: ${report.broken} (${lastLine(execution)})`
    }
    return null
  }

  async #run(suite: RepositorySuite, tree: Tree, limits: Limits): Promise<Run> {
    this.#count()
    // A name that no patch can know of.
    const entry = `.cupel-${randomBytes(12).toString('hex')}.sh`
    const failed = `not built ${randomBytes(12).toString('hex')}`
    const execution = await this.#sandbox.run(
      {
        language: 'bash',
        files: { [entry]: scriptOf(suite, entry, failed) },
        entry,
        stdin: archiveOf(tree),
        env: { PYTHONNOUSERSITE: '1', PYTHONDONTWRITEBYTECODE: '1', NO_COLOR: '1', CI: '1' },
        ...(suite.reportFiles ? { collect: suite.reportFiles } : {}),
      },
      { ...limits, diskMb: limits.diskMb + megabytesFor(tree) },
    )
    const left = (execution.files ?? []).map(({ text }) => text)
    const unreadable = left.includes(undefined)
    const { stdout, stderr, exitCode } = execution
    const end = stderr.lastIndexOf(failed)
    if (end >= 0) {
      const unbuilt = stderr.slice(0, end).trim() || stdout.trim()
      return { execution, report: { tests: [], broken: 'it was not built' }, unbuilt }
    }
    const files = left.filter((text) => text !== undefined)
    const report = readReport(suite.report, { stdout, stderr, files, exitCode })
    return { execution, report: unreadable ? { tests: [], broken: 'a report file cannot be read' } : report }
  }
}

/**
 * Read as a whole before any of it runs, and gone before the command does; the tree is nobody's home. Nothing of the tree is
 * there before tar has unpacked all of it, and the command cannot read what it unpacked.
 */
function scriptOf({ build, command }: RepositorySuite, entry: string, failed: string): string {
  const built = build === undefined ? '' : `(\n${build}\n) || { echo '${failed}' >&2; exit 1; }\n`
  return `{ rm -f -- ${entry}; mkdir -p "$TMPDIR/home"; export HOME="$TMPDIR/home"
tar --extract --file - --touch --no-same-owner || { echo 'the files of the repository could not be unpacked' >&2; exit 126; }
exec </dev/null
${built}${command}
exit; }
`
}

/** What a disk has to have beside what the command may write: a sandbox's has 64 inodes for each MB. */
function megabytesFor(tree: Tree): number {
  const { bytes, inodes } = roomFor(tree)
  return Math.ceil(Math.max(bytes / 1024 / 1024, inodes / 64))
}

function verdictOf(suite: RepositorySuite, { execution, report, unbuilt }: Run, limits: Limits): Verdict {
  const { cpuMs, wallMs, peakBytes, isolation } = execution
  const statuses = new Map(report.tests.map(({ name, status }) => [name, status]))
  const names = [...new Set([...suite.failToPass, ...suite.passToPass])]
  const tests: TestOutcome[] = names.map((name) => ({ name, status: outcomeOf(statuses.get(name)) }))
  const ranBy = suite.runner === undefined ? '' : `run by ${suite.runner}`
  const common = { judged: 'in-process', tests, cpuMs, wallMs, peakBytes, isolation } as const
  const saying = (text: string) => ({ evidence: ranBy === '' ? text : `${text} (${ranBy})` })
  const limited = limitVerdict(execution, limits, common)
  if (limited) return limited
  if (unbuilt !== undefined) {
    const exception = { type: 'BuildError', message: unbuilt.slice(0, 1000) }
    return { kind: 'compile-error', exception, evidence: unbuilt.split('\n')[0]?.slice(0, 300) ?? '', ...common }
  }
  if (report.broken !== undefined) {
    const exception = { type: 'UnreadableReport', message: `${report.broken}: ${lastLine(execution)}` }
    return { kind: 'runtime-error', exception, ...saying(exception.message), ...common }
  }
  const others = suite.asReference ? failing(report).filter((name) => !names.includes(name)) : []
  const missed = [...names.filter((name) => statuses.get(name) !== 'passed'), ...others]
  if (missed.length === 0) return { kind: 'passed', ...(ranBy === '' ? {} : { evidence: ranBy }), ...common }
  const shown = missed.slice(0, 5).map((name) => `${name}: ${statuses.get(name) ?? 'not in the report'}`)
  const more = missed.length > 5 ? `; ${missed.length - 5} more` : ''
  return { kind: 'wrong', ...saying(`${shown.join('; ')}${more}`), ...common }
}

/** A test that is skipped or expected to fail has not been passed. */
function outcomeOf(status: ReportedStatus | undefined): TestOutcome['status'] {
  if (status === undefined || status === 'skipped') return 'not-reached'
  if (status === 'passed' || status === 'error') return status
  return 'failed'
}

/** As the shell says it, or the interpreter that was to run a module that is not there. */
function neverStarted({ exitCode, stderr }: Execution): boolean {
  return (
    exitCode === 126 || exitCode === 127 || /No module named '?(pytest|unittest|nose)|command not found/.test(stderr)
  )
}
