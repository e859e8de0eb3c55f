/** The summary of an evaluation for a person. */
import { type Benchmark, type VerdictKind, verdictKinds } from '../kernel/index.js'
import { type EvaluateSummary, loadProblems, partRows, readVerdicts } from '../runs/index.js'
import { isolationText } from './isolation.js'
import { bar, counted, heading, paint, percent, seconds, table, visible } from './output.js'

const shownLines = 5

export async function evaluationReport(benchmark: Benchmark, summary: EvaluateSummary): Promise<string> {
  const parts = [
    `${heading(summary.benchmark)}  ${counted(summary.problems, 'problem')}, ${counted(summary.candidates, 'candidate')}`,
    ...(summary.unexpected ? [await recordedTable(benchmark, summary)] : []),
    passTable(summary),
    textTable(summary),
    verdictTable(summary),
    factLines(summary).join('\n'),
    (await missingLines(summary)).join('\n'),
    nextLines(summary).join('\n'),
  ]
  return parts.filter((part) => part !== '').join('\n\n')
}

function passTable({ passAtK, parts, ranked = {} }: EvaluateSummary): string {
  const row = (name: string, { value, low, high }: { value: number; low: number; high: number }) => [
    name,
    paint.bold(percent(value)),
    `${percent(low)} to ${percent(high)}`,
  ]
  const rows = [
    ...partRows(parts).map(([name, interval]) => row(name, interval)),
    ...Object.entries(passAtK).map(([k, interval]) => row(`pass@${k}`, interval)),
    ...Object.entries(ranked).map(([k, interval]) => row(`ranked pass@${k}`, interval)),
  ]
  if (rows.length === 0) return ''
  return table(['', { head: 'value', align: 'right' }, { head: '95 % interval', align: 'right' }], rows)
}

/** Where programs are only compared, passing is the exact match. */
function textTable({ texts = {}, verdicts, candidates }: EvaluateSummary): string {
  const judged = candidates - (verdicts.infrastructure ?? 0)
  return Object.entries(texts)
    .map(([language, { bleu, codeBleu, ngrams, weightedNgrams, syntax, dataFlow, candidates: compared, leftOut }]) => {
      const rows: [string, number | null][] = [
        ...(compared === judged ? [['exact match', (100 * (verdicts.passed ?? 0)) / judged] as [string, number]] : []),
        ['BLEU', bleu],
        ['CodeBLEU', codeBleu],
        ['  n-grams', ngrams],
        ['  with keywords', weightedNgrams],
        ['  syntax', syntax],
        ['  data flow', dataFlow],
      ]
      const head = { head: `${language}, ${compared}`, align: 'right' as const }
      return [
        table(
          ['texts', head],
          rows.map(([name, value]) => [name, value === null ? 'none' : value.toFixed(2)]),
        ),
        ...(leftOut > 0 ? [`not compared: ${counted(leftOut, 'candidate')}`] : []),
      ].join('\n')
    })
    .join('\n\n')
}

function verdictTable({ verdicts, candidates }: EvaluateSummary): string {
  const rows = verdictKinds.flatMap((kind) => {
    const count = verdicts[kind]
    if (!count) return []
    return [[inColour(kind), String(count), percent(count / candidates), inColour(kind, bar(count / candidates))]]
  })
  return rows.length === 0
    ? ''
    : table(['verdict', { head: 'count', align: 'right' }, { head: 'share', align: 'right' }, ''], rows)
}

function inColour(kind: VerdictKind, text: string = kind): string {
  if (kind === 'passed') return paint.green(text)
  return kind === 'infrastructure' || kind === 'cheated' ? paint.magenta(text) : paint.yellow(text)
}

function factLines({ isolations, seconds: took, executions, inProcess }: EvaluateSummary): string[] {
  const levels = new Map<string, string[]>()
  for (const [language, isolation] of Object.entries(isolations)) {
    const level = isolationText(isolation)
    levels.set(level, [...(levels.get(level) ?? []), language])
  }
  const because = [...new Set(Object.values(isolations).flatMap(({ because }) => because ?? []))]
  return [
    ...[...levels].map(([level, languages]) => `isolation  ${level}: ${languages.sort().join(', ')}`),
    ...because.map((why) => `           nothing stronger because ${visible(why)}`),
    ...(inProcess > 0
      ? [`           ${counted(inProcess, 'verdict')} decided beside the candidate, which is weaker`]
      : []),
    ...(took > 0
      ? [`time       ${seconds(took)}, ${counted(executions, 'execution')} in this session, ${rate(executions, took)}`]
      : []),
  ]
}

function rate(executions: number, took: number): string {
  const each = executions / Math.max(took, 0.001)
  return `${each.toFixed(each < 10 ? 1 : 0)} per second`
}

async function missingLines({ missing, stopped, out }: EvaluateSummary): Promise<string[]> {
  const { problems, lines, infrastructure } = missing
  const told = [
    ...(problems > 0
      ? [`${counted(problems, 'problem')} without ${stopped ? 'a verdict so far' : 'a candidate'}`]
      : []),
    ...(infrastructure > 0
      ? [
          `${counted(infrastructure, 'candidate')} the machine could not judge (--resume tries again):`,
          ...(await infrastructureReasons(out)).map((reason) => `  ${visible(reason)}`),
        ]
      : []),
    ...(lines.length > 0 ? [`${counted(lines.length, 'line')} that could not be read:`] : []),
    ...lines.slice(0, shownLines).map(({ reason }) => `  ${visible(reason)}`),
    ...(lines.length > shownLines ? [`  and ${lines.length - shownLines} more, in events.jsonl of the run`] : []),
  ]
  return told.length === 0 ? [] : [paint.yellow('incomplete'), ...told.map((line) => `  ${line}`)]
}

/** The first few that differ, one line each. */
async function infrastructureReasons(out: string): Promise<string[]> {
  const reasons = new Set<string>()
  for await (const { verdict } of readVerdicts(out))
    if (verdict.kind === 'infrastructure' && reasons.size < shownLines)
      reasons.add((verdict.reason.split('\n')[0] ?? '').slice(0, 200))
  return [...reasons]
}

function nextLines({ out, unexpected, stopped }: EvaluateSummary): string[] {
  const verdicts = `run        ${out} (cupel report shows each candidate with its evidence)`
  if (stopped) return [verdicts]
  if (unexpected && unexpected.length > 0)
    return [paint.red(`${counted(unexpected.length, 'verdict')} not as expected`), verdicts, 'next       cupel doctor']
  if (unexpected)
    return [
      'every verdict is as expected',
      verdicts,
      'next       cupel eval humaneval --samples FILE, or --method direct --model …',
    ]
  return [verdicts]
}

/** Each problem with the verdicts of its recorded candidates, and what was expected where it differs. */
async function recordedTable(benchmark: Benchmark, { out, unexpected = [] }: EvaluateSummary): Promise<string> {
  const problems = await loadProblems(benchmark)
  const expected = new Map(unexpected.map(({ problemId, sample, expect }) => [`${problemId}\0${sample}`, expect]))
  const found = new Map<string, string[]>()
  for await (const { problemId, sample, verdict } of readVerdicts(out)) {
    const cells = found.get(problemId) ?? []
    found.set(problemId, cells)
    const wanted = expected.get(`${problemId}\0${sample}`)
    cells[sample] = wanted ? paint.red(`${verdict.kind} (expected ${wanted})`) : inColour(verdict.kind)
  }
  const rows = [...problems.keys()].flatMap((id) => {
    const cells = found.get(id)
    return cells ? [[visible(id), Array.from(cells, (cell) => cell ?? '–').join('  ')]] : []
  })
  return table(['problem', 'candidates'], rows)
}
