/** `cupel translate`: Python problems of a benchmark as problems of another language. */
import type { Command } from 'commander'
import type { IsolationChoice } from '../../execute/index.js'
import type { ExitCode } from '../failure.js'
import { stopOnInterrupt } from '../interrupt.js'
import { type CommonOptions, finish, isolationOption, nameList, wholePositive } from '../options.js'
import { counted, printJson, printNote, printParts, visible } from '../output.js'

interface TranslateOptions extends CommonOptions {
  readonly to: string
  readonly out?: string
  readonly problems?: readonly string[]
  readonly first?: number
  readonly isolation: IsolationChoice
}

export function addTranslate(cupel: Command): void {
  const command = cupel
    .command('translate')
    .summary('Python problems of a benchmark in another language')
    .description(
      'Runs the solutions of a benchmark under its tests and writes the same calls as problems of another language, in the shape of MBXP (JSON Lines). Problems that have no counterpart are left out, each with its reason; ends with 1 where some were.',
    )
    .argument('<benchmark>', 'name of a benchmark with Python functions (cupel list benchmarks)')
    .requiredOption('--to <language>', 'java, javascript or typescript')
    .option('-o, --out <file>', 'file to write (default: standard output)')
    .option('--problems <list>', 'only these problems: ids, * at the end for all that begin so', nameList)
    .option('--first <n>', 'only the first n problems', wholePositive)
    .addOption(isolationOption())
  finish(command, [
    'cupel translate mbpp --to java -o mbpp.java.jsonl',
    'cupel translate humaneval --to typescript --first 5',
    'cupel eval mxeval --data FOLDER --samples FILE   # judges completions of what was written there',
  ]).action(async (name: string, options: TranslateOptions) => {
    process.exitCode = await translateBenchmark(name, options)
  })
}

async function translateBenchmark(name: string, options: TranslateOptions): Promise<ExitCode> {
  const { UsageError } = await import('../../kernel/index.js')
  const { benchmarks, targets, translated, Untranslatable } = await import('../../evaluate/index.js')
  const { Sandbox } = await import('../../execute/index.js')
  const { chosenProblems, loadProblems, writeAtomically } = await import('../../runs/index.js')
  const { named } = await import('../names.js')
  const { to, out, json, quiet, isolation } = options
  if (json && out === undefined)
    throw new UsageError('--json prints on standard output: name a file for the problems with -o')
  const target = targets.get(to)
  if (!target) throw new UsageError(`nothing is translated to ${to}: name one of ${[...targets.keys()].join(', ')}`)
  const benchmark = named('benchmark', name, benchmarks)
  const { problems: only, first } = options
  const choice = { ...(only ? { only } : {}), ...(first ? { first } : {}) }
  const problems = chosenProblems(await loadProblems(benchmark), benchmark.name, choice)
  const sandbox = await Sandbox.open({ isolation })
  const interrupt = stopOnInterrupt(() => printNote('stopping: what is translated so far is written'))
  const rows: string[] = []
  const leftOut: { id: string; reason: string }[] = []
  try {
    for (const [id, judged] of problems) {
      if (interrupt.signal.aborted) break
      try {
        rows.push(`${JSON.stringify(await translated(sandbox, judged, target))}\n`)
      } catch (error) {
        if (!(error instanceof Untranslatable)) throw error
        leftOut.push({ id, reason: error.message })
      }
    }
  } finally {
    interrupt.release()
    await sandbox.close()
  }
  if (out === undefined) await printParts(rows)
  else writeAtomically(out, rows)
  if (json) printJson({ benchmark: benchmark.name, language: to, translated: rows.length, leftOut })
  else if (!quiet) {
    for (const { id, reason } of leftOut) printNote(`left out: ${id}: ${visible(reason)}`)
    printNote(`${benchmark.name} in ${to}: ${counted(rows.length, 'problem')}${out ? ` in ${out}` : ''}`)
  }
  if (interrupt.signal.aborted) return 130
  return leftOut.length > 0 ? 1 : 0
}
