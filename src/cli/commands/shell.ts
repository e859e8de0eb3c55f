/** `cupel shell`: an isolated interpreter that keeps its state, for people, pipes and programs. */
import type { Command } from 'commander'
import type { IsolationChoice, Session } from '../../execute/index.js'
import type { ExitCode } from '../failure.js'
import { type LimitOptions, addLimits, limitsOf } from '../limits.js'
import { type CommonOptions, collect, finish, isolationOption, positive } from '../options.js'

export interface ShellOptions extends CommonOptions, LimitOptions {
  readonly file?: readonly string[]
  readonly idle?: number
  readonly isolation: IsolationChoice
}

export function addShell(cupel: Command): void {
  const command = cupel
    .command('shell')
    .summary('an isolated interpreter that keeps its state')
    .description(
      `Opens a session: cells run one after the other in one isolated interpreter (python, javascript, bash, sql, r).
Cells come from the files named, from a pipe, or from you. Limits are those of one cell. Type :help inside.`,
    )
    .argument('<language>', 'language of the session')
    .argument('[cell...]', 'files with one cell each; the first that fails ends it')
    .option('--file <path>', 'file to put into the session first; may be repeated', collect)
    .option('--idle <seconds>', 'close the session when nobody uses it for so long', positive)
    .addOption(isolationOption())
  finish(addLimits(command), [
    'cupel shell python',
    'cupel shell sql --file data.db --time 5',
    'cupel shell python load.py plot.py --file data.csv --json',
    'printf "x = 41\\nx + 1\\n" | cupel shell python',
  ]).action(async (language: string, cells: string[], options: ShellOptions) => {
    process.exitCode = await runShell(language, cells, options)
  })
}

async function runShell(language: string, cells: readonly string[], options: ShellOptions): Promise<ExitCode> {
  const { Sandbox } = await import('../../execute/index.js')
  const { readFiles } = await import('../program-files.js')
  const files = await readFiles(options.file ?? [])
  const sources = await readFiles(cells)
  const sandbox = await Sandbox.open({ isolation: options.isolation, workers: 1 })
  let session: Session | null = null
  try {
    session = await sandbox.session({
      language,
      files,
      limits: limitsOf(options),
      ...(options.idle ? { idleSeconds: options.idle } : {}),
    })
    if (cells.length > 0) {
      const { runCells } = await import('../shell/batch.js')
      return await runCells(session, Object.values(sources).map(String), options)
    }
    if (process.stdin.isTTY) {
      const { talk } = await import('../shell/console.js')
      return await talk(session)
    }
    const { runPipe } = await import('../shell/batch.js')
    return await runPipe(session, options)
  } finally {
    await sandbox.close()
  }
}
