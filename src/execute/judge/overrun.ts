/** What an execution means for a candidate where it did not end by itself. */
import type { Execution, Limits, Verdict } from '../../kernel/index.js'

/** Which time limit ended an execution: near the CPU limit it was that one, whatever the watchdog saw first. */
export function overrun(cpuMs: number, { cpuSeconds }: { readonly cpuSeconds: number }): 'cpu' | 'wall' {
  return cpuMs >= cpuSeconds * 900 ? 'cpu' : 'wall'
}

/** The verdict where a limit or the machine ended it; null where the program did. */
export function limitVerdict(
  { outcome, reason, cpuMs }: Execution,
  limits: Limits,
  common: Omit<Verdict, 'kind'>,
): Verdict | null {
  switch (outcome) {
    case 'infrastructure':
      return { ...common, kind: 'infrastructure', reason: reason ?? 'the sandbox failed' }
    case 'time-limit':
      return { ...common, kind: 'time-limit', limit: overrun(cpuMs, limits) }
    case 'memory-limit':
    case 'output-limit':
      return { ...common, kind: outcome }
    default:
      return null
  }
}
