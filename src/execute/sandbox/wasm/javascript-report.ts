/** From what the judge's child said to an Examination. */
import type { ExceptionInfo, TestOutcome } from '../../../kernel/index.js'
import type { Examination } from '../engine.js'
import type { ChildResult } from './child.js'
import { emptyExamination, type End, withoutReport } from './outcome.js'

interface Thrown {
  readonly name?: string
  readonly message?: string
  readonly stack?: string
}

export interface GuestReport {
  readonly nonce: string
  readonly stop?: End & { readonly by?: string }
  readonly calls?: number
  /** What the candidate threw before any test ran. */
  readonly thrown?: Thrown | string | number | null
  readonly at?: 'compile' | 'definition'
  readonly broken?: 'stack' | 'module'
  readonly message?: string
  readonly report?: {
    readonly ended: 'passed' | 'assertion' | 'exception'
    readonly tests: readonly { readonly line: number; readonly status: 'passed' | 'failed' }[]
    readonly type?: string
    readonly message?: string
    readonly line?: number
    readonly at?: number
    readonly call?: string
  }
}

export function examinationOf(result: ChildResult<GuestReport>, script: string): Examination {
  const said = result.report
  if (said === undefined) return withoutReport(result)
  const base = {
    ...emptyExamination('passed'),
    calls: said.calls ?? 0,
    stdout: result.stdout,
    cpuMs: said.cpuMs,
    wallMs: result.wallMs,
    peakBytes: said.peakBytes,
  }
  if (said.broken !== undefined) {
    if (said.broken === 'stack')
      return {
        ...base,
        ended: 'exception',
        exception: { type: 'RangeError', message: 'Maximum call stack size exceeded' },
      }
    return { ...base, ended: 'memory-limit', reason: `The interpreter broke: ${said.message}` }
  }
  if (said.stop !== undefined) return stopped(base, said.stop)
  if (said.thrown !== undefined)
    return {
      ...base,
      ended: said.at === 'compile' ? 'compile-error' : 'exception',
      exception: exceptionOf(said.thrown),
    }
  const report = said.report
  if (report === undefined) return { ...base, ended: 'infrastructure', reason: 'The judge gave no report.' }
  return judged(base, report, script)
}

function stopped(base: Examination, stop: NonNullable<GuestReport['stop']>): Examination {
  switch (stop.kind) {
    case 'exit':
      return stop.by === 'examiner'
        ? { ...base, ended: 'assertion', evidence: `The test script ended itself with code ${stop.code}.` }
        : {
            ...base,
            ended: 'exited',
            reason: `The candidate ended its process with code ${stop.code} before the tests did.`,
          }
    case 'time-limit':
      return {
        ...base,
        ended: 'time-limit',
        limit: stop.limit ?? 'cpu',
        ...(stop.reason ? { reason: stop.reason } : {}),
      }
    default:
      return { ...base, ended: stop.kind, ...(stop.reason ? { reason: stop.reason } : {}) }
  }
}

function judged(base: Examination, report: NonNullable<GuestReport['report']>, script: string): Examination {
  const lines = script.split('\n')
  const name = (line: number) => `line ${line}: ${(lines[line - 1] ?? '').trim().slice(0, 200)}`
  const tests: TestOutcome[] = report.tests.map(({ line, status }) => ({ name: name(line), status }))
  if (report.ended === 'passed')
    return base.calls === 0
      ? { ...base, ended: 'empty-suite', reason: 'The script ended without having called the candidate.', tests }
      : { ...base, ended: 'passed', tests }
  const at = report.at ?? 0
  if (report.ended === 'exception') tests.push({ name: name(at), status: 'error' })
  const seen = new Set(report.tests.map((test) => test.line))
  lines.forEach((text, index) => {
    if (index + 1 > at && !seen.has(index + 1) && /^\s*(await\s+)?(assert\b|console\.assert\b)/.test(text))
      tests.push({ name: name(index + 1), status: 'not-reached' })
  })
  const evidence = [at > 0 ? name(at) : '', report.message ?? '', report.call ?? '']
    .filter((part) => part !== '')
    .join('\n')
  if (report.ended === 'assertion') return { ...base, ended: 'assertion', evidence, tests }
  const exception: ExceptionInfo = {
    type: report.type ?? 'Error',
    message: report.message ?? '',
    ...(report.line !== undefined ? { line: report.line } : {}),
  }
  return { ...base, ended: 'exception', exception, evidence, tests }
}

function exceptionOf(thrown: Thrown | string | number | null): ExceptionInfo {
  if (thrown === null || typeof thrown !== 'object') return { type: typeof thrown, message: String(thrown) }
  const line = /candidate\.js:(\d+)/.exec(thrown.stack ?? '')?.[1]
  return {
    type: thrown.name ?? 'Error',
    message: thrown.message ?? '',
    ...(line !== undefined ? { line: Number(line) } : {}),
  }
}
