/** What the doctor found, for a person. */
import { languageTable } from '../commands/languages.js'
import { isolationText } from '../isolation.js'
import { counted, heading, paint, visible } from '../output.js'
import type { AttackReport } from './attacks.js'
import type { CorpusResult } from './corpus.js'
import type { Probed } from './probe.js'

/** What a weaker tier means, and how to get a stronger one. */
const tierNotes: Readonly<Record<string, readonly string[]>> = {
  B: ['tier B: without root, programs share one user id; as root each gets its own (tier A)'],
  "B'": [
    "tier B': user namespaces are refused here, so programs are kept apart by Landlock and system-call filters, and see",
    'which processes and files the machine has; allow user namespaces or start Cupel as root for more',
  ],
}

export function probeLines({ isolation, withoutNative, languages, compiler, data, providers }: Probed): string[] {
  return [
    heading('isolation'),
    `  ${isolationText(isolation)}: ${isolation.primitives.join(', ')}`,
    ...(withoutNative ? [`  ${paint.yellow('native is not in use')}: ${visible(withoutNative)}`] : []),
    ...(isolation.because && isolation.because !== withoutNative ? [`  because ${visible(isolation.because)}`] : []),
    ...(isolation.lacks ? [`  without: ${isolation.lacks.join(', ')}`] : []),
    ...(tierNotes[isolation.tier] ?? []).map((note) => `  ${note}`),
    `  C compiler: ${compiler ?? paint.yellow('none, so the native sandbox cannot be built (apt-get install gcc)')}`,
    '',
    heading('languages'),
    indented(languageTable(languages)),
    '',
    heading('data'),
    `  ${data.folder}${data.exists ? '' : paint.yellow(' is not there: set CUPEL_DATA')}, ${data.found} of ${counted(data.needed, 'file')} found (cupel data list)`,
    '',
    heading('model providers'),
    ...providers.map(({ name, set, unset }) => {
      const told = [
        ...set.map((variable) => paint.green(`${variable} is set`)),
        ...unset.map((variable) => paint.dim(`${variable} is not set`)),
      ]
      return `  ${name}: ${told.length === 0 ? 'needs nothing' : told.join(', ')}`
    }),
  ]
}

export function cheatLines(results: readonly CorpusResult[]): string[] {
  return ['', heading('cheats'), ...results.flatMap(languageLines)]
}

export function attackLines({ run, held, failed, left, skipped }: AttackReport): string[] {
  const all = `attacks: ${held} of ${run} held`
  return [
    '',
    heading('attacks'),
    `  ${held === run && left.length === 0 ? paint.green(all) : paint.red(all)}`,
    ...failed.map(({ name, seen }) => paint.red(`    ${name}: ${visible(seen.join('; '))}`)),
    ...left.map((what) => paint.red(`    afterwards ${visible(what)}`)),
    ...skipped.map(({ why, attacks }) => `    ${attacks} not run: ${visible(why)}`),
  ]
}

function languageLines({
  language,
  isolation,
  cheats,
  caught,
  passed,
  undecided,
  honest,
  failed,
  skipped,
  notes,
}: CorpusResult): string[] {
  const mark = (good: boolean, text: string) => (good ? paint.green(text) : paint.red(text))
  return [
    `  ${language} (${isolation}): ${mark(caught === cheats, `caught ${caught} of ${cheats}`)}, ${mark(
      failed.length === 0,
      `${honest - failed.length} of ${honest} honest programs passed`,
    )}`,
    ...passed.map((name) => paint.red(`    got through: ${name}`)),
    ...undecided.map((name) => paint.red(`    made the machine fail: ${name}`)),
    ...failed.map(({ name, verdict }) => paint.red(`    honest but ${verdict}: ${name}`)),
    ...skipped.map(({ name, needs }) => `    not judged: ${name} needs ${needs}, which this interpreter does not have`),
    ...notes.map((note) => `    note: ${visible(note)}`),
  ]
}

function indented(text: string): string {
  return text.replace(/^/gm, '  ')
}
