/**
 * Languages of which a child runs whole programs and nothing else (SQL, Lua, Ruby, Perl and others).
 * Covers and does not cover: see the head of each one's host.
 */
import type { Execution, Isolation, Limits, Program } from '../../../kernel/index.js'
import { watchOf } from './javascript.js'
import { filesOf, type Left } from './left.js'
import { compileFailure, type End, execution } from './outcome.js'
import { programJob } from './program-job.js'
import type { Spares } from './spares.js'

interface ScriptReport {
  readonly nonce: string
  readonly stop: End | { readonly kind: 'syntax' }
  readonly left?: Left
}

export async function runScript(
  spares: Spares,
  program: Program,
  limits: Limits,
  isolation: Isolation,
): Promise<Execution> {
  const job = { ...programJob(program, limits), outputBytes: limits.outputBytes }
  const result = await spares.perform<ScriptReport>(job, watchOf(limits))
  const stop = result.report?.stop
  if (stop?.kind === 'syntax') return compileFailure(result.stderr.trimEnd(), isolation, result)
  return { ...execution(result, isolation, stop), ...filesOf(result.report?.left, limits) }
}
