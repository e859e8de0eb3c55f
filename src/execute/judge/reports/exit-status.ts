/**
 * The exit status of the command, as one test: for programs that report nothing else.
 *
 * It cannot see how many tests there were, nor whether any was come to: a program that exits with 0 before its checks has
 * passed, and so has one whose code under test does (`System.exit(0)`), unless the command looks for that itself.
 */
import { type RunnerOutput, type TestReport, unread } from './report.js'

export const exitStatus = 'exit status'

export function readExitStatus({ exitCode }: RunnerOutput): TestReport {
  if (exitCode === undefined) return unread('nothing is known of its exit status')
  return { tests: [{ name: exitStatus, status: exitCode === 0 ? 'passed' : 'failed' }] }
}
