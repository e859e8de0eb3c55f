/** `cupel doctor`: what holds on this machine, and whether the judge can be cheated or the sandbox be left here. */
import type { Command } from 'commander'
import type { IsolationChoice } from '../../execute/index.js'
import type { ExitCode } from '../failure.js'
import { type CommonOptions, finish, isolationOption } from '../options.js'
import { print, printJson } from '../output.js'

interface DoctorOptions extends CommonOptions {
  readonly isolation: IsolationChoice
  readonly cheats: boolean
  readonly attacks?: boolean
}

export function addDoctor(cupel: Command): void {
  const command = cupel
    .command('doctor')
    .summary('probe isolation and toolchains, and try to cheat the judge')
    .description(
      'Probes what isolation holds here, which languages, data and model providers are set up, and then runs the cheat corpus: programs that try to be judged passed without solving the problem. With --attacks it also runs hostile programs that try to get out of the sandbox, to starve what runs beside them, or to be reported as something else. Exit code 1 when one gets through or an honest program is failed.',
    )
    .addOption(isolationOption())
    .option('--no-cheats', 'do not run the cheats')
    .option('--attacks', 'run the attack suite, which takes a minute or two')
  finish(command, [
    'cupel doctor',
    'cupel doctor --isolation wasm --json',
    'cupel doctor --no-cheats',
    'cupel doctor --no-cheats --attacks',
  ]).action(async (options: DoctorOptions) => {
    process.exitCode = await examine(options)
  })
}

async function examine({ isolation, cheats, attacks, json = false, quiet = false }: DoctorOptions): Promise<ExitCode> {
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

async function probeAndCheat({ isolation, cheats, json, quiet }: Required<Omit<DoctorOptions, 'attacks'>>) {
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
