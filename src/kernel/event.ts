/** The append-only record of a run. Every line of `events.jsonl` is one Event. */
import type { Candidate } from './problem.js'
import type { Usage } from './model.js'
import type { Verdict } from './verdict.js'

export type Event =
  | {
      readonly type: 'asked'
      readonly problemId: string
      readonly model: string
      readonly promptHash: string
      readonly n: number
    }
  | {
      readonly type: 'answered'
      readonly problemId: string
      readonly model: string
      readonly usage: Usage
      readonly texts: readonly string[]
    }
  | { readonly type: 'ran'; readonly problemId: string; readonly executions: number; readonly passed: number }
  | { readonly type: 'proposed'; readonly problemId: string; readonly candidate: Candidate }
  | { readonly type: 'chose'; readonly problemId: string; readonly sample: number; readonly why: string }
  | { readonly type: 'noted'; readonly problemId: string; readonly note: Readonly<Record<string, unknown>> }
  | { readonly type: 'judged'; readonly problemId: string; readonly sample: number; readonly verdict: Verdict }
  /** A problem whose method came to its end; `budget` if the budget ended it. */
  | {
      readonly type: 'solved'
      readonly problemId: string
      /** Best first: what a resumed run judges without asking again. */
      readonly candidates: readonly Candidate[]
      readonly ended: 'done' | 'budget'
    }
  | { readonly type: 'rejected'; readonly source: string; readonly line: number; readonly reason: string }
