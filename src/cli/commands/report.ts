/** `cupel report`: what a run came to, for people, for CI systems and for spreadsheets. */
import type { Command } from 'commander'
import type { IsolationChoice } from '../../execute/index.js'
import { finish, isolationOption, wholePositive } from '../options.js'
import type { ReportOptions } from '../report.js'

interface AllOptions extends ReportOptions {
  readonly efficiency?: boolean
  readonly repeats?: number
  readonly solutions?: string
  readonly textMetrics?: boolean
  readonly isolation: IsolationChoice
}

export function addReport(cupel: Command): void {
  const command = cupel
    .command('report')
    .summary('a run as HTML, Markdown, JUnit XML or CSV')
    .description(
      'Writes reports of a run that cupel eval has left, also of one that is unfinished. Without a format it prints the summary that cupel eval printed. With --efficiency it runs the programs that passed again, here and now, in turns with the solutions of the benchmark. With --text-metrics it compares the texts of all candidates with those solutions, and says how well that tells which pass. A FILE that is there is replaced; - means standard output.',
    )
    .argument('<run>', 'folder of the run, as cupel eval printed it')
    .option('--html <file>', 'one page with figures, plots and every candidate, to open without a network')
    .option('--markdown <file>', 'tables, and the first failure of each kind, for a pull request')
    .option('--junit <file>', 'JUnit XML: a test suite for each problem, a test case for each candidate')
    .option('--csv <file>', "a row for each candidate; a text that a spreadsheet would compute gets a ' in front")
    .option('--efficiency', 'run what passed again, beside the solutions of the benchmark: time, memory, speed-up')
    .option('--repeats <n>', 'with --efficiency: how often each program is run (5 unless told)', wholePositive)
    .option('--solutions <file>', 'with --efficiency: more known solutions, as samples')
    .option(
      '--text-metrics',
      'BLEU, ROUGE-L, METEOR, chrF and CodeBLEU of passing and failing candidates, and their correlation',
    )
    .addOption(isolationOption())
  finish(command, [
    'cupel report cupel-runs/first-assay-20260701-120000',
    'cupel report runs/mine --html report.html --csv candidates.csv',
    'cupel report runs/mine --markdown - >> summary.md',
    'cupel report runs/mine --json',
    'cupel report runs/mine --efficiency --repeats 10',
    'cupel report runs/odex --text-metrics --json',
  ]).action(async (run: string, { efficiency, repeats, solutions, isolation, textMetrics, ...options }: AllOptions) => {
    const { UsageError } = await import('../../kernel/index.js')
    const files = [options.html, options.markdown, options.junit, options.csv]
    if (efficiency && textMetrics)
      throw new UsageError('--efficiency and --text-metrics are two reports: give one of them')
    const [alone] = [...(efficiency ? ['--efficiency'] : []), ...(textMetrics ? ['--text-metrics'] : [])]
    if (alone && files.some((file) => file !== undefined))
      throw new UsageError(`${alone} prints text or --json: leave out the other formats`)
    if (efficiency) {
      const { reportEfficiency } = await import('../efficiency.js')
      const solved = solutions === undefined ? {} : { solutions }
      await reportEfficiency(run, { ...options, ...solved, isolation, repeats: repeats ?? 5 })
      return
    }
    if (repeats !== undefined || solutions !== undefined)
      throw new UsageError('--repeats and --solutions say how to measure: give --efficiency too')
    if (textMetrics) {
      const { reportTextMetrics } = await import('../text-metrics.js')
      await reportTextMetrics(run, options)
      return
    }
    const { report } = await import('../report.js')
    await report(run, options)
  })
}
