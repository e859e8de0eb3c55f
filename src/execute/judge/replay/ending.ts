/** What the end of a process means for the candidate that ran in it. */
import type { Execution, Limits, TestOutcome } from '../../../kernel/index.js'
import type { Examination } from '../../sandbox/engine.js'
import { overrun } from '../overrun.js'

export type Ended = Pick<Examination, 'ended'> &
  Partial<Pick<Examination, 'exception' | 'limit' | 'reason' | 'evidence'>>

export function examinationOf(execution: Execution, ended: Ended, tests: readonly TestOutcome[]) {
  const { stdout, cpuMs, wallMs, peakBytes, isolation } = execution
  const calls = tests.filter(({ status }) => status === 'passed').length
  return { judged: 'out-of-process' as const, stdout, cpuMs, wallMs, peakBytes, isolation, calls, tests, ...ended }
}

/** How the candidate's process ended, if not by itself after the last call. */
export function endOf(execution: Execution, { cpuSeconds }: Limits): Ended | null {
  switch (execution.outcome) {
    case 'ok':
      return null
    case 'compile-error':
      return {
        ended: 'compile-error',
        exception: { type: 'CompileError', message: firstLines(execution) },
      }
    case 'time-limit':
      return { ended: 'time-limit', limit: overrun(execution.cpuMs, { cpuSeconds }) }
    case 'memory-limit':
    case 'output-limit':
      return { ended: execution.outcome }
    case 'infrastructure':
      return { ended: 'infrastructure', reason: execution.reason ?? 'the sandbox failed' }
    case 'runtime-error':
      return {
        ended: 'exception',
        exception: { type: execution.reason ?? 'RuntimeError', message: lastLine(execution.stderr) },
      }
  }
}

export function firstLines({ compile, stderr }: Execution): string {
  const text = compile?.stderr || stderr
  // Go says in a line of its own which package its errors are of.
  const lines = text.split('\n').filter((one) => !one.startsWith('# '))
  const line = lines.find((one) => /error/i.test(one)) ?? lines[0] ?? ''
  return line.slice(0, 500)
}

/** Where it happened is of the tests, what happened stands in front of it; node and R have last words of their own. */
export function lastLine(text: string): string {
  const lines = text
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^\s+at |^Node\.js v\d|^Execution halted$/.test(line))
  return lines.at(-1)?.slice(0, 500) ?? ''
}
