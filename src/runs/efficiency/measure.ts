/**
 * What programs cost, measured here and now: each program of a problem and the benchmark's own solution are judged on the
 * same tests in turns, one at a time, several times. Nothing is taken from a file, so no figure comes from another machine.
 *
 * The cost is CPU time (user and system, from the start of the candidate's process to its end), the least of all runs:
 * what a machine does beside can only add to it. Memory is the peak, the least of all runs.
 * Memory over time is taken where the benchmark has a program for it (memory-over-time.ts), in runs of its own.
 * Not covered: instruction counts (a sandbox gets no performance counters from most virtual machines).
 */
import type { Judge } from '../../execute/index.js'
import type { Isolation, JudgedProblem, Limits } from '../../kernel/index.js'

export interface Measured {
  /** Milliseconds of CPU time, the least. */
  readonly cpuMs: number
  /** By how much the most is above the least, as a share of the least; 0 of one run. */
  readonly spread: number
  readonly peakBytes: number
  readonly runs: number
  /** Of all runs. */
  readonly mean: { readonly cpuMs: number; readonly peakBytes: number }
  /** Where memory over time is asked for: MB · s of CPU time, the least, or why it is not known. */
  readonly overTime?: number | NotMeasured
}

export interface NotMeasured {
  readonly because: string
}

export type Measurement = Measured | NotMeasured

export const isMeasured = (one: Measurement): one is Measured => 'cpuMs' in one

export interface Measuring {
  readonly judge: Pick<Judge, 'judge'>
  readonly limits: Limits
  readonly repeats: number
  readonly signal?: AbortSignal
  /** MB · s of one run of a program, or why there is none. */
  readonly overTime?: (code: string) => Promise<number | NotMeasured>
}

/**
 * One measurement for each of the programs, in their order; null when somebody asked to stop. A program must pass each
 * time: one that does not has no cost.
 */
export async function measure(
  judged: JudgedProblem,
  programs: readonly string[],
  { judge, limits, repeats, signal, overTime }: Measuring,
): Promise<{ measurements: Measurement[]; isolation: Isolation | undefined } | null> {
  const runs = programs.map(() => ({
    cpuMs: [] as number[],
    peakBytes: [] as number[],
    areas: [] as (number | NotMeasured)[],
    because: '',
  }))
  let isolation: Isolation | undefined
  for (let round = 0; round < repeats; round++) {
    for (let turn = 0; turn < programs.length; turn++) {
      // Another begins each time, so that nobody is always the first or after the same one.
      const index = (turn + round) % programs.length
      const run = runs[index] as (typeof runs)[number]
      if (run.because !== '') continue
      const verdict = await judge.judge(judged, { code: programs[index] as string }, limits)
      if (signal?.aborted) return null
      isolation ??= verdict.isolation
      if (verdict.kind === 'infrastructure') run.because = `infrastructure: ${verdict.reason}`
      else if (verdict.kind !== 'passed') run.because = `${verdict.kind} when it was measured`
      else if (!(verdict.cpuMs > 0)) run.because = 'its CPU time cannot be measured here'
      else {
        run.cpuMs.push(verdict.cpuMs)
        run.peakBytes.push(verdict.peakBytes)
        if (overTime) run.areas.push(await overTime(programs[index] as string))
      }
    }
  }
  const measurements = runs.map(({ cpuMs, peakBytes, areas, because }): Measurement => {
    if (because !== '') return { because }
    const least = Math.min(...cpuMs)
    const unknown = areas.find((area) => typeof area !== 'number')
    return {
      cpuMs: least,
      spread: (Math.max(...cpuMs) - least) / least,
      peakBytes: Math.min(...peakBytes),
      runs: cpuMs.length,
      mean: { cpuMs: mean(cpuMs), peakBytes: mean(peakBytes) },
      ...(areas.length > 0 ? { overTime: unknown ?? Math.min(...(areas as number[])) } : {}),
    }
  })
  return { measurements, isolation }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
