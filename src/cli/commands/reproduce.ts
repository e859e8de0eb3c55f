/** `cupel reproduce`: published figures beside those this machine gives. */
import { appendFileSync, writeFileSync } from 'node:fs'
import type { Command } from 'commander'
import type { IsolationChoice } from '../../execute/index.js'
import type { Study, StudyRow } from '../../kernel/index.js'
import type { ExitCode } from '../failure.js'
import { stopOnInterrupt } from '../interrupt.js'
import { type CommonOptions, finish, isolationOption, wholePositive } from '../options.js'
import { counted, paint, print, printJson, printNote, seconds, table, visible } from '../output.js'

interface ReproduceOptions extends CommonOptions {
  readonly all?: boolean
  readonly workers?: number
  readonly reasons?: string
  readonly out?: string
  readonly resume?: boolean
  readonly isolation: IsolationChoice
}

/** Percentage points by which a figure may miss the recorded one. */
const tolerance = 0.3

export function addReproduce(cupel: Command): void {
  const command = cupel
    .command('reproduce')
    .summary('replay published comparisons from their recorded data')
    .description(
      'Replays studies on recorded model output and puts published, recorded and measured figures side by side.',
    )
    .argument('[study...]', 'names of studies (cupel list studies)')
    .option('--all', 'every study whose data is there')
    .option('--workers <n>', 'executions at once (default: the cores of the machine)', wholePositive)
    .option('--reasons <file>', 'write each verdict that is not the recorded one, and why, as JSON Lines')
    .option('--out <folder>', 'keep every verdict there, for --resume')
    .option('--resume', 'go on from the verdicts in --out')
    .addOption(isolationOption())
  finish(command, [
    'cupel reproduce codet-humaneval',
    'cupel reproduce --all --json',
    'cupel reproduce mbxp-examples --out kept            # hours: stop it with Ctrl-C …',
    'cupel reproduce mbxp-examples --out kept --resume   # … and go on',
  ]).action(async (names: string[], options: ReproduceOptions) => {
    process.exitCode = await reproduceStudies(names, options)
  })
}

async function reproduceStudies(names: readonly string[], options: ReproduceOptions): Promise<ExitCode> {
  const note = (text: string) => {
    if (!options.quiet) printNote(text)
  }
  const { UsageError } = await import('../../kernel/index.js')
  const { out, resume } = options
  if (resume && out === undefined) throw new UsageError('--resume goes on from a folder: name it with --out')
  const studies = await chosen(names, options, note)
  const { Sandbox } = await import('../../execute/index.js')
  const { keptFile, KeptResults, reproduce, takeKeptFolder } = await import('../../runs/index.js')
  const { differencesInWords } = await import('../../evaluate/index.js')
  const { describeError } = await import('../../kernel/index.js')
  if (options.reasons !== undefined) await startReasons(options.reasons)
  const { fallbackNotes } = await import('../isolation.js')
  const { isolation, workers } = options
  const release = out === undefined ? undefined : takeKeptFolder(out, { resume: resume ?? false })
  const sandbox = await Sandbox.open({ isolation, ...(workers === undefined ? {} : { workers }) })
  const goOn = out === undefined ? '' : `; go on with --out ${out} --resume`
  const interrupt = stopOnInterrupt(() =>
    note(`\nstopping: what is measured so far follows (once more to stop at once)${goOn}`),
  )
  const { signal } = interrupt
  const rows: StudyRow[] = []
  let failed = false
  try {
    if (studies.length > 0)
      for (const text of await fallbackNotes(sandbox, ['python'], isolation)) note(`note: ${text}`)
    for (const study of studies) {
      if (signal.aborted) break
      note(`${study.name}: ${study.summary}`)
      const kept = out === undefined ? undefined : await KeptResults.open(keptFile(out, study.name))
      try {
        const made = await reproduce(study, sandbox, {
          quiet: options.quiet ?? false,
          signal,
          ...(kept ? { kept } : {}),
        })
        rows.push(...made.rows)
        const aboutFigures = made.rows.flatMap(({ figure, note }) => (note ? [`${figure}: ${note}`] : []))
        for (const text of [...made.notes, ...aboutFigures, ...differencesInWords(made.differences)])
          note(`note: ${visible(text)}`)
        if (options.reasons !== undefined)
          for (const one of made.differences)
            appendFileSync(options.reasons, `${JSON.stringify({ study: study.name, ...one })}\n`)
        note(
          `${study.name}: ${seconds(made.seconds)}, ${counted(made.executions, 'execution')}, ${made.executionsPerSecond === null ? `${counted(made.reused, 'result')} kept from before` : `${made.executionsPerSecond} per second`}`,
        )
      } catch (error) {
        if (signal.aborted) break
        // One alone ends the command; of several the others go on.
        if (studies.length === 1 && !options.all) throw error
        failed = true
        printNote(`cupel: ${study.name} could not be replayed: ${visible(describeError(error))}`)
      } finally {
        kept?.close()
      }
    }
  } finally {
    interrupt.release()
    await sandbox.close()
    release?.()
  }
  if (options.json) printJson(rows.map(plainRow))
  else print(figureTable(rows))
  if (signal.aborted) return 130
  return failed || rows.some(isFinding) ? 1 : 0
}

async function startReasons(path: string): Promise<void> {
  const { describeError, StorageError } = await import('../../kernel/index.js')
  try {
    writeFileSync(path, '')
  } catch (error) {
    throw new StorageError(`cannot write ${path} (${describeError(error)}): give another file to --reasons`)
  }
}

/** Throws UsageError for an unknown name, NotFoundError for a named study without its data. */
async function chosen(
  names: readonly string[],
  { all }: ReproduceOptions,
  note: (text: string) => void,
): Promise<Study[]> {
  const { NotFoundError, UsageError } = await import('../../kernel/index.js')
  const { studies } = await import('../../evaluate/index.js')
  const { dataFolder, findData } = await import('../../runs/index.js')
  const { named, some } = await import('../names.js')
  if (names.length === 0 && !all)
    throw new UsageError(`name a study, or give --all; there are ${studies.map(({ name }) => name).join(', ')}`)
  if (names.length > 0 && all) throw new UsageError('--all means every study: leave out the names, or --all')
  const lacks = (study: Study) => study.data.filter((file) => !file.optional && !findData(file)).map(({ path }) => path)
  if (all)
    return studies.filter((study) => {
      const missing = lacks(study)
      if (missing.length > 0) note(`${study.name} is skipped: ${some(missing)} not below ${dataFolder()}`)
      return missing.length === 0
    })
  const wanted = [...new Set(names)].map((name) => named('study', name, studies))
  for (const study of wanted) {
    const missing = lacks(study)
    if (missing.length > 0)
      throw new NotFoundError(
        `${study.name} needs ${some(missing)} below ${dataFolder()}: set CUPEL_DATA to the folder that holds it, or try cupel data pull ${study.name}`,
      )
  }
  return wanted
}

/** What the figures say is not what was recorded, or a verdict differs. */
export function isFinding({ recorded, measured, differ }: StudyRow): boolean {
  if (differ !== null && differ > 0) return true
  if (recorded === null) return false
  // Rounding to two decimals must not decide.
  return measured === null || Math.abs(measured - recorded) > tolerance + 1e-9
}

function plainRow({ study, figure, published, recorded, measured, differ }: StudyRow) {
  return { study, figure, published, recorded, measured, differ }
}

function figureTable(rows: readonly StudyRow[]): string {
  const number = (value: number | null, digits: number) => (value === null ? '–' : value.toFixed(digits))
  const right = (head: string) => ({ head, align: 'right' as const })
  return table(
    ['study', 'figure', right('published'), right('recorded'), right('measured'), right('differ'), ''],
    rows.map((row) => [
      row.study,
      row.figure,
      number(row.published, 1),
      number(row.recorded, 2),
      paint.bold(number(row.measured, 2)),
      number(row.differ, 0),
      isFinding(row) ? paint.red('differs') : paint.green('ok'),
    ]),
  )
}
