/** `cupel compare`: two runs or more of one benchmark, problem by problem. */
import type { Command } from 'commander'
import type { ExitCode } from '../failure.js'
import { type CommonOptions, finish, shareOfOne, whole, wholePositive } from '../options.js'
import { print, printJson } from '../output.js'

interface CompareOptions extends CommonOptions {
  readonly k: number
  readonly by?: string
  readonly alpha: number
  readonly seed: number
}

export function addCompare(cupel: Command): void {
  const command = cupel
    .command('compare')
    .summary('which of two runs is better, and whether that is more than chance')
    .description(
      'Compares runs of one benchmark problem by problem: the difference with its interval and p-value, the problems that flip, and how many problems or samples would settle it. More than two runs are compared with the first, and ranked. Ends with 1 where something is missing.',
    )
    .argument('<run...>', 'folders of cupel eval, or results of other tools (cupel list formats)')
    .option('--k <k>', 'compare pass@k', wholePositive, 1)
    .option('--by <key>', 'problems alike in this belong together: language, kind, or a key of their metadata')
    .option('--alpha <share>', 'p-value up to which a difference counts; intervals hold 1 − alpha', shareOfOne, 0.05)
    .option('--seed <n>', 'seed of the resampling', whole, 0)
  finish(command, [
    'cupel compare cupel-runs/before cupel-runs/after',
    'cupel compare runs/a runs/b runs/c --k 10 --json',
    'cupel compare runs/a runs/b --by language --alpha 0.01',
    'cupel compare samples.jsonl_results.jsonl runs/mine',
    'cupel compare before.eval_results.json after.eval_results.json',
  ]).action(async (paths: string[], options: CompareOptions) => {
    process.exitCode = await compare(paths, options)
  })
}

async function compare(paths: readonly string[], { k, by, alpha, seed, json }: CompareOptions): Promise<ExitCode> {
  const { UsageError } = await import('../../kernel/index.js')
  if (paths.length < 2) throw new UsageError('a comparison needs two runs or more: name another folder or results file')
  const { clustersBy, compareRuns, readTally } = await import('../../runs/index.js')
  const tallies = []
  for (const path of paths) tallies.push(await readTally(path))
  const clusterOf = by === undefined ? undefined : await clustersBy(await benchmarkOf(tallies), by)
  const { higherOf } = (await knownBenchmark(tallies)) ?? {}
  const comparison = compareRuns(tallies, {
    ...{ k, alpha, seed },
    ...(clusterOf ? { clusterOf } : {}),
    ...(higherOf === undefined ? {} : { higherOf }),
  })
  if (json) printJson(comparison)
  else print((await import('../comparison-report.js')).comparisonReport(comparison, by))
  return comparison.incomplete ? 1 : 0
}

type Named = readonly { readonly benchmark: string | null }[]

/** Of the first that says; only one of them may. */
async function benchmarkOf(tallies: Named) {
  const { UsageError } = await import('../../kernel/index.js')
  const { benchmarks } = await import('../../evaluate/index.js')
  const { named } = await import('../names.js')
  const name = nameOf(tallies)
  if (!name) throw new UsageError('results files name no benchmark to read the problems of: leave out --by')
  return named('benchmark', name, benchmarks)
}

async function knownBenchmark(tallies: Named) {
  const { benchmarks } = await import('../../evaluate/index.js')
  return benchmarks.find(({ name }) => name === nameOf(tallies))
}

function nameOf(tallies: Named): string | null | undefined {
  return tallies.find(({ benchmark }) => benchmark !== null)?.benchmark
}
