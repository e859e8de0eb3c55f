/** One run of a repository's tests, and what is read from it. */
import type { Execution } from '../../../kernel/index.js'
import type { TestReport } from '../reports/index.js'

export interface Run {
  readonly execution: Execution
  readonly report: TestReport
  /** What the build said where it failed. */
  readonly unbuilt?: string
}

export function failing({ tests }: TestReport): string[] {
  return tests.flatMap(({ name, status }) => (['failed', 'error', 'xpass'].includes(status) ? [name] : []))
}

export function lastLine({ stdout, stderr }: Execution): string {
  const text = stderr.trim() === '' ? stdout : stderr
  return text.trimEnd().split('\n').at(-1)?.slice(0, 300) ?? ''
}
