/** `cupel run`: one program, isolated. */
import type { Command } from 'commander'
import type { IsolationChoice } from '../../execute/index.js'
import type { Execution } from '../../kernel/index.js'
import type { ExitCode } from '../failure.js'
import { type LimitOptions, addLimits, limitsOf } from '../limits.js'
import { type CommonOptions, collect, finish, isolationOption, nameList } from '../options.js'
import { printJson, printNote } from '../output.js'

interface RunOptions extends CommonOptions, LimitOptions {
  readonly language?: string
  readonly entry?: string
  readonly stdin?: string
  readonly arg?: readonly string[]
  readonly preimport?: readonly string[]
  readonly isolation: IsolationChoice
}

export function addRun(cupel: Command): void {
  const command = cupel
    .command('run')
    .summary('run a program, isolated from the machine')
    .description('Runs a program nobody has vetted. The first file is the entry; its extension tells the language.')
    .argument('<file...>', 'source files')
    .option('-l, --language <name>', 'language, where the extension does not tell')
    .option('--entry <name>', 'which of the files to start')
    .option('--stdin <file>', 'standard input; - passes on that of cupel')
    .option('--arg <text>', 'argument for the program; may be repeated', collect)
    .option('--preimport <modules>', 'Python modules to import beforehand, as numpy,sympy', nameList)
    .addOption(isolationOption())
  finish(addLimits(command), [
    'cupel run hello.py',
    'cupel run main.cpp --stdin input.txt --time 2 --memory 256',
    'cupel run main.py words.py --arg 3 --json',
    'cupel run fetch.py --allow-host example.org',
  ]).action(async (files: string[], options: RunOptions) => {
    process.exitCode = await runProgram(files, options)
  })
}

async function runProgram(files: readonly string[], options: RunOptions): Promise<ExitCode> {
  const { Sandbox } = await import('../../execute/index.js')
  const { readProgram } = await import('../program-files.js')
  const { fallbackNotes } = await import('../isolation.js')
  const { preimport } = options
  const program = { ...(await readProgram(files, options)), ...(preimport ? { preimport } : {}) }
  const sandbox = await Sandbox.open({ isolation: options.isolation, workers: 1 })
  try {
    const execution = await sandbox.run(program, limitsOf(options))
    if (!options.quiet)
      for (const note of await fallbackNotes(sandbox, [program.language], options.isolation)) printNote(`note: ${note}`)
    if (options.json) printJson(execution)
    else await show(execution, options.quiet ?? false)
    if (execution.outcome === 'infrastructure') return 3
    return execution.outcome === 'ok' ? 0 : 1
  } finally {
    await sandbox.close()
  }
}

async function show(execution: Execution, quiet: boolean): Promise<void> {
  const { isolationText } = await import('../isolation.js')
  const { outcome, exitCode, signal, stdout, stderr, cpuMs, wallMs, peakBytes, isolation, reason } = execution
  process.stdout.write(stdout)
  process.stderr.write(stderr)
  if (quiet && outcome !== 'infrastructure') return
  if (stderr !== '' && !stderr.endsWith('\n')) process.stderr.write('\n')
  const parts = [
    reason ? `${outcome} (${reason})` : outcome,
    ...(exitCode === null || reason?.includes(`exit code ${exitCode}`) ? [] : [`exit code ${exitCode}`]),
    ...(signal === null ? [] : [signal]),
    `${Math.round(cpuMs)} ms CPU`,
    `${Math.round(wallMs)} ms`,
    ...(peakBytes > 0 ? [`${(peakBytes / 2 ** 20).toFixed(1)} MB`] : []),
    isolationText(isolation),
  ]
  printNote(parts.join(' · '))
}
