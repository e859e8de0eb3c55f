/** `cupel doctor`: what holds on this machine, and whether the judge can be cheated here. */
import type { Command } from 'commander'
import type { IsolationChoice } from '../../execute/index.js'
import type { ExitCode } from '../failure.js'
import { type CommonOptions, finish, isolationOption } from '../options.js'
import { print, printJson } from '../output.js'

interface DoctorOptions extends CommonOptions {
  readonly isolation: IsolationChoice
  readonly cheats: boolean
}

export function addDoctor(cupel: Command): void {
  const command = cupel
    .command('doctor')
    .summary('probe isolation and toolchains, and try to cheat the judge')
    .description(
      'Probes what isolation holds here, which languages, data and model providers are set up, and then runs the cheat corpus: programs that try to be judged passed without solving the problem. Exit code 1 when one gets through or an honest program is failed.',
    )
    .addOption(isolationOption())
    .option('--no-cheats', 'probe only')
  finish(command, ['cupel doctor', 'cupel doctor --isolation wasm --json', 'cupel doctor --no-cheats']).action(
    async (options: DoctorOptions) => {
      process.exitCode = await examine(options)
    },
  )
}

async function examine({ isolation, cheats, json, quiet }: DoctorOptions): Promise<ExitCode> {
  const { Sandbox } = await import('../../execute/index.js')
  const { probe } = await import('../doctor/probe.js')
  const { judgeCorpus } = await import('../doctor/corpus.js')
  const { cheatLines, probeLines } = await import('../doctor/report.js')
  const sandbox = await Sandbox.open({ isolation })
  try {
    const probed = await probe(sandbox)
    if (!json) print(...probeLines(probed))
    const corpus = cheats ? await judgeCorpus(sandbox, { quiet: quiet ?? false }) : []
    const ok = corpus.every((one) => one.passed.length + one.undecided.length + one.failed.length === 0)
    if (json) printJson({ ok, ...probed, cheats: corpus })
    else if (cheats) print(...cheatLines(corpus))
    return ok ? 0 : 1
  } finally {
    await sandbox.close()
  }
}
