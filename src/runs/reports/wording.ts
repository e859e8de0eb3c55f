/** Sentences and tables that several formats share. */
import { type Interval, type VerdictKind, verdictKinds } from '../../kernel/index.js'
import type { CandidateRow, Gathered, Group } from './gathered.js'
import { counted, number, percent } from './text.js'

/** What stands at the top: why the figures are not all there is. Empty for a run that is complete. */
export function warnings({ finished, counts, missing }: Gathered): string[] {
  const { infrastructure, waiting, unreadableLines } = counts
  const without = missing.filter(({ sample }) => sample === null).length
  return [
    ...(finished
      ? []
      : ['This run is unfinished: it goes on, or was stopped. The figures are of what was judged so far.']),
    ...(waiting > 0 ? [`${counted(waiting, 'candidate')} without a verdict so far.`] : []),
    ...(without > 0 ? [`${counted(without, 'problem')} without a candidate; in no figure.`] : []),
    ...(infrastructure > 0
      ? [
          `${counted(infrastructure, 'candidate')} the machine could not judge; in no denominator, never counted as failed.`,
        ]
      : []),
    ...(unreadableLines > 0 ? [`${counted(unreadableLines, 'line')} of the samples could not be read.`] : []),
  ]
}

export interface VerdictCount {
  readonly kind: VerdictKind
  readonly count: number
  /** Of the verdicts about candidates; null for `infrastructure`, which is none. */
  readonly share: number | null
}

/** Kinds that occurred, in the order of the vocabulary. */
export function verdictCounts({ verdicts, counts }: Gathered): VerdictCount[] {
  return verdictKinds.flatMap((kind) => {
    const count = verdicts[kind] ?? 0
    if (count === 0) return []
    return [{ kind, count, share: kind === 'infrastructure' ? null : count / counts.judged }]
  })
}

/** `156 of 160 candidates judged, 4 lost to infrastructure, 2 missing` */
export function denominators({ counts, missing }: Gathered): string {
  const { judged, candidates, infrastructure, problems } = counts
  return `${counted(problems, 'problem')}; ${number(judged)} of ${counted(candidates, 'candidate')} judged, ${number(infrastructure)} lost to infrastructure, ${number(missing.length)} missing`
}

export function isolationLines({ run }: Gathered): string[] {
  const levels = new Map<string, string[]>()
  for (const [language, { level, tier, server }] of Object.entries(run.isolations)) {
    const name = `${level}, ${tier}${server ? ` at ${server}` : ''}`
    levels.set(name, [...(levels.get(name) ?? []), language])
  }
  return [...levels].map(([name, languages]) => `${name}: ${languages.sort().join(', ')}`)
}

/** `direct · openai/gpt-4o · fence` */
export function originText({ origin: { method, model, how } }: CandidateRow): string {
  return [method, model, how].filter((part) => part !== undefined).join(' · ')
}

export function testsText({ tests: { passed, total } }: CandidateRow): string {
  return total === 0 ? '' : `${passed} of ${total}`
}

/** Facts about the run, as name and value. */
export function facts(run: Gathered): [string, string][] {
  const { command, cupel, started, sessions, options, seconds, executions } = run.run
  const { method, model } = options
  return [
    ['benchmark', run.benchmark],
    ['run', run.out],
    ['command', command.join(' ')],
    ...(typeof method === 'string' ? [['method', method] as [string, string]] : []),
    ...(typeof model === 'string' ? [['model', model] as [string, string]] : []),
    ['started', `${started}${sessions > 1 ? `, ${sessions} sessions` : ''}`],
    ...(seconds === null
      ? []
      : [
          ['time', `${seconds.toFixed(1)} s, ${counted(executions ?? 0, 'execution')} in the last session`] as [
            string,
            string,
          ],
        ]),
    ...isolationLines(run).map((line): [string, string] => ['isolation', line]),
    ...(run.counts.inProcess > 0
      ? [['weaker', `${counted(run.counts.inProcess, 'verdict')} decided beside the candidate`] as [string, string]]
      : []),
    ['Cupel', cupel],
  ]
}

/** `62.1 % (45.0 % to 78.2 %)` */
export function intervalText({ value, low, high }: Interval): string {
  return `${percent(value)} (${percent(low)} to ${percent(high)})`
}

/** Of a group; the interval is over problems, so one problem has none. */
export function groupText({ pass, problems }: Pick<Group, 'pass' | 'problems'>): string {
  if (!pass) return '–'
  return problems > 1 ? intervalText(pass) : `${percent(pass.value)} (one problem)`
}

/** The figures of a group in a row: pass@1, and pass@k of each of the others. */
export function groupCells(group: Group, ks: readonly number[]): string[] {
  const text = (k: number) => {
    const pass = group.passAtK[k]
    return pass ? groupText({ pass, problems: pass.problems }) : '–'
  }
  return [groupText(group), ...ks.map(text)]
}
