/** `cupel run`: one program, isolated. */
import type { Command } from 'commander'
import type { IsolationChoice } from '../../execute/index.js'
import type { Execution } from '../../kernel/index.js'
import type { ExitCode } from '../failure.js'
import { type LimitOptions, addLimits, limitsOf } from '../limits.js'
import { type CommonOptions, collect, finish, isolationOption, nameList } from '../options.js'
import { counted, printJson, printNote, visible } from '../output.js'

interface RunOptions extends CommonOptions, LimitOptions {
  readonly language?: string
  readonly entry?: string
  readonly stdin?: string
  readonly arg?: readonly string[]
  readonly collect?: readonly string[]
  readonly files?: string
  readonly force?: boolean
  readonly compileCache: boolean
  readonly preimport?: readonly string[]
  readonly isolation: IsolationChoice
}

export function addRun(cupel: Command): void {
  const command = cupel
    .command('run')
    .summary('run a program, isolated from the machine')
    .description(
      [
        'Runs a program nobody has vetted. The first file is the entry; its extension tells the language. A folder stands',
        'for all its files; the entry is then its main file (main.py, main.cpp, …) or the one --entry names.',
        '',
        'Standard output is shown as text: bytes that are not UTF-8 become U+FFFD. Bytes that matter belong into a file.',
      ].join('\n'),
    )
    .argument('<file...>', 'source files, or a folder of them')
    .option('-l, --language <name>', 'language, where the extension does not tell')
    .option('--entry <name>', 'which of the files to start')
    .option('--stdin <file>', 'standard input; - passes on that of cupel')
    .option('--arg <text>', 'argument for the program; may be repeated', collect)
    .option('--files <folder>', 'write the files it creates or changes to this folder')
    .option('--collect <pattern>', 'only these files; may be repeated. * and ? stop at a slash', collect)
    .option('--force', 'let --files replace files that are there')
    .option('--no-compile-cache', 'compile even what was compiled before')
    .option('--preimport <modules>', 'Python modules to import beforehand, as numpy,sympy', nameList)
    .addOption(isolationOption())
  finish(addLimits(command), [
    'cupel run hello.py',
    'cupel run main.cpp --stdin input.txt --time 2 --memory 256',
    'cupel run main.py words.py --arg 3 --json',
    'cupel run fetch.py --allow-host example.org',
    'cupel run plot.py --files results --collect "*.png"',
    'cupel run project --entry src/start.py',
  ]).action(async (files: string[], options: RunOptions) => {
    process.exitCode = await runProgram(files, options)
  })
}

async function runProgram(files: readonly string[], options: RunOptions): Promise<ExitCode> {
  const { Sandbox } = await import('../../execute/index.js')
  const { readProgram } = await import('../program-files.js')
  const { fallbackNotes } = await import('../isolation.js')
  const asked = options.collect ?? options.files !== undefined
  const { isolation, compileCache: cache, preimport } = options
  const program = { ...(await readProgram(files, options)), collect: asked, ...(preimport ? { preimport } : {}) }
  const sandbox = await Sandbox.open({ isolation, cache, workers: 1 })
  try {
    const execution = await sandbox.run(program, limitsOf(options))
    if (!options.quiet)
      for (const note of await fallbackNotes(sandbox, [program.language], options.isolation)) printNote(`note: ${note}`)
    if (options.json) printJson(execution)
    else await show(execution, options.quiet ?? false)
    if (execution.outcome === 'infrastructure') return 3
    const written = options.files === undefined || (await writeFiles(options.files, execution, options))
    return execution.outcome === 'ok' && written ? 0 : 1
  } finally {
    await sandbox.close()
  }
}

/** False if not all of them could be written. */
async function writeFiles(folder: string, { files }: Execution, { force, quiet }: RunOptions): Promise<boolean> {
  const { writeLeftFiles } = await import('../left-files.js')
  if (!files) {
    printNote('cupel: the files it left could not be seen from outside')
    return false
  }
  const problems = await writeLeftFiles(folder, files, force ?? false)
  for (const problem of problems) printNote(`cupel: ${visible(problem)}`)
  if (!quiet) printNote(`${counted(files.length - problems.length, 'file')} written to ${folder}`)
  return problems.length === 0
}

async function show(execution: Execution, quiet: boolean): Promise<void> {
  const { isolationText } = await import('../isolation.js')
  const { outcome, exitCode, signal, stdout, stderr, cpuMs, wallMs, peakBytes, isolation, reason } = execution
  process.stdout.write(stdout)
  process.stderr.write(stderr)
  if (quiet && outcome !== 'infrastructure') return
  if (stderr !== '' && !stderr.endsWith('\n')) process.stderr.write('\n')
  const { compile } = execution
  const parts = [
    reason ? `${outcome} (${reason})` : outcome,
    ...(exitCode === null || reason?.includes(`exit code ${exitCode}`) ? [] : [`exit code ${exitCode}`]),
    ...(signal === null ? [] : [signal]),
    ...(compile ? [compile.cached ? 'compiled before' : `compiled in ${Math.round(compile.cpuMs)} ms CPU`] : []),
    `${Math.round(cpuMs)} ms CPU`,
    `${Math.round(wallMs)} ms`,
    ...(peakBytes > 0 ? [`${(peakBytes / 2 ** 20).toFixed(1)} MB`] : []),
    isolationText(isolation),
  ]
  printNote(parts.join(' · '))
}
