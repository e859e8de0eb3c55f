/** What a child's end means for an Execution or an Examination. */
import type { Execution, Isolation } from '../../../kernel/index.js'
import type { Examination } from '../engine.js'
import type { ChildResult } from './child.js'

interface Measured {
  readonly cpuMs: number
  readonly peakBytes: number
}

/** How a guest ended, as its host saw it. */
export interface End {
  readonly kind: 'exit' | 'time-limit' | 'memory-limit' | 'output-limit' | 'protocol' | 'infrastructure'
  readonly code?: number
  /** Instead of a code: the signal that ends a native program for the same mistake. */
  readonly signal?: string
  readonly limit?: 'cpu' | 'wall'
  readonly reason?: string
}

const sentences = {
  wall: 'The wall-clock limit was reached.',
  cpu: 'The CPU time limit was reached.',
  output: 'More output than the limit allows.',
  memory: 'The memory limit was reached.',
}

/** `end` is undefined if the child was killed or died. */
export function execution<R>(
  result: ChildResult<R>,
  isolation: Isolation,
  end: End | undefined,
  stderr = '',
): Execution {
  const measured = result.report as Measured | undefined
  const base = {
    exitCode: null,
    signal: result.signal,
    stdout: result.stdout,
    stderr: result.stderr + stderr,
    cpuMs: measured?.cpuMs ?? result.outsideCpuMs,
    wallMs: result.wallMs,
    peakBytes: measured?.peakBytes ?? 0,
    isolation,
  }
  if (result.killed === 'output') return { ...base, outcome: 'output-limit', reason: sentences.output }
  if (result.killed === 'memory') return { ...base, outcome: 'memory-limit', reason: sentences.memory }
  if (result.killed !== undefined) return { ...base, outcome: 'time-limit', reason: sentences[result.killed] }
  if (end === undefined) {
    if (isHeapExhaustion(result))
      return { ...base, outcome: 'memory-limit', reason: 'The sandbox child ran out of memory.' }
    return {
      ...base,
      outcome: 'infrastructure',
      reason: `The sandbox child ended with ${result.signal ?? `code ${result.exitCode}`} and no report.`,
    }
  }
  switch (end.kind) {
    case 'exit':
      if (end.signal !== undefined)
        return { ...base, signal: end.signal, outcome: 'runtime-error', reason: `ended by ${end.signal}` }
      return { ...base, signal: null, outcome: end.code === 0 ? 'ok' : 'runtime-error', exitCode: end.code ?? 1 }
    case 'time-limit':
      return { ...base, outcome: 'time-limit', reason: sentences[end.limit ?? 'cpu'] }
    case 'memory-limit':
      return { ...base, outcome: 'memory-limit', reason: sentences.memory }
    case 'output-limit':
      return { ...base, outcome: 'output-limit', reason: sentences.output }
    default:
      return { ...base, outcome: 'infrastructure', reason: end.reason ?? 'The sandbox child failed.' }
  }
}

const isHeapExhaustion = (result: ChildResult<unknown>) => /heap out of memory|Allocation failed/.test(result.stderr)

export function compileFailure<R>(message: string, isolation: Isolation, result?: ChildResult<R>): Execution {
  const measured = result?.report as Measured | undefined
  const stderr = `${message}\n`
  return {
    outcome: 'compile-error',
    exitCode: 1,
    signal: null,
    stdout: '',
    stderr,
    cpuMs: measured?.cpuMs ?? 0,
    wallMs: result?.wallMs ?? 0,
    peakBytes: measured?.peakBytes ?? 0,
    isolation,
    compile: { ok: false, cached: false, stdout: '', stderr, cpuMs: 0, wallMs: 0, peakBytes: 0 },
  }
}

export function emptyExamination(ended: Examination['ended']): Examination {
  return { ended, judged: 'out-of-process', tests: [], calls: 0, stdout: '', cpuMs: 0, wallMs: 0, peakBytes: 0 }
}

/** A judge's child that was killed or died. */
export function withoutReport(result: ChildResult<unknown>): Examination {
  const base = {
    ...emptyExamination('infrastructure'),
    stdout: result.stdout,
    cpuMs: result.outsideCpuMs,
    wallMs: result.wallMs,
  }
  if (result.killed === 'output') return { ...base, ended: 'output-limit' }
  if (result.killed === 'memory') return { ...base, ended: 'memory-limit' }
  if (result.killed !== undefined) return { ...base, ended: 'time-limit', limit: result.killed }
  if (isHeapExhaustion(result)) return { ...base, ended: 'memory-limit' }
  return {
    ...base,
    reason: `The judge's child ended with ${result.signal ?? `code ${result.exitCode}`} and no report.`,
  }
}
