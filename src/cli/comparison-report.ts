/** A comparison of runs for a person. */
import type { Bound, MoreSamples, Settling } from '../evaluate/index.js'
import type { ComparedRun, Comparison, Flip, PairComparison } from '../runs/index.js'
import { counted, heading, paint, percent, table, visible } from './output.js'

const shownProblems = 10

export function comparisonReport(comparison: Comparison, by?: string): string {
  const { runs, pairs, strengths, higher, remarks, alpha, k } = comparison
  const parts = [
    runTable(runs, k, alpha),
    ...pairs.map((pair) => pairLines(pair, alpha, by).join('\n')),
    strengths ? strengthTable(strengths, alpha) : '',
    higher
      ? `published   ${paint.bold(percent(higher.passAtK))} pass@${k} (${visible(higher.run)}), if the runs are ${higher.of} of the same replies: the higher score counts`
      : '',
    remarks.map((remark) => `note: ${visible(remark)}`).join('\n'),
    missingLines(runs).join('\n'),
  ]
  return parts.filter((part) => part !== '').join('\n\n')
}

const right = (head: string) => ({ head, align: 'right' as const })
const interval = (alpha: number) => `${Number((100 * (1 - alpha)).toFixed(4))} % interval`

function runTable(runs: readonly ComparedRun[], k: number, alpha: number): string {
  return table(
    ['run', right(`pass@${k}`), right(interval(alpha)), right('problems'), right('samples'), right('infrastructure')],
    runs.map(({ run, passAtK, problems, samples }) => [
      visible(run),
      paint.bold(percent(passAtK.value)),
      `${percent(passAtK.low)} to ${percent(passAtK.high)}`,
      `${passAtK.problems} of ${problems.of}`,
      `${samples.passed} of ${samples.judged}`,
      `${samples.infrastructure} of ${samples.judged + samples.infrastructure}`,
    ]),
  )
}

function pairLines(pair: PairComparison, alpha: number, by?: string): string[] {
  const { difference, flips, leftOut } = pair
  const { value, low, high, standardError, p, exact, problems, clusters } = difference
  const error = standardError === null ? '' : `, standard error ${(100 * standardError).toFixed(1)}`
  const grouped = by === undefined ? '' : ` in ${counted(clusters, 'cluster')} by ${visible(by)}`
  const missing = [
    ...list('only in the first', leftOut.onlyFirst),
    ...list('only in the second', leftOut.onlySecond),
    ...list('with too few samples', leftOut.tooFewSamples),
  ]
  return [
    `${heading(visible(pair.second))} against ${heading(visible(pair.first))}`,
    `difference  ${paint.bold(points(value))} points, ${interval(alpha)} ${points(low)} to ${points(high)}${error}`,
    `p-value     ${share(p)} (sign-flip test, ${exact ? 'exact' : 'sampled'}) over ${counted(problems, 'problem')}${grouped} that both have`,
    `better      ${flipText(flips.better)}`,
    `worse       ${flipText(flips.worse)}`,
    ...missing.map((text, i) => `${i === 0 ? 'left out' : '        '}    ${text}`),
    ...settlingLines(pair.settling, alpha).map((text, i) => `${i === 0 ? 'to settle' : '         '}   ${text}`),
  ]
}

function list(what: string, ids: readonly string[]): string[] {
  return ids.length === 0 ? [] : [`${counted(ids.length, 'problem')} ${what}: ${firstOf(ids.map(visible))}`]
}

function flipText(flips: readonly Flip[]): string {
  const passed = ({ c, n }: Flip['first']) => `${c}/${n}`
  const texts = flips.map(({ problemId, first, second }) => {
    const change = first.n === 1 && second.n === 1 ? '' : ` (${passed(first)} → ${passed(second)})`
    return `${visible(problemId)}${change}`
  })
  return flips.length === 0 ? 'no problem' : `${counted(flips.length, 'problem')}: ${firstOf(texts)}`
}

function firstOf(texts: readonly string[]): string {
  const more = texts.length - shownProblems
  return more > 0 ? `${texts.slice(0, shownProblems).join(', ')} and ${more} more (--json has all)` : texts.join(', ')
}

function settlingLines(settling: Settling, alpha: number): string[] {
  switch (settling.kind) {
    case 'settled':
      return [`nothing: p is at most ${alpha}`]
    case 'equal':
      return ['the difference is exactly 0: no number of problems or samples makes that significant']
    case 'unknown':
      return ['not known: with fewer than two independent problems nothing tells how problems vary']
    case 'open':
      return [
        `if the difference is what it seems, with a chance of 80 %: ${counted(settling.problems, 'problem')} in all,`,
        samplesText(settling.samples),
      ]
  }
}

function samplesText(samples: MoreSamples): string {
  switch (samples.kind) {
    case 'never':
      return 'while no number of samples per problem would: the problems vary too much, or are too few'
    case 'unknown':
      return 'and how many samples per problem is not known: it takes 2k of them to tell sampling from problems'
    case 'needed': {
      const { first, second } = samples
      return first === second
        ? `or ${counted(first, 'sample')} per problem`
        : `or ${counted(first, 'sample')} per problem of the first and ${second} of the second`
    }
  }
}

const bounds: Record<Exclude<Bound, 'finite'>, string> = {
  above: 'none: above any number, it never loses to those below',
  below: 'none: below any number, it never wins against those above',
  open: 'none: the results do not determine it',
}

function strengthTable({ models, problems }: NonNullable<Comparison['strengths']>, alpha: number): string {
  const end = (value: number | null, open: string) => (value === null ? open : value.toFixed(0))
  const rank = ({ strength, bound }: (typeof models)[number]) =>
    strength ?? { above: Infinity, below: -Infinity, open: -Infinity, finite: 0 }[bound]
  const rows = [...models]
    .sort((a, b) => (rank(a) < rank(b) ? 1 : rank(a) > rank(b) ? -1 : 0))
    .map(({ run, strength, low, high, bound, wins, ties, losses }) => [
      visible(run),
      String(wins),
      String(ties),
      String(losses),
      strength === null ? '–' : paint.bold(strength.toFixed(0)),
      bound === 'finite' ? `${end(low, '−∞')} to ${end(high, '∞')}` : bounds[bound],
    ])
  const columns = [right('wins'), right('ties'), right('losses'), right('strength')]
  return [
    `strengths over the ${counted(problems, 'problem')} that all have (Bradley–Terry with ties; 400 more is ten times the odds)`,
    table(['run', ...columns, interval(alpha)], rows),
  ].join('\n')
}

function missingLines(runs: readonly ComparedRun[]): string[] {
  const told = runs.flatMap(({ run, problems, samples, unreadable, unfinished }) => {
    const without = problems.of - problems.judged
    const parts = [
      ...(unfinished ? ['did not end (cupel eval --resume continues it)'] : []),
      ...(without > 0 ? [`${without} of ${counted(problems.of, 'problem')} without a verdict`] : []),
      ...(samples.infrastructure > 0
        ? [`${counted(samples.infrastructure, 'sample')} the machine could not judge (--resume tries again)`]
        : []),
      ...list('with too few samples', problems.tooFewSamples),
      ...(unreadable > 0 ? [`${counted(unreadable, 'line')} that could not be read`] : []),
    ]
    return parts.length === 0 ? [] : [`  ${visible(run)}: ${parts.join('; ')}`]
  })
  return told.length === 0 ? [] : [paint.yellow('incomplete: none of this is counted as a failure'), ...told]
}

/** Of a share, in percentage points with its sign. */
function points(value: number): string {
  const text = (100 * Math.abs(value)).toFixed(1)
  if (Number(text) === 0) return text
  return `${value < 0 ? '−' : '+'}${text}`
}

function share(p: number): string {
  return p < 0.0001 ? 'below 0.0001' : p.toFixed(p < 0.1 ? 4 : 2)
}
