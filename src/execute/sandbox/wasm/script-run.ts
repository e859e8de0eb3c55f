/**
 * Languages of which a child runs whole programs and nothing else (SQL, Lua, Ruby, Perl and others).
 * Covers and does not cover: see the head of each one's host.
 */
import { randomUUID } from 'node:crypto'
import type { Execution, Isolation, Limits, Program } from '../../../kernel/index.js'
import { watchOf } from './javascript.js'
import { collectOf, filesOf, type Left } from './left.js'
import { compileFailure, type End, execution } from './outcome.js'
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
  const base64 = (content: string | Uint8Array) => Buffer.from(content).toString('base64')
  const job = {
    nonce: randomUUID(),
    files: Object.fromEntries(Object.entries(program.files).map(([name, content]) => [name, base64(content)])),
    entry: program.entry,
    args: program.args ?? [],
    env: program.env ?? {},
    stdin: base64(program.stdin ?? ''),
    cpuMs: limits.cpuSeconds * 1000,
    memoryMb: limits.memoryMb,
    outputBytes: limits.outputBytes,
    diskMb: limits.diskMb,
    ...collectOf(program, limits),
  }
  const result = await spares.perform<ScriptReport>(job, watchOf(limits))
  const stop = result.report?.stop
  if (stop?.kind === 'syntax') return compileFailure(result.stderr.trimEnd(), isolation, result)
  return { ...execution(result, isolation, stop), ...filesOf(result.report?.left, limits) }
}
