/**
 * One HTML file that needs nothing else: figures and plots are in it as markup, candidates as JSON that a small script
 * (page.js) shows as text. Everything in a run is hostile: what is written as markup goes through `markup`, JSON has no
 * `<`, and the page's own policy allows no script and no style but those two, by their hashes, and no connection at all.
 * Not covered: candidates without JavaScript; the figures are there.
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { CandidateRow, Gathered } from './gathered.js'
import { markup, markupLine } from './markup.js'
import { figures } from './html-figures.js'
import { metricTables } from './metric-tables.js'
import { clip, type Clipped, counted, number, visible } from './text.js'
import { denominators, facts, originText, testsText, warnings } from './wording.js'

/** Characters of programs and evidence in one page: browsers still open it at once. */
const pageBudget = 48_000_000
/** And so many candidates, of each problem as many as of the others: more take minutes to open. */
const pageCandidates = 50_000
const shownLines = 20

const asset = (name: string) => readFileSync(fileURLToPath(new URL(name, import.meta.url)), 'utf8')
const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

export function* htmlReport(run: Gathered): Generator<string> {
  const [script, style] = [asset('./page.js'), asset('./page.css')]
  const policy = `default-src 'none'; script-src ${hash(script)}; style-src ${hash(style)}; base-uri 'none'; form-action 'none'`
  const shown = fewer(run.candidates)
  const most = fitting(shown)
  const title = markupLine(`${run.benchmark}: Cupel report`)
  yield `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<h1>${title}</h1>
${warningBlock(run)}
<p>${markup(denominators(run))}.</p>
${table(
  [],
  facts(run).map(([name, value]) => [markup(name), markupLine(value, 1000)]),
)}
<h2>Figures</h2>
${figures(run)}
${metricBlocks(run)}${unexpectedBlock(run)}${linesBlock(run)}
<noscript><p class="warning">The candidates are shown by a script of this page, and scripts are off.</p></noscript>
<div id="interactive" hidden>
<h2 id="list">Candidates</h2>
<form id="filters" role="search">
<label>Search problem, verdict, program, evidence <input id="search" type="search" autocomplete="off" spellcheck="false"></label>
<label>Verdict <select id="kind"><option value="">all</option></select></label>
<label>Problem <select id="problem"><option value="">all</option></select></label>
<button type="reset">Show all</button>
</form>
${shown.length === run.candidates.length ? '' : `<p class="note">So that the page stays usable, ${number(shown.length)} of ${counted(run.candidates.length, 'candidate')} are in it: the first ones of each problem; cupel report --csv and --json have all. The figures are of all.</p>`}
${most === undefined ? '' : `<p class="note">So that the page stays usable, at most ${number(most)} characters of each program and evidence are in it; cupel report --json has more.</p>`}
<section id="detail" aria-label="One candidate" hidden></section>
${list('candidates', ['candidate', 'verdict', 'what happened', 'tests passed', 'CPU', 'memory'], 3)}
<h2>Problems</h2>
${list('problems', ['problem', 'passed', 'judged', 'share', 'infrastructure', 'missing'], 1)}
</div>
<script type="application/json" id="data">`
  yield* embedded(run, shown, most)
  yield `</script>
<script type="module">${script}</script>
</body>
</html>
`
}

/** JSON without a character that could end a script element, begin a comment or a tag. */
export function safeJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** What page.js reads: the problems, and candidates that name them by their place among them. */
function* embedded({ problems, missing }: Gathered, shown: readonly CandidateRow[], most: number | undefined) {
  const absent = new Map<string, number>()
  for (const { problemId } of missing) absent.set(problemId, (absent.get(problemId) ?? 0) + 1)
  const rows = problems.map(({ problemId, judged, passed, infrastructure }) => ({
    id: visible(problemId),
    judged,
    passed,
    infrastructure,
    missing: absent.get(problemId) ?? 0,
  }))
  const known = new Map(problems.map(({ problemId }, i) => [problemId, i]))
  for (const [problemId, count] of absent)
    if (!known.has(problemId))
      rows.push({ id: visible(problemId), judged: 0, passed: 0, infrastructure: 0, missing: count })
  yield `{"problems":${safeJson(rows)},"candidates":[`
  let before = ''
  for (const row of shown) {
    yield `${before}${safeJson(embeddedRow(row, known.get(row.problemId) ?? -1, most))}`
    before = ','
  }
  yield ']}'
}

/** The first candidates of each problem, in their order, where all are too many. */
function fewer(candidates: readonly CandidateRow[], most = pageCandidates): readonly CandidateRow[] {
  if (candidates.length <= most) return candidates
  const counts = new Map<string, number>()
  const next = ({ problemId }: CandidateRow) => {
    const count = (counts.get(problemId) ?? 0) + 1
    counts.set(problemId, count)
    return count
  }
  for (const row of candidates) next(row)
  const sizes = [...counts.values()]
  let each = Math.max(1, Math.floor(most / sizes.length))
  // Problems with few candidates leave room to the others.
  while (sizes.reduce((sum, size) => sum + Math.min(size, each + 1), 0) <= most) each++
  counts.clear()
  return candidates.filter((row) => next(row) <= each).slice(0, most)
}

function embeddedRow(row: CandidateRow, problem: number, most = Number.POSITIVE_INFINITY) {
  const evidence = shorter(row.evidence, most)
  const code = row.code && shorter(row.code, most)
  return {
    problem,
    sample: row.sample,
    kind: row.kind,
    ...(row.expect ? { expect: row.expect } : {}),
    detail: visible(row.detail),
    tests: testsText(row),
    failed: row.tests.failed.map(visible),
    cpuMs: row.cpuMs,
    wallMs: row.wallMs,
    peakBytes: row.peakBytes,
    judged: row.judged ?? '',
    isolation: visible(row.isolation),
    origin: visible(originText(row)),
    evidence: visible(evidence.text),
    evidenceLeftOut: evidence.leftOut,
    code: code ? visible(code.text) : null,
    codeLeftOut: code?.leftOut ?? 0,
  }
}

function shorter({ text, leftOut }: Clipped, most: number): Clipped {
  const again = clip(text, most)
  return { text: again.text, leftOut: leftOut + again.leftOut }
}

/** Characters that each text may have so that the page keeps its budget; undefined if all fit. */
function fitting(candidates: readonly CandidateRow[], budget = pageBudget): number | undefined {
  const lengths = candidates.flatMap(({ evidence, code }) => [evidence.text.length, code?.text.length ?? 0])
  const size = (most: number) => lengths.reduce((sum, length) => sum + Math.min(length, most), 0)
  if (size(Number.POSITIVE_INFINITY) <= budget) return undefined
  return [16_384, 4096, 1024, 256].find((most) => size(most) <= budget) ?? 64
}

function warningBlock(run: Gathered): string {
  const told = warnings(run).map((line) => `<p>${markup(line)}</p>`)
  const remarks = run.remarks.map((line) => `<p class="note">${markupLine(line, 1000)}</p>`)
  return `${told.length > 0 ? `<div class="warning" role="note">${told.join('')}</div>` : ''}${remarks.join('')}`
}

function metricBlocks(run: Gathered): string {
  return metricTables(run)
    .map(({ title, head, rows }) => {
      const cells = rows.map((row) => row.map((cell) => markupLine(cell)))
      return `<h2>${markup(title)}</h2>${table(head.map(markup), cells)}\n`
    })
    .join('')
}

function unexpectedBlock({ unexpected }: Gathered): string {
  if (!unexpected) return ''
  if (unexpected.length === 0) return '<p>Every recorded candidate has the verdict its author expects.</p>'
  const rows = unexpected
    .slice(0, shownLines)
    .map(({ problemId, sample, expect, verdict }) =>
      [problemId, String(sample), expect, verdict].map((cell) => markupLine(cell)),
    )
  return `<h2>${number(unexpected.length)} not as expected</h2>${table(['problem', 'sample', 'expected', 'verdict'], rows)}`
}

function linesBlock({ lines }: Gathered): string {
  if (lines.length === 0) return ''
  const rows = lines.slice(0, shownLines).map(({ line, reason }) => [String(line), markupLine(reason)])
  const more = lines.length > shownLines ? `<p class="note">and ${number(lines.length - shownLines)} more</p>` : ''
  return `<h2>Lines that could not be read</h2>${table(['line', 'why'], rows)}${more}`
}

/** Cells are markup already. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const heads = head.length > 0 ? `<thead><tr>${head.map((cell) => `<th>${cell}</th>`).join('')}</tr></thead>` : ''
  const body = rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('')
  return `<div class="scroll"><table>${heads}<tbody>${body}</tbody></table></div>`
}

/** A table that page.js fills; columns from `numbers` on hold numbers. */
function list(id: string, head: readonly string[], numbers: number): string {
  const cells = head.map((cell, i) => `<th scope="col"${i >= numbers ? ' class="right"' : ''}>${cell}</th>`).join('')
  const nav = `<nav id="${id.slice(0, -1)}-pages" aria-label="Pages of ${id}"></nav>`
  return `${nav}<div class="scroll"><table><thead><tr>${cells}</tr></thead><tbody id="${id}"></tbody></table></div>`
}
