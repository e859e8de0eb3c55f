/** The plots of an HTML report, each with the table of its figures below it. */
import { partRows } from '../figures.js'
import type { Gathered, Grouping } from './gathered.js'
import { groupingNote, groupKs } from './groups.js'
import { markup, markupLine } from './markup.js'
import { type Bar, barPlot, curvePlot, type Drawing, histogramPlot, logarithmicBins } from './plots.js'
import { bytes, counted, milliseconds, number, percent } from './text.js'
import { groupCells, intervalText, verdictCounts } from './wording.js'

export function figures(run: Gathered): string {
  const groups = run.groups.map(groupFigure).filter((figure) => figure !== '')
  const fields = run.groups.map(({ field }) => field)
  const none = fields.every((field) => field === 'language' || field === 'kind')
  return `${passFigures(run)}<div class="plots">${[
    passCurve(run),
    verdictFigure(run),
    histogram(run, 'cpu', 'CPU time', 'CPU time of one candidate (logarithmic)', milliseconds, ({ cpuMs }) => cpuMs),
    histogram(
      run,
      'memory',
      'Peak memory',
      'peak memory of one candidate (logarithmic)',
      bytes,
      (row) => row.peakBytes,
    ),
    ...groups,
  ].join(
    '',
  )}</div>${none ? '<p class="note">The problems carry no tags, difficulty or dates: there is no plot by them.</p>' : ''}`
}

function passFigures({ passAtK, parts, ranked = {} }: Gathered): string {
  const rows = [
    ...partRows(parts).map(([name, value]) => [name, value, counted(value.problems, 'problem')] as const),
    ...Object.entries(passAtK).map(([k, value]) => [`pass@${k}`, value, counted(value.problems, 'problem')] as const),
    ...Object.entries(ranked).map(([k, value]) => [`ranked pass@${k}`, value, ''] as const),
  ]
  if (rows.length === 0) return '<p>There is no pass@k yet: no candidate has a verdict.</p>'
  return table(
    ['', 'value (95 % interval)', 'mean over'],
    rows.map(([name, value, over]) => [name, intervalText(value), over]),
  )
}

function passCurve({ curve }: Gathered): string {
  const [first, last] = [curve[0], curve.at(-1)]
  if (!first || !last) return ''
  const ends = last === first ? '' : `, pass@${last.k} ${percent(last.value)}`
  return figure(
    {
      id: 'curve',
      title: 'pass@k',
      description: `pass@1 ${percent(first.value)}${ends}; the band is the 95 % interval over problems`,
    },
    (drawing) => curvePlot(drawing, curve),
    ['k', 'pass@k (95 % interval)', 'problems'],
    curve.map((point) => [String(point.k), intervalText(point), number(point.problems)]),
  )
}

function verdictFigure(run: Gathered): string {
  const all = verdictCounts(run)
  const { infrastructure, candidates, judged } = run.counts
  const bars = all.flatMap(({ kind, count, share }): Bar[] =>
    share === null
      ? []
      : [
          {
            label: kind,
            share,
            text: `${number(count)}  (${percent(share)})`,
            kind: kind === 'passed' || kind === 'cheated' ? kind : 'failed',
          },
        ],
  )
  return figure(
    {
      id: 'verdicts',
      title: 'Verdicts',
      description: `of ${counted(judged, 'candidate')} judged: ${bars.map((bar) => `${bar.label} ${bar.text}`).join(', ')}; ${number(infrastructure)} of ${number(candidates)} lost to infrastructure are not in it`,
    },
    (drawing) => barPlot(drawing, bars, 'share of the candidates that were judged'),
    ['verdict', 'candidates', 'share of judged'],
    all.map(({ kind, count, share }) => [kind, number(count), share === null ? 'in no denominator' : percent(share)]),
  )
}

function histogram(
  { candidates }: Gathered,
  id: string,
  title: string,
  axis: string,
  unit: (value: number) => string,
  read: (row: Gathered['candidates'][number]) => number,
): string {
  const values = candidates.filter(({ kind }) => kind !== 'infrastructure').map(read)
  const bins = logarithmicBins(values)
  if (bins.length === 0) return ''
  const sorted = values.filter((value) => value > 0).sort((a, b) => a - b)
  const at = (share: number) => unit(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0)
  const unknown = values.length - sorted.length
  return figure(
    {
      id,
      title,
      description: `${counted(sorted.length, 'candidate')}: median ${at(0.5)}, 95 of 100 below ${at(0.95)}, largest ${unit(sorted.at(-1) ?? 0)}${unknown > 0 ? `; ${number(unknown)} not run or not measured are not in it` : ''}`,
    },
    (drawing) => histogramPlot(drawing, bins, axis, unit),
    ['from', 'to', 'candidates'],
    bins.map(({ from, to, count }) => [unit(from), unit(to), number(count)]),
  )
}

function groupFigure(grouping: Grouping, index: number): string {
  const { field, groups, kind } = grouping
  const bars = groups.flatMap(({ name, pass, problems }): Bar[] =>
    pass
      ? [
          {
            label: name,
            share: pass.value,
            ...(problems > 1 ? { interval: pass } : {}),
            text: `${percent(pass.value)}, ${counted(problems, 'problem')}`,
          },
        ]
      : [],
  )
  if (bars.length === 0) return ''
  const title = `pass@1 by ${field}${kind === 'window' ? ' (date window)' : ''}`
  const note = groupingNote(grouping)
  const ks = groupKs(grouping)
  return figure(
    {
      id: `group-${index}`,
      title,
      description: `mean over problems with its 95 % interval, behind it the number of problems${note ? `; ${note}` : ''}`,
    },
    (drawing) => barPlot(drawing, bars, 'pass@1'),
    [
      field,
      ...[1, ...ks].map((k) => `pass@${k} (95 % interval)`),
      ...['problems', 'judged', 'passed', 'infrastructure'],
    ],
    groups.map((group) => [
      group.name,
      ...groupCells(group, ks),
      ...[group.problems, group.judged, group.passed, group.infrastructure].map(number),
    ]),
  )
}

function figure(
  drawing: Drawing,
  plot: (drawing: Drawing) => string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  return `<figure><h3>${markupLine(drawing.title)}</h3>${plot(drawing)}<figcaption>${markup(drawing.description)}</figcaption><details><summary>As a table</summary>${table(head, rows)}</details></figure>`
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = (row: readonly string[], name: 'th' | 'td') =>
    row.map((cell, i) => `<${name}${i > 0 ? ' class="right"' : ''}>${markupLine(cell)}</${name}>`).join('')
  return `<div class="scroll"><table><thead><tr>${cells(head, 'th')}</tr></thead><tbody>${rows.map((row) => `<tr>${cells(row, 'td')}</tr>`).join('')}</tbody></table></div>`
}
