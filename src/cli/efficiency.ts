/** What `cupel report --efficiency` does: measures the programs of a run here and now, and prints figures. */
import { benchmarks } from '../evaluate/index.js'
import { type IsolationChoice, Judge, Sandbox } from '../execute/index.js'
import { efficiency } from '../runs/index.js'
import { efficiencyReport } from './efficiency-report.js'
import { stopOnInterrupt } from './interrupt.js'
import type { CommonOptions } from './options.js'
import { print, printJson, printNote } from './output.js'

export interface EfficiencyReportOptions extends CommonOptions {
  readonly isolation: IsolationChoice
  readonly repeats: number
  readonly solutions?: string
}

export async function reportEfficiency(dir: string, options: EfficiencyReportOptions): Promise<void> {
  const { isolation, repeats, solutions, quiet = false, json } = options
  // One program at a time: what runs beside it would be measured with it.
  const sandbox = await Sandbox.open({ isolation, workers: 1 })
  const interrupt = stopOnInterrupt(() => {
    if (!quiet) printNote('\nstopping: what was measured so far follows (once more to stop at once)')
  })
  try {
    const found = await efficiency({
      dir,
      benchmarks,
      judge: new Judge(sandbox),
      sandbox,
      repeats,
      ...(solutions === undefined ? {} : { solutions }),
      quiet,
      signal: interrupt.signal,
    })
    if (json) printJson(found)
    else print(...efficiencyReport(found))
    if (found.stopped) process.exitCode = 130
  } finally {
    interrupt.release()
    await sandbox.close()
  }
}
