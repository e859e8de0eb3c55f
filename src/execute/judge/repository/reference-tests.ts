/** The tests of a repository whose names nobody published: those that the benchmark's own solution passes, run once. */
import type { RepositorySuite } from '../../../kernel/index.js'
import type { TestReport } from '../reports/index.js'
import { type Run, failing, lastLine } from './ran.js'

export class ReferenceTests {
  readonly #known = new WeakMap<RepositorySuite, Promise<RepositorySuite | string>>()

  /** The suite with their names; a sentence where the solution does not pass here. What rejects is asked for again. */
  of(suite: RepositorySuite, run: () => Promise<Run>): Promise<RepositorySuite | string> {
    const known = this.#known.get(suite)
    if (known) return known
    const found = run().then((ran) => named(suite, ran))
    this.#known.set(suite, found)
    found.catch(() => this.#known.delete(suite))
    return found
  }
}

function named(suite: RepositorySuite, { execution, report }: Run): RepositorySuite | string {
  if (execution.outcome === 'infrastructure') throw new Error(execution.reason ?? 'the sandbox failed')
  const fault = faultOf(execution.outcome, report)
  if (fault !== undefined)
    return `the benchmark's own solution does not pass on this machine: ${fault}: ${lastLine(execution)}`
  const passed = report.tests.flatMap(({ name, status }) => (status === 'passed' ? [name] : []))
  return passed.length > 0
    ? { ...suite, failToPass: passed, passToPass: [] }
    : "no test ran with the benchmark's own solution, so nothing would be shown"
}

function faultOf(outcome: Run['execution']['outcome'], report: TestReport): string | undefined {
  if (outcome.endsWith('-limit')) return outcome
  const failed = failing(report)
  return report.broken ?? (failed.length > 0 ? `${failed.slice(0, 3).join('; ')} failed` : undefined)
}
