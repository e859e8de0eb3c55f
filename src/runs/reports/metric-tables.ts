/** Tables of what a run has beside pass@k, for every format: nothing of those that do not apply to it. */
import type { Gathered } from './gathered.js'
import { number, percent } from './text.js'
import { intervalText } from './wording.js'

export interface MetricTable {
  readonly title: string
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** So many columns, from the first, are words; the others are numbers. */
  readonly words: number
  /** These words are of the benchmark, not ours. */
  readonly theirs?: true
}

export function metricTables(run: Gathered): MetricTable[] {
  return [failureTable(run), robustTable(run), taskTable(run), contextTable(run), buildingTable(run)].filter(
    ({ rows }) => rows.length > 0,
  )
}

/** Type, sub-type, count and rate of the kinds of failure that occurred. */
function failureTable({ failures: { rows, timeouts, other, samples } }: Gathered): MetricTable {
  const rate = (count: number) => `${((100 * count) / samples).toFixed(2)} %`
  const apart = [
    ['in none', 'time-out', timeouts],
    ['in none', 'other: no program, does not compile, other exceptions', other],
  ] as const
  return {
    title: 'Kinds of failure (CodeHalu)',
    head: ['type', 'kind of failure', 'candidates', 'share of judged'],
    words: 2,
    rows: [
      ...rows
        .filter(({ count }) => count > 0)
        .map(({ type, subtype, count }) => [type, subtype, number(count), rate(count)]),
      ...apart
        .filter(([, , count]) => count > 0)
        .map(([type, what, count]) => [type, what, number(count), rate(count)]),
    ],
  }
}

/** ReCode's metrics. */
function robustTable({ robust = [] }: Gathered): MetricTable {
  return {
    title: 'Robust pass@k: the worst of all versions of a prompt',
    head: ['changes', 'k', 'versions', 'problems', 'pass@k before', 'robust pass', 'robust drop', 'robust relative'],
    ...{ words: 1, theirs: true },
    rows: robust.map(({ comparison, k, versions: [fewest, most], problems, before, pass, drop, relative }) => [
      ...[comparison, String(k), fewest === most ? String(most) : `${fewest} to ${most}`, number(problems)],
      ...[before ? percent(before.value) : '–', intervalText(pass)],
      ...[drop === null ? '–' : percent(drop), relative ? intervalText(relative) : '–'],
    ]),
  }
}

/** Buggy-HumanEval's. */
function taskTable({ tasks = [] }: Gathered): MetricTable {
  return {
    title: 'pass@k with the mean of each task first',
    head: ['kind of problem', 'k', 'value (95 % interval)', 'tasks', 'problems'],
    ...{ words: 1, theirs: true },
    rows: tasks.map(({ kind, k, pass, tasks: of, problems }) => [
      ...[kind, String(k), intervalText(pass), number(of), number(problems)],
    ]),
  }
}

/** CoderEval's. */
function contextTable({ contextAtK = {} }: Gathered): MetricTable {
  return {
    title: 'Acc@k: names that the solutions use',
    head: ['k', 'all names in one of k', 'share of names in any of k', 'problems'],
    words: 0,
    rows: Object.entries(contextAtK).map(([k, { all, each, problems }]) => [
      ...[k, intervalText(all), intervalText(each), number(problems)],
    ]),
  }
}

/** HumanEval Pro's. */
function buildingTable({ buildingOn }: Gathered): MetricTable {
  const rows = buildingOn ? [['passed', buildingOn.passed] as const, ['did not pass', buildingOn.others] as const] : []
  return {
    title: 'Self-invoking: the new function uses that of the base problem',
    head: ['candidates', 'use it', 'do not', 'not known'],
    words: 1,
    rows: rows.map(([what, { using, not, unknown }]) => [what, ...[using, not, unknown].map(number)]),
  }
}
