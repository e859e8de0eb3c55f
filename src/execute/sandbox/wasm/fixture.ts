/** What the tests of this folder share: one hardening probe, limits and jobs of ordinary size. */
import { type Isolation, type Limits, limitsFrom } from '../../../kernel/index.js'
import type { ExamineJob } from '../engine.js'

export const testIsolation: Isolation = { level: 'wasm', tier: 'child', primitives: [] }
export const testLimits: Limits = limitsFrom({ cpuSeconds: 5, wallSeconds: 60, memoryMb: 256, outputBytes: 100_000 })

/** An examination of `code` by `script`, whose entry point is `f` unless said otherwise. */
export function examineJob(
  code: string,
  script: string,
  more: Partial<ExamineJob> & { entryPoint?: string; trusted?: string } = {},
): ExamineJob {
  return {
    language: more.language ?? 'javascript',
    code,
    limits: more.limits ?? testLimits,
    suite: { kind: 'assertions', trusted: more.trusted ?? '', script, entryPoint: more.entryPoint ?? 'f' },
  }
}
