/** `cupel eval`: judges candidates of a benchmark and says how good they are. */
import type { Command } from 'commander'
import type { EvalOptions } from '../evaluation-options.js'
import type { ExitCode } from '../failure.js'
import { collect, finish, isolationOption, nameList, positive, whole, wholeList, wholePositive } from '../options.js'

export function addEval(cupel: Command): void {
  const command = cupel
    .command('eval')
    .summary('judge candidates of a benchmark')
    .description(
      'Judges candidates of a benchmark: those of a sample file, those a method makes with a model, or those recorded with it.',
    )
    .argument('<benchmark>', 'name of a benchmark (cupel list benchmarks)')
    .option(
      '--samples <file>',
      'samples in any of the formats (cupel list formats), recognised by content: human-eval, EvalPlus, …, plain or .gz',
    )
    .option(
      '--data <folder>',
      'folder of tasks (harbor, polyglot), of rows (mxeval), or of rows and checkouts (swe-bench, codereval)',
    )
    .option('--method <name>', 'method that makes the candidates (cupel list methods)')
    .option('--model <name>', 'model the method asks: openai/gpt-4o, recorded:FILE, …')
    .option('-o, --option <key=value>', 'option of the method (cupel show METHOD); may be repeated', collect)
    .option('--out <folder>', 'folder of the run (default: a new one below cupel-runs/)')
    .option('--resume', 'continue the run in --out, or the newest unfinished one of the benchmark')
    .option('--k <list>', 'which pass@k to report: 1,10', wholeList)
    .option('--problems <list>', 'only these problems: ids, * at the end for all that begin so', nameList)
    .option(
      '--where <condition>',
      'only problems of which it holds: difficulty=hard, contest_date>=2024-09-01 (inclusive); may be repeated',
      collect,
    )
    .option('--first <n>', 'only the first n problems', wholePositive)
    .option('--time <seconds>', 'CPU time of one candidate', positive)
    .option('--memory <MB>', 'memory of one candidate', wholePositive)
    .option('--workers <n>', 'executions at once (default: the cores of the machine)', wholePositive)
    .addOption(isolationOption())
    .option('--seed <n>', 'seed of the method and of its sampling', whole)
    .option('--budget-tokens <n>', 'tokens the method may use', wholePositive)
    .option('--budget-calls <n>', 'model calls it may make', wholePositive)
    .option('--budget-executions <n>', 'executions it may make', wholePositive)
    .option('--budget-seconds <n>', 'seconds of model and execution time it may use', positive)
    .option('--budget-cost <dollars>', 'money it may spend', positive)
    .option('--concurrency <n>', 'problems the method works on at once', wholePositive)
  finish(command, [
    'cupel eval first-assay',
    'cupel eval humaneval --samples samples.jsonl.gz --k 1,10',
    'cupel eval humaneval --samples generations_humaneval.json',
    'cupel eval humaneval --method codet --model openai/gpt-4o-mini -o samples=20 -o style=chat --first 10',
    'cupel eval harbor --data terminal-bench/tasks --samples scripts.jsonl',
    'cupel eval swe-bench --data swe-bench --samples all_preds.jsonl',
    'cupel eval humaneval --samples samples.jsonl --out runs/mine --resume --json',
  ]).action(async (benchmark: string, options: EvalOptions) => {
    const { evaluateBenchmark } = await import('../evaluation.js')
    process.exitCode = (await evaluateBenchmark(benchmark, options)) satisfies ExitCode
    // Executions given up at Ctrl-C may still be under way; nothing of them is wanted any more.
    if (process.exitCode === 130) process.exit()
  })
}
