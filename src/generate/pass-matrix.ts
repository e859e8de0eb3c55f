/** Which programs pass which assertions: one row per program, one column per test. */
import { findLanguage, type Sandbox } from '../execute/index.js'
import { type Limits, limitsFrom, type Problem } from '../kernel/index.js'

/** Programs as they are; a crash, an exception or a limit is `false`. `perTestSeconds`: CPU seconds of one test. */
export async function passMatrix(
  sandbox: Sandbox,
  { language, prompt, entryPoint = '' }: Problem,
  programs: readonly string[],
  tests: readonly string[],
  perTestSeconds: number,
): Promise<boolean[][]> {
  const rows: boolean[][] = []
  const job = {
    language: findLanguage(language).name,
    trusted: prompt,
    entryPoint,
    tests,
    programs,
    perTestSeconds,
    limits: matrixLimits(tests.length, perTestSeconds),
  }
  for await (const { program, row } of sandbox.matrix(job)) rows[program] = [...row]
  return rows
}

/** Room for every test to use its time, and for the candidate to be started again after each that does not end. */
function matrixLimits(tests: number, perTestSeconds: number): Limits {
  const cpuSeconds = 10 + tests * Math.max(perTestSeconds, 0.01) * 3
  const wallSeconds = cpuSeconds * 4 + 30
  return limitsFrom({ cpuSeconds, wallSeconds, outputBytes: 64 * 1024 * 1024, processes: 32, diskMb: 16 })
}
