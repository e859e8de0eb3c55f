/**
 * Python programs in Pyodide: one fresh process and interpreter per execution.
 * Covers: what guest/run.py and hosts/left.mjs cover. Does not cover: threads, processes, sockets, packages with C extensions.
 */
import type { Execution, Isolation, Limits, Program } from '../../../kernel/index.js'
import { watchOf } from './javascript.js'
import { filesOf, type Left } from './left.js'
import { compileFailure, type End, execution } from './outcome.js'
import { programJob } from './program-job.js'
import { pyodideRuntime, type Runtime } from './packages.js'
import { driversFolder, pythonSnapshot } from './snapshot.js'
import { Spares } from './spares.js'

interface RunReport {
  readonly nonce: string
  readonly left?: Left
  readonly stop?: End
  readonly compileError?: string
  readonly note?: string
}

/** Children that run one program or candidate, and children that examine. */
export interface PythonChildren {
  readonly runners: Spares
  readonly examiners: Spares
  /** Why every start takes seconds, if it does. */
  readonly slowBecause?: string
}

export async function pythonChildren(flags: readonly string[], workers: number): Promise<PythonChildren> {
  const snapshot = await pythonSnapshot(flags)
  const kept = 'file' in snapshot
  const base = pyodideRuntime()
  const runtime = (role: string): Runtime => ({
    ...base,
    args: [...base.args, role, kept ? snapshot.file : '-', driversFolder],
  })
  const reads = [driversFolder, ...(kept ? [snapshot.folder] : [])]
  const options = { flags, reads, descriptors: ['pipe' as const] }
  return {
    runners: new Spares(runtime('runner'), options, Math.min(workers, 2)),
    examiners: new Spares(runtime('examiner'), options, 1),
    ...(kept ? {} : { slowBecause: snapshot.problem }),
  }
}

export async function runPython(
  runners: Spares,
  program: Program,
  limits: Limits,
  isolation: Isolation,
): Promise<Execution> {
  const job = { ...programJob(program, limits), kind: 'run' }
  const result = await runners.perform<RunReport>(job, watchOf(limits))
  const report = result.report
  if (report?.compileError !== undefined) return compileFailure(report.compileError, isolation, result)
  const done = execution(result, isolation, report?.stop, report?.note === undefined ? '' : `${report.note}\n`)
  return { ...done, ...filesOf(report?.left, limits) }
}
