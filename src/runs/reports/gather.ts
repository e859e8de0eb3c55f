/**
 * Reads a run folder into the one object that every format of a report is written from. Reads only: a run that another
 * process is working on is reported as far as it is.
 * A candidate takes some 300 bytes, and its texts what `held-texts.ts` has room for. Not covered: tens of millions of them.
 */
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { hallucinationTable, passAtKOverProblems } from '../../evaluate/index.js'
import {
  BadDataError,
  type Benchmark,
  CupelError,
  describeError,
  type JudgedProblem,
  NotFoundError,
  type VerdictKind,
} from '../../kernel/index.js'
import { fewestOf, partTables, passTable, Tally } from '../figures.js'
import { benchmarkOf, headerFile, readHeader, type RunHeader } from '../header.js'
import { KeyTable } from '../key-table.js'
import { chosenProblems, loadProblems } from '../problems.js'
import { eventsFile, summaryFile } from '../run.js'
import { readSamples } from '../samples.js'
import { readSummary } from '../summary-file.js'
import { textFigures } from '../text-metrics/figures.js'
import { place, readVerdicts, verdictsFile } from '../verdict-records.js'
import { candidateRow, longestText, originOf } from './candidate-row.js'
import type { CandidateRow, CurvePoint, Gathered } from './gathered.js'
import { taskRows } from './by-task.js'
import { groupings } from './groups.js'
import { buildingOn, ProgramTexts } from './program-texts.js'
import { HeldTexts } from './held-texts.js'
import { robustRows } from './robustness.js'
import { candidatesOf } from './sources.js'
import { counted } from './text.js'

/** Throws NotFoundError, BadDataError or StorageError: one sentence that says what is wrong with the folder. */
export async function gather(dir: string, benchmarks: readonly Benchmark[]): Promise<Gathered> {
  const header = headerOf(dir)
  const remarks: string[] = []
  const summary = readSummary(join(dir, summaryFile))
  const benchmark = benchmarkOf(header, benchmarks)
  const problems = benchmark ? await problemsOf(benchmark, header, remarks) : undefined
  if (!benchmark) remarks.push(`this Cupel does not know the benchmark ${header.benchmark}`)

  const held = new HeldTexts()
  const { tally, rows } = await verdictsOf(dir, problems, remarks, benchmark?.parts, held)
  if (rows.all.length === 0)
    throw new BadDataError(`${dir} holds no verdict yet: continue its evaluation with --resume`)
  const sources =
    benchmark && problems
      ? { benchmark, problems: problems.chosen, texts: new ProgramTexts(benchmark, problems.chosen) }
      : undefined
  const { missing, unexpected } = await attachPrograms(dir, header, sources, rows, remarks, held)
  if (held.leftOut > 0)
    remarks.push(`not shown, since they do not fit into memory: ${counted(held.leftOut, 'text')} of candidates`)

  const waiting = missing.length
  const without = problems ? [...problems.chosen.keys()].filter((id) => !tally.counts.has(id)) : []
  const named = new Set(missing.map(({ problemId }) => problemId))
  missing.push(...without.filter((id) => !named.has(id)).map((problemId) => ({ problemId, sample: null })))
  const candidates = rows.all
  const order = new Map([...(problems?.chosen.keys() ?? tally.counts.keys())].map((id, i) => [id, i]))
  const rank = ({ problemId }: { readonly problemId: string }) => order.get(problemId) ?? order.size
  candidates.sort((a, b) => rank(a) - rank(b) || a.sample - b.sample)

  const lines = summary?.missing.lines ?? (await rejectedLines(dir))
  const infrastructure = tally.verdicts.infrastructure ?? 0
  const reported = summary ? Object.keys(summary.passAtK).map(Number) : (benchmark?.k ?? [1])
  const language = (id: string) => problems?.chosen.get(id)?.problem.language ?? null
  const session = header.resumed.at(-1) ?? header
  const robust = benchmark && problems ? robustRows(benchmark, problems.chosen.values(), candidates, reported) : []
  const tasks = benchmark && problems ? taskRows(benchmark, problems.chosen.values(), tally.counts, reported) : []
  const texts = sources && (await textFigures(dir, sources.benchmark, sources.problems))
  return {
    schema: 1,
    benchmark: header.benchmark,
    out: dir,
    run: {
      cupel: session.cupel,
      command: session.command,
      started: header.started,
      sessions: 1 + header.resumed.length,
      options: session.options,
      isolations: tally.isolations,
      seconds: summary?.seconds ?? null,
      executions: summary?.executions ?? null,
    },
    finished: summary !== undefined,
    incomplete: !summary || infrastructure > 0 || lines.length > 0 || missing.length > 0,
    remarks,
    counts: {
      problems: tally.counts.size,
      candidates: tally.candidates,
      judged: tally.candidates - infrastructure,
      passed: tally.verdicts.passed ?? 0,
      infrastructure,
      inProcess: tally.inProcess,
      waiting,
      problemsWithout: problems ? without.length : null,
      unreadableLines: lines.length,
    },
    verdicts: tally.verdicts,
    failures: hallucinationTable(failuresOf(candidates)),
    passAtK: passTable(tally.counts, reported),
    ...partTables(tally, reported),
    curve: curveOf(tally),
    ...(summary?.ranked ? { ranked: summary.ranked } : {}),
    ...(texts ? { texts } : {}),
    groups: problems
      ? groupings(
          [...problems.chosen.values()].map(({ problem }) => problem),
          tally.counts,
          reported,
        )
      : [],
    ...(robust.length > 0 ? { robust } : {}),
    ...(tasks.length > 0 ? { tasks } : {}),
    ...buildingOn(candidates),
    ...sources?.texts.figures(reported),
    problems: [...tally.counts]
      .map(([problemId, { n, c, infrastructure }]) => ({
        problemId,
        language: language(problemId),
        judged: n,
        passed: c,
        infrastructure,
      }))
      .sort((a, b) => rank(a) - rank(b)),
    candidates,
    missing,
    lines,
    ...(unexpected ? { unexpected } : {}),
  }
}

function headerOf(dir: string): RunHeader {
  const found = statSync(dir, { throwIfNoEntry: false })
  if (!found) throw new NotFoundError(`there is no folder ${dir}: name the folder of a run, as cupel eval printed it`)
  if (!found.isDirectory()) throw new NotFoundError(`${dir} is a file: name the folder of a run`)
  const header = readHeader(dir, 'name the folder of another run')
  if (header) return header
  throw new NotFoundError(`${dir} holds no run (it has no ${headerFile}): name a folder that cupel eval has written`)
}

const choice = z.object({
  only: z.array(z.string()).optional(),
  first: z.number().optional(),
  where: z.array(z.string()).optional(),
})

interface Problems {
  readonly chosen: ReadonlyMap<string, JudgedProblem>
}

/** Those the last session was about. A reader without the benchmark's data still gets what the verdicts say. */
async function problemsOf(benchmark: Benchmark, header: RunHeader, remarks: string[]): Promise<Problems | undefined> {
  const { data: { only, first, where } = {} } = choice.safeParse((header.resumed.at(-1) ?? header).options)
  try {
    const asked = { ...(only ? { only } : {}), ...(first === undefined ? {} : { first }), ...(where ? { where } : {}) }
    return { chosen: chosenProblems(await loadProblems(benchmark), benchmark.name, asked) }
  } catch (error) {
    if (!(error instanceof CupelError)) throw error
    remarks.push(`programs, groups and problems without candidates are not shown: ${describeError(error)}`)
    return undefined
  }
}

type Row = { -readonly [Field in keyof CandidateRow]: CandidateRow[Field] }

/** In the order of the file; where a row stands, by problem and sample and by the key of its verdict. */
interface Rows {
  readonly all: Row[]
  readonly byPlace: KeyTable
  readonly byKey: KeyTable
}

function* failuresOf(rows: readonly CandidateRow[]) {
  for (const { failure } of rows) yield failure
}

async function verdictsOf(
  dir: string,
  problems: Problems | undefined,
  remarks: string[],
  parts: readonly string[] | undefined,
  held: HeldTexts,
): Promise<{ tally: Tally; rows: Rows }> {
  const tally = new Tally(parts)
  const rows: Rows = { all: [], byPlace: new KeyTable(), byKey: new KeyTable() }
  const ids = new Map<string, string>()
  let [malformed, others] = [0, 0]
  if (existsSync(join(dir, verdictsFile)))
    for await (const { key, problemId, sample, verdict } of readVerdicts(dir, { onMalformed: () => malformed++ })) {
      const language = problems?.chosen.get(problemId)?.problem.language
      if (problems && language === undefined) {
        others++
        continue
      }
      tally.add(problemId, language ?? 'unknown', verdict)
      // One string for all candidates of a problem.
      const id = ids.get(problemId) ?? problemId
      ids.set(id, id)
      rows.byPlace.set(place({ problemId, sample }), rows.all.length)
      rows.byKey.set(key, rows.all.length)
      rows.all.push(candidateRow(id, sample, verdict, language, held))
    }
  if (malformed > 0)
    remarks.push(`not counted: ${counted(malformed, 'line')} of ${verdictsFile} that could not be read`)
  if (others > 0)
    remarks.push(`not counted: ${counted(others, 'verdict')} about problems that the last session was not asked for`)
  return { tally, rows }
}

interface Sources {
  readonly benchmark: Benchmark
  readonly problems: ReadonlyMap<string, JudgedProblem>
  readonly texts: ProgramTexts
}

/** Adds program, origin and expectation to the rows. Returns the candidates without a verdict. */
async function attachPrograms(
  dir: string,
  header: RunHeader,
  sources: Sources | undefined,
  rows: Rows,
  remarks: string[],
  held: HeldTexts,
): Promise<{ missing: { problemId: string; sample: number | null }[]; unexpected: Gathered['unexpected'] }> {
  const missing: { problemId: string; sample: number | null }[] = []
  const unexpected: { problemId: string; sample: number; expect: VerdictKind; verdict: VerdictKind }[] = []
  let [expecting, differing] = [false, 0]
  if (sources)
    for await (const found of candidatesOf(dir, header, sources.benchmark, sources.problems)) {
      if (typeof found === 'string') {
        remarks.push(found)
        continue
      }
      const { candidate, sample, expect, keys } = found
      const { problemId, code } = candidate
      const index = [...keys].map((key) => rows.byKey.get(key)).find((found) => found !== undefined)
      const row = index === undefined ? undefined : rows.all[index]
      if (row) {
        row.code = held.clipped(code, longestText)
        Object.assign(row, sources.texts.add(problemId, code))
        row.origin = held.same(originOf(candidate), row.origin)
        if (expect) {
          row.expect = expect
          expecting = true
          if (expect !== row.kind) unexpected.push({ problemId, sample, expect, verdict: row.kind })
        }
      } else if (rows.byPlace.get(place({ problemId, sample })) !== undefined) differing++
      else missing.push({ problemId, sample })
    }
  if (differing > 0)
    remarks.push(`without program: ${counted(differing, 'candidate')} whose program has changed since it was judged`)
  return { missing, unexpected: expecting ? unexpected : undefined }
}

/** What earlier sessions could not read, each line once. */
async function rejectedLines(dir: string): Promise<{ line: number; reason: string }[]> {
  const path = join(dir, eventsFile)
  const lines = new Map<number, { line: number; reason: string }>()
  if (!existsSync(path)) return []
  for await (const item of readSamples(path)) {
    const { type, line, reason } = (('value' in item ? item.value : null) as Record<string, unknown>) ?? {}
    if (type === 'rejected' && typeof line === 'number' && typeof reason === 'string') lines.set(line, { line, reason })
  }
  return [...lines.values()]
}

/** Every k to 10, then about 12 more in equal ratios, and the largest. */
function curveOf({ counts }: Tally): CurvePoint[] {
  const fewest = fewestOf(counts)
  const ks = new Set<number>()
  for (let k = 1; k <= Math.min(10, fewest); k++) ks.add(k)
  if (fewest > 10) for (let i = 1; i <= 12; i++) ks.add(Math.round(10 * (fewest / 10) ** (i / 12)))
  return [...ks].flatMap((k) => {
    if ([...counts.values()].every(({ n }) => n < k)) return []
    const { value, low, high, problems } = passAtKOverProblems(counts, k)
    return [{ k, value, low, high, problems }]
  })
}
