/** `cupel report`: what a run came to, for people, for CI systems and for spreadsheets. */
import type { Command } from 'commander'
import { finish } from '../options.js'
import type { ReportOptions } from '../report.js'

export function addReport(cupel: Command): void {
  const command = cupel
    .command('report')
    .summary('a run as HTML, Markdown, JUnit XML or CSV')
    .description(
      'Writes reports of a run that cupel eval has left, also of one that is unfinished. Without a format it prints the summary that cupel eval printed. A FILE that is there is replaced; - means standard output.',
    )
    .argument('<run>', 'folder of the run, as cupel eval printed it')
    .option('--html <file>', 'one page with figures, plots and every candidate, to open without a network')
    .option('--markdown <file>', 'tables, and the first failure of each kind, for a pull request')
    .option('--junit <file>', 'JUnit XML: a test suite for each problem, a test case for each candidate')
    .option('--csv <file>', "a row for each candidate; a text that a spreadsheet would compute gets a ' in front")
  finish(command, [
    'cupel report cupel-runs/first-assay-20260701-120000',
    'cupel report runs/mine --html report.html --csv candidates.csv',
    'cupel report runs/mine --markdown - >> summary.md',
    'cupel report runs/mine --json',
  ]).action(async (run: string, options: ReportOptions) => {
    const { report } = await import('../report.js')
    await report(run, options)
  })
}
