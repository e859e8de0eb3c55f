/** What `cupel report` does: reads the run once and writes each format asked for. */
import { statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { benchmarks } from '../evaluate/index.js'
import { CupelError, StorageError, UsageError } from '../kernel/index.js'
import {
  csvReport,
  type EvaluateSummary,
  gather,
  type Gathered,
  htmlReport,
  inParts,
  jsonReport,
  junitReport,
  markdownReport,
  metricTables,
  writeAtomically,
} from '../runs/index.js'
import { evaluationReport } from './evaluation-report.js'
import type { CommonOptions } from './options.js'
import { counted, heading, print, printNote, printParts, table } from './output.js'

const formats = { html: htmlReport, markdown: markdownReport, junit: junitReport, csv: csvReport }
type Format = keyof typeof formats

export interface ReportOptions extends CommonOptions, Partial<Record<Format, string>> {}

export async function report(dir: string, options: ReportOptions): Promise<void> {
  const wanted = (Object.keys(formats) as Format[]).flatMap((format) => {
    const file = options[format]
    return file === undefined ? [] : [{ format, file }]
  })
  refuse(wanted, options)
  // The heap may be a quarter larger than what is alive, not a multiple of it: a million candidates stay below 1 GiB.
  setFlagsFromString('--heap-growing-percent=25')
  const run = await gather(dir, benchmarks)
  for (const { format, file } of wanted) {
    const text = formats[format](run)
    if (file === '-') await printParts(inParts(text))
    else {
      write(file, text)
      if (!options.quiet) printNote(`${format}: ${file}, ${counted(run.candidates.length, 'candidate')}`)
    }
  }
  if (options.json) await printParts(inParts(jsonReport(run)))
  else if (wanted.length === 0) print(await summaryText(run))
}

/** Before anything is read or written: what cannot be. */
function refuse(wanted: readonly { readonly format: Format; readonly file: string }[], { json }: ReportOptions): void {
  const toStdout = wanted.filter(({ file }) => file === '-')
  if (toStdout.length > 1 || (toStdout.length > 0 && json))
    throw new UsageError('only one report can go to standard output: give the others a file')
  const files = new Set<string>()
  for (const { format, file } of wanted) {
    if (file === '') throw new UsageError(`--${format} needs the name of a file`)
    if (file === '-') continue
    const path = resolve(file)
    if (files.has(path)) throw new UsageError(`${file} is named twice: give each format a file of its own`)
    files.add(path)
    const there = statSync(path, { throwIfNoEntry: false })
    if (there?.isDirectory()) throw new UsageError(`${file} is a folder: name a file in it for --${format}`)
    if (there && !there.isFile()) throw new UsageError(`${file} is not a regular file: choose another for --${format}`)
    if (!statSync(dirname(path), { throwIfNoEntry: false })?.isDirectory())
      throw new UsageError(`there is no folder ${dirname(path)}: make it, or choose another file for --${format}`)
  }
}

/** The disk's refusal in words that fit a report, not a run. */
function write(file: string, text: string | Iterable<string>): void {
  try {
    writeAtomically(resolve(file), text)
  } catch (error) {
    if (!(error instanceof CupelError) || !(error.cause instanceof Error)) throw error
    throw new StorageError(`${file} could not be written: ${error.cause.message}`, { cause: error })
  }
}

/** As `cupel eval` prints it at its end, and what went wrong. */
async function summaryText(run: Gathered): Promise<string> {
  const { benchmark, counts, finished, incomplete, lines, out, passAtK, ranked, texts, unexpected, verdicts } = run
  const summary: EvaluateSummary = {
    benchmark,
    problems: counts.problems,
    candidates: counts.candidates,
    passAtK,
    ...(ranked ? { ranked } : {}),
    ...(texts ? { texts } : {}),
    verdicts,
    seconds: run.run.seconds ?? 0,
    executions: run.run.executions ?? 0,
    isolation: Object.values(run.run.isolations)[0] ?? null,
    isolations: run.run.isolations,
    inProcess: counts.inProcess,
    incomplete,
    missing: { problems: counts.problemsWithout ?? 0, lines, infrastructure: counts.infrastructure },
    ...(unexpected ? { unexpected } : {}),
    out,
    ...(finished ? {} : { stopped: true }),
  }
  const known = benchmarks.find(({ name }) => name === benchmark)
  const text = known ? await evaluationReport(known, summary) : ''
  const unfinished = finished ? [] : ['unfinished: it goes on, or was stopped; cupel eval with --resume continues it']
  return [
    text,
    ...metricTables(run).map(
      ({ title, head, rows, words }) =>
        `\n${heading(title)}\n${table(
          head.map((name, i) => ({ head: name, align: i < words ? ('left' as const) : ('right' as const) })),
          rows,
        )}`,
    ),
    ...run.remarks.map((remark) => `note       ${remark}`),
    ...unfinished,
  ]
    .filter((part) => part !== '')
    .join('\n')
}
