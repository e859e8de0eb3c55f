/**
 * Markdown for a pull request or a job summary: the tables, and for each kind of failure how many and the first with its
 * evidence. What a run holds is hostile: it stands in code spans and fences only, which it cannot end, so it makes no
 * link, no mention, no image and no markup.
 */
import { partRows } from '../figures.js'
import type { Gathered, Grouping } from './gathered.js'
import { groupingNote, groupKs } from './groups.js'
import { type MetricTable, metricTables } from './metric-tables.js'
import { clip, counted, leftOutNote, number, percent, visible, visibleLine } from './text.js'
import { denominators, facts, groupCells, intervalText, verdictCounts, warnings } from './wording.js'

const longestEvidence = 2000
const shownLines = 10

export function markdownReport(run: Gathered): string {
  const parts = [
    `# ${code(run.benchmark)}: Cupel report`,
    warnings(run)
      .map((line) => `> **${line}**`)
      .join('\n>\n'),
    run.remarks.map((remark) => `- ${code(remark, 1000)}`).join('\n'),
    `${denominators(run)}.`,
    passTable(run),
    verdictTable(run),
    ...metricTables(run).map(metricTable),
    ...run.groups.map(groupTable),
    failures(run),
    unexpectedTable(run),
    lineList(run),
    `## Run\n\n${table(
      ['', ''],
      facts(run).map(([name, value]) => [name, code(value, 500)]),
    )}`,
  ]
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

/**
 * One line that is shown as it is. Where a plain code span could be misread (in tables a pipe, also behind a backslash)
 * every sign is a character reference instead, which never means structure.
 */
export function code(text: string, most?: number): string {
  const line = visibleLine(text, most)
  if (line === '') return ''
  if (!/[`|\\]/.test(line)) return `\`${line}\``
  const inert = line.replace(/[!-/:-@[-`{-~]/g, (sign) => `&#${sign.charCodeAt(0)};`)
  return `<code>${inert}</code>`
}

/** A fence longer than any row of backticks in the text. */
export function fenced(text: string): string {
  const shown = visible(text)
  const longest = Math.max(2, ...[...shown.matchAll(/`+/g)].map(([row]) => row.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}text\n${shown}\n${fence}`
}

function table(head: readonly string[], rows: readonly (readonly string[])[], numbers = head.length): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map((_, i) => (i >= numbers ? '---:' : '---'))), ...rows.map(line)].join('\n')
}

function passTable({ passAtK, parts, ranked = {} }: Gathered): string {
  const rows = [
    ...partRows(parts).map(([name, value]) => [name, intervalText(value), number(value.problems)]),
    ...Object.entries(passAtK).map(([k, value]) => [`pass@${k}`, intervalText(value), number(value.problems)]),
    ...Object.entries(ranked).map(([k, value]) => [`ranked pass@${k}`, intervalText(value), '']),
  ]
  return rows.length === 0 ? 'There is no pass@k yet.' : table(['', 'value (95 % interval)', 'problems'], rows, 1)
}

function verdictTable(run: Gathered): string {
  const rows = verdictCounts(run).map(({ kind, count, share }) => [
    kind,
    number(count),
    share === null ? 'in no denominator' : percent(share),
  ])
  return table(['verdict', 'candidates', 'share of judged'], rows, 1)
}

function metricTable({ title, head, rows, words, theirs }: MetricTable): string {
  const cells = rows.map((row) => row.map((cell, i) => (theirs && i < words ? code(cell) : cell)))
  return `## ${title}\n\n${table(head, cells, words)}`
}

function groupTable(grouping: Grouping): string {
  const ks = groupKs(grouping)
  const rows = grouping.groups.map((group) => [
    code(group.name),
    ...groupCells(group, ks),
    ...[group.problems, group.judged, group.infrastructure].map(number),
  ])
  if (rows.length === 0) return ''
  const note = groupingNote(grouping)
  const passes = [1, ...ks].map((k) => `pass@${k} (95 % interval)`)
  const head = ['group', ...passes, 'problems', 'judged', 'infrastructure']
  return `## ${ks.length > 0 ? 'pass@k' : 'pass@1'} by ${code(grouping.field)}\n\n${table(head, rows, 1)}${note === '' ? '' : `\n\n${code(note)}`}`
}

/** The first of each kind that has evidence, or else the first. */
function failures(run: Gathered): string {
  const sections = verdictCounts(run)
    .filter(({ kind }) => kind !== 'passed')
    .map(({ kind, count }) => {
      const rows = run.candidates.filter((row) => row.kind === kind)
      const first = rows.find(({ evidence, detail }) => evidence.text !== '' || detail !== '') ?? rows[0]
      const problems = new Set(rows.map(({ problemId }) => problemId)).size
      const heading = `### ${kind}\n\n${counted(count, 'candidate')} of ${counted(problems, 'problem')}`
      if (!first) return heading
      const detail = first.detail === '' ? '' : ` (${code(first.detail)})`
      const begin = `${heading}; for example ${code(first.problemId)} sample ${first.sample}${detail}`
      if (first.evidence.text === '') return `${begin}.`
      const shown = clip(first.evidence.text, longestEvidence)
      const note = leftOutNote({ text: '', leftOut: shown.leftOut + first.evidence.leftOut })
      return `${begin}:\n\n${fenced(shown.text)}${note === '' ? '' : `\n\n${note}`}`
    })
  return sections.length === 0 ? '' : `## Failures\n\n${sections.join('\n\n')}`
}

function unexpectedTable({ unexpected }: Gathered): string {
  if (!unexpected) return ''
  if (unexpected.length === 0) return 'Every recorded candidate has the verdict its author expects.'
  const rows = unexpected
    .slice(0, shownLines)
    .map(({ problemId, sample, expect, verdict }) => [code(problemId), String(sample), code(expect), verdict])
  return `## ${number(unexpected.length)} not as expected\n\n${table(['problem', 'sample', 'expected', 'verdict'], rows)}`
}

function lineList({ lines }: Gathered): string {
  if (lines.length === 0) return ''
  const more = lines.length > shownLines ? [`- and ${number(lines.length - shownLines)} more`] : []
  const listed = lines.slice(0, shownLines).map(({ line, reason }) => `- line ${line}: ${code(reason)}`)
  return `## Lines that could not be read\n\n${[...listed, ...more].join('\n')}`
}
