/** The tests of a repository whose names nobody published: those that the benchmark's own solution passes. */
import type { RepositorySuite } from '../../../kernel/index.js'
import type { TestReport } from '../reports/index.js'
import { type Run, failing, lastLine } from './ran.js'

/** The suite with their names; a sentence where the solution does not pass here. */
export function withReferenceTests(suite: RepositorySuite, { execution, report }: Run): RepositorySuite | string {
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
