/**
 * The verdict on one candidate. `infrastructure` is nobody's failure: it is retried, shown, and never counted as 0.
 */
import type { Isolation } from './program.js'

export const verdictKinds = [
  'passed',
  'wrong',
  'runtime-error',
  'compile-error',
  'time-limit',
  'memory-limit',
  'output-limit',
  'no-code',
  'truncated',
  'refused',
  'cheated',
  'infrastructure',
] as const

export type VerdictKind = (typeof verdictKinds)[number]

/** One test of a suite: an assertion of a script, or a stdio case. `not-reached` follows a failure that ended the suite. */
export interface TestOutcome {
  readonly name: string
  readonly status: 'passed' | 'failed' | 'error' | 'time-limit' | 'not-reached'
}

/** How the verdict was decided: out of the candidate's reach, beside it (weaker), by its output, or without running it. */
export type Judged = 'out-of-process' | 'in-process' | 'output' | 'not-run'

interface VerdictCommon {
  readonly judged: Judged
  readonly tests: readonly TestOutcome[]
  readonly cpuMs: number
  readonly wallMs: number
  readonly peakBytes: number
  readonly isolation?: Isolation
  /** For a person: the failing line, the call and what it gave. Holds hidden tests: never shown to a method. */
  readonly evidence?: string
}

export interface ExceptionInfo {
  readonly type: string
  readonly message: string
  /** 1-based line in the candidate's source, where known. */
  readonly line?: number
}

export type Verdict = VerdictCommon &
  (
    | { readonly kind: 'passed' }
    | { readonly kind: 'wrong' }
    | { readonly kind: 'runtime-error'; readonly exception: ExceptionInfo }
    | { readonly kind: 'compile-error'; readonly exception: ExceptionInfo }
    | { readonly kind: 'time-limit'; readonly limit: 'cpu' | 'wall' }
    | { readonly kind: 'memory-limit' }
    | { readonly kind: 'output-limit' }
    | { readonly kind: 'no-code' }
    | { readonly kind: 'truncated' }
    | { readonly kind: 'refused' }
    | { readonly kind: 'cheated'; readonly how: string }
    | { readonly kind: 'infrastructure'; readonly reason: string }
  )

/** A verdict about the candidate, as opposed to about the machine. */
export function isAboutCandidate(verdict: Verdict): boolean {
  return verdict.kind !== 'infrastructure'
}
