/** The program: which commands there are, and how what they throw becomes an exit code. */
import { Command } from 'commander'
import { addCompare } from './commands/compare.js'
import { addConvert } from './commands/convert.js'
import { addData } from './commands/data.js'
import { addDoctor } from './commands/doctor.js'
import { addEval } from './commands/eval.js'
import { addLanguages } from './commands/languages.js'
import { addList } from './commands/list.js'
import { addReport } from './commands/report.js'
import { addReproduce } from './commands/reproduce.js'
import { addRun } from './commands/run.js'
import { addSetup } from './commands/setup.js'
import { addShell } from './commands/shell.js'
import { addShow } from './commands/show.js'
import { addSystems } from './commands/systems.js'
import { addTranslate } from './commands/translate.js'
import { failWith } from './failure.js'
import { cupelVersion } from './version.js'

export function program(): Command {
  const cupel = new Command('cupel')
    .description('Runs, judges, improves and learns from the code that language models write.')
    .version(cupelVersion(), '-V, --version')
    .exitOverride()
    .showSuggestionAfterError()
    // What commander has to say about an error is printed once, in failure.ts.
    .configureOutput({ outputError: () => {} })
    .addHelpText(
      'after',
      `
Examples:
  $ cupel eval first-assay                 judge the recorded candidates that come with Cupel
  $ cupel run main.py --stdin input.txt    run a program nobody has vetted
  $ cupel doctor                           what isolation holds here, and whether it can be cheated

Exit codes: 0 fine, 1 findings, 2 usage, 3 infrastructure. CUPEL_DATA names the folder with data files.`,
    )
  for (const add of [
    addRun,
    addShell,
    addEval,
    addCompare,
    addReport,
    addConvert,
    addTranslate,
    addReproduce,
    addList,
    addShow,
    addLanguages,
    addSetup,
    addDoctor,
    addSystems,
    addData,
  ])
    add(cupel)
  return cupel
}

/** Parses, acts and sets the exit code. */
export async function run(argv: readonly string[]): Promise<void> {
  try {
    await program().parseAsync([...argv])
  } catch (error) {
    process.exitCode = failWith(error)
  }
}
