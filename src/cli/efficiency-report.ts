/** What was measured of a run's programs, for a person. */
import type { NormalisedFigure } from '../evaluate/index.js'
import type { Efficiency } from '../runs/index.js'
import { isolationText } from './isolation.js'
import { counted, heading, paint, percent, table, visible } from './output.js'

const shown = 5
const right = (...heads: readonly string[]) => heads.map((head) => ({ head, align: 'right' as const }))

export function efficiencyReport(found: Efficiency): string[] {
  const parts = [
    [heading(`${found.benchmark}: efficiency`), ...facts(found)].join('\n'),
    normalised(found),
    speedUps(found),
    optimised(found),
    knownSolutions(found),
    unmeasured(found),
    [
      ...found.remarks.map((remark) => `note       ${visible(remark)}`),
      ...(found.stopped ? [`stopped: only ${counted(found.rows.length, 'problem')} measured`] : []),
    ].join('\n'),
  ]
  return [parts.filter((part) => part !== '').join('\n\n')]
}

function facts({ cost, machine, isolation, spread, start, rows }: Efficiency): string[] {
  return [
    `cost       ${cost.what} from the start of a process to its end, ${cost.taken} (${cost.repeats}, in turns, one at a time)`,
    `           ${cost.because}`,
    `machine    ${visible(machine.cpu)}, ${counted(machine.cores, 'core')}, ${machine.system}; everything was measured on it just now`,
    ...(isolation ? [`isolation  ${isolationText(isolation)}`] : []),
    `measured   ${counted(rows.length, 'problem')}`,
    ...(spread
      ? [
          `spread     of the runs of one program: median ${percent(spread.median)}, worst ${percent(spread.worst)} above the least`,
        ]
      : []),
    ...(start
      ? [
          `start      the cheapest program took ${start.cpuMs.toFixed(2)} ms; ${start.near} of ${start.of} take less than twice that, and ratios of those say little`,
        ]
      : []),
  ]
}

function normalised({ normalised: { net, nmu, ntmu, means, excluded }, withoutIntegral }: Efficiency): string {
  const row = (name: string, mean: string, figure: NormalisedFigure | null) => [
    name,
    mean,
    ...(figure
      ? [
          paint.bold(times(figure.ratioOfSums)),
          times(figure.meanOfRatios),
          `${times(figure.worst.ratio)} (${visible(figure.worst.problemId)})`,
          percent(figure.aboveFive),
          String(figure.rows),
        ]
      : ['–', '–', '–', '–', '0']),
  ]
  const head = right('mean', 'ratio of sums', 'mean of ratios', 'worst', 'above 5', 'programs')
  return [
    heading("Against the benchmark's own solutions (EffiBench; correct programs only)"),
    table(
      ['', ...head],
      [
        row('time (ET, NET)', means ? `${(1000 * means.seconds).toFixed(2)} ms` : '–', net),
        row('peak memory (MU, NMU)', means ? `${means.peakMb.toFixed(2)} MB` : '–', nmu),
        row('memory × time (TMU, NTMU)', integral(means?.mbSeconds), ntmu),
      ],
    ),
    ...(withoutIntegral === null ? [] : [`NTMU is not measured: ${withoutIntegral}`]),
    `left out   ${counted(excluded.incorrect.length, 'program')} not correct, ${excluded.unmeasured.length} correct and not measured`,
  ].join('\n')
}

function speedUps({ speedUps: tables }: Efficiency): string {
  const [first] = tables
  if (!first) return ''
  const thresholds = Object.keys(first.optimised).sort((a, b) => Number(a) - Number(b))
  const rows = tables.map(({ n, speedUp, correct, optimised }) => [
    `best@${n}`,
    times(speedUp),
    percent(correct),
    ...thresholds.map((threshold) => percent(optimised[threshold] ?? 0)),
  ])
  return [
    heading(`Speed-up over the benchmark's own solutions (PIE; ${counted(first.programs, 'program')}, none below 1)`),
    table(['', ...right('speed-up', '%Correct', ...thresholds.map((threshold) => `%Opt ${threshold}×`))], rows),
  ].join('\n')
}

function optimised({ optimised: found }: Efficiency): string {
  if (found.length === 0) return ''
  return [
    heading(`Optimised programs (CodeScope; of ${counted(found[0]?.programs ?? 0, 'program')})`),
    table(
      ['', ...right('a mean below the least of the program')],
      found.map(({ k, value }) => [`Opt@${k}`, percent(value)]),
    ),
  ].join('\n')
}

function knownSolutions({ known }: Efficiency): string {
  const title = heading('Among known solutions')
  if (!known)
    return `${title}\nnot measured: it takes two known solutions of a problem; --solutions FILE brings more than the benchmark's own`
  return [
    `${title} (${known.solutions} of ${counted(known.problems, 'problem')}; ${counted(known.candidates, 'candidate')}, 0 where one is not correct)`,
    table(
      ['', ...right('mean')],
      [
        ['Beyond (Mercury): place between slowest and fastest', percent(known.beyond)],
        ['percentile: solutions that cost more', percent(known.percentile)],
        ['DPS (like EvalPerf): solutions matched or beaten', percent(known.score)],
        ['DPS, normalised: levels matched or beaten', percent(known.normalisedScore)],
      ],
    ),
  ].join('\n')
}

function unmeasured({ unmeasured: all }: Efficiency): string {
  if (all.length === 0) return ''
  return [
    paint.yellow('not measured'),
    ...all
      .slice(0, shown)
      .map(({ problemId, what, because }) => `  ${visible(problemId)} ${what}: ${visible(because)}`),
    ...(all.length > shown ? [`  and ${all.length - shown} more, in --json`] : []),
  ].join('\n')
}

function integral(mbSeconds: number | null | undefined): string {
  return typeof mbSeconds === 'number' ? `${mbSeconds.toFixed(3)} MB·s` : '–'
}

/** `3.12×` */
function times(ratio: number): string {
  return `${ratio.toFixed(2)}×`
}
