/** `cupel doctor`: what holds on this machine, and whether the judge can be cheated or the sandbox be left here. */
import type { Command } from 'commander'
import type { IsolationChoice } from '../../execute/index.js'
import type { ExitCode } from '../failure.js'
import { type CommonOptions, finish, isolationOption, nameList, whole, wholePositive } from '../options.js'
import { print, printJson } from '../output.js'

interface DoctorOptions extends CommonOptions {
  readonly isolation: IsolationChoice
  readonly cheats: boolean
  readonly attacks?: boolean
  readonly benchmark?: string
  readonly data?: string
  readonly times?: number
  readonly mutants?: number
  readonly problems?: readonly string[]
  readonly samples?: string
  readonly seed?: number
  readonly workers?: number
}

export function addDoctor(cupel: Command): void {
  const command = cupel
    .command('doctor')
    .summary('probe isolation and toolchains, try to cheat the judge, or admit a benchmark')
    .description(
      'Probes what isolation holds here, which languages, data and model providers are set up, and then runs the cheat corpus: programs that try to be judged passed without solving the problem. With --attacks it also runs hostile programs that try to get out of the sandbox, to starve what runs beside them, or to be reported as something else. Exit code 1 when one gets through or an honest program is failed. With --benchmark it examines a benchmark instead: whether its own solutions pass each time, whether programs that solve nothing fail, how many small faults in the solutions its tests notice, and whether they look at each expected value. Exit code 1 when a solution does not pass each time.',
    )
    .addOption(isolationOption())
    .option('--no-cheats', 'do not run the cheats')
    .option('--attacks', 'run the attack suite, which takes a minute or two')
    .option('--benchmark <name>', 'examine this benchmark instead (cupel list benchmarks)')
    .option('--data <folder>', 'with --benchmark harbor, polyglot, mxeval, swe-bench or codereval: its folder')
    .option('--times <n>', 'with --benchmark: how often each solution is judged (default: 3)', wholePositive)
    .option('--mutants <n>', 'with --benchmark: mutants of each solution, 0 for none (default: 20)', whole)
    .option('--problems <list>', 'with --benchmark: only these: ids, * at the end for all that begin so', nameList)
    .option('--samples <file>', 'with --benchmark: candidates to face with tests that no right program passes')
    .option('--seed <n>', 'with --benchmark: seed of the choice of mutants (default: 0)', whole)
    .option('--workers <n>', 'with --benchmark: executions at once (default: the cores of the machine)', wholePositive)
  finish(command, [
    'cupel doctor',
    'cupel doctor --isolation wasm --json',
    'cupel doctor --no-cheats',
    'cupel doctor --no-cheats --attacks',
    'cupel doctor --benchmark humaneval --times 5',
    'cupel doctor --benchmark harbor --data terminal-bench/tasks',
    'cupel doctor --benchmark mbpp --problems MBPP/1* --mutants 50 --json',
  ]).action(async (options: DoctorOptions) => {
    process.exitCode = await (options.benchmark === undefined
      ? examine(options)
      : admission(options.benchmark, options))
    // Executions given up at Ctrl-C may still be under way; nothing of them is wanted any more.
    if (process.exitCode === 130) process.exit()
  })
}

async function admission(name: string, options: DoctorOptions): Promise<ExitCode> {
  const { UsageError } = await import('../../kernel/index.js')
  if (options.attacks) throw new UsageError('--benchmark examines a benchmark and nothing else: leave out --attacks')
  const { admitBenchmark } = await import('../doctor/admission.js')
  return admitBenchmark(name, options)
}

const ofBenchmark = ['times', 'mutants', 'problems', 'samples', 'seed', 'workers'] as const

async function examine(options: DoctorOptions): Promise<ExitCode> {
  const given = ofBenchmark.find((option) => options[option] !== undefined)
  if (given) {
    const { UsageError } = await import('../../kernel/index.js')
    throw new UsageError(`--${given} is about a benchmark: give --benchmark too`)
  }
  return examineMachine(options)
}

async function examineMachine({
  isolation,
  cheats,
  attacks,
  json = false,
  quiet = false,
}: DoctorOptions): Promise<ExitCode> {
  const { cheatLines, attackLines } = await import('../doctor/report.js')
  const { probed, corpus } = await probeAndCheat({ isolation, cheats, json, quiet })
  if (!json && cheats) print(...cheatLines(corpus))
  let ok = corpus.every((one) => one.passed.length + one.undecided.length + one.failed.length === 0)
  if (!attacks) {
    if (json) printJson({ ok, ...probed, cheats: corpus })
    return ok ? 0 : 1
  }
  const { faceAttacks } = await import('../doctor/attacks.js')
  const faced = await faceAttacks(isolation, { quiet })
  ok &&= faced.failed.length + faced.left.length === 0
  if (json) printJson({ ok, ...probed, cheats: corpus, attacks: faced })
  else print(...attackLines(faced))
  return ok ? 0 : 1
}

async function probeAndCheat({
  isolation,
  cheats,
  json,
  quiet,
}: Required<Pick<DoctorOptions, 'isolation' | 'cheats' | 'json' | 'quiet'>>) {
  const { Sandbox } = await import('../../execute/index.js')
  const { probe } = await import('../doctor/probe.js')
  const { judgeCorpus } = await import('../doctor/corpus.js')
  const { probeLines } = await import('../doctor/report.js')
  const sandbox = await Sandbox.open({ isolation })
  try {
    const probed = await probe(sandbox)
    if (!json) print(...probeLines(probed))
    return { probed, corpus: cheats ? await judgeCorpus(sandbox, { quiet }) : [] }
  } finally {
    await sandbox.close()
  }
}
