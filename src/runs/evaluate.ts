/**
 * An evaluation: candidates are judged as fast as the sandbox goes, each verdict is written down at once, and the
 * figures are computed from all of them. Stopping at any moment loses nothing; `resume` continues.
 */
import { createHash } from 'node:crypto'
import { createReadStream, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { rankedPassAtK, bootstrapMean } from '../evaluate/index.js'
import { Judge, type Sandbox } from '../execute/index.js'
import {
  type Benchmark,
  type Candidate,
  type Interval,
  type Isolation,
  type JudgedProblem,
  type Limits,
  UsageError,
  type Verdict,
  type VerdictKind,
  limitsFrom,
  problemLimits,
} from '../kernel/index.js'
import { type MethodSource, type Proposal, fromMethod, fromRecording, fromSamples } from './candidates.js'
import { foundFiles } from './data.js'
import { EqualPrograms } from './equal-programs.js'
import { type PassTable, Tally, partTables, passTable } from './figures.js'
import { chosenProblems, isPart, loadProblems } from './problems.js'
import { Progress } from './progress.js'
import { type Run, openRun } from './run.js'
import { solvedBefore } from './solved.js'
import { type TextFigures, textFigures } from './text-metrics/figures.js'
import { sha256, suiteHash, verdictKey } from './verdict-key.js'
import { readVerdicts } from './verdict-records.js'

/** Candidates with the sandbox at once; more would only hold memory. */
const window = 128

export interface EvaluateOptions {
  readonly benchmark: Benchmark
  readonly source:
    | { readonly kind: 'samples'; readonly path: string }
    | { readonly kind: 'recorded' }
    | ({ readonly kind: 'method' } & Omit<MethodSource, 'tools' | 'solved'> & {
          readonly tools: Omit<MethodSource['tools'], 'record' | 'sandbox'>
        })
  readonly sandbox: Sandbox
  /** Folder of the run. */
  readonly out: string
  readonly resume: boolean
  readonly limits?: Partial<Limits>
  /** pass@k to report; default: those of the benchmark that the number of samples allows. */
  readonly k?: readonly number[]
  /** Only these problems; ids may end in `*`. */
  readonly only?: readonly string[]
  /** Only the first so many problems. */
  readonly first?: number
  /** Only those of which all of this holds: see Choice. */
  readonly where?: readonly string[]
  readonly quiet: boolean
  readonly command: readonly string[]
  readonly cupel: string
  readonly signal?: AbortSignal
}

export interface EvaluateSummary {
  readonly benchmark: string
  /** Problems with at least one candidate. */
  readonly problems: number
  readonly candidates: number
  readonly passAtK: PassTable
  /** pass@k of a part of the tests alone, where the benchmark has such parts. */
  readonly parts?: Readonly<Record<string, PassTable>>
  /** pass@k of the method's own ranking, where it gives scores. */
  readonly ranked?: Readonly<Record<string, Interval>>
  /** BLEU and CodeBLEU by language, where programs are only compared. */
  readonly texts?: Readonly<Record<string, TextFigures>>
  readonly verdicts: Readonly<Partial<Record<VerdictKind, number>>>
  readonly seconds: number
  readonly executions: number
  /** Of the language with most candidates; `isolations` has them all. */
  readonly isolation: Isolation | null
  readonly isolations: Readonly<Record<string, Isolation>>
  /** Verdicts decided in the weaker way, beside the candidate. */
  readonly inProcess: number
  /** Something is missing: candidates the machine failed, lines that could not be read, problems without candidates. */
  readonly incomplete: boolean
  readonly missing: {
    readonly problems: number
    readonly lines: readonly { readonly line: number; readonly reason: string }[]
    readonly infrastructure: number
  }
  /** Recorded candidates whose verdict is not the one their author expects. */
  readonly unexpected?: readonly {
    readonly problemId: string
    readonly sample: number
    readonly expect: VerdictKind
    readonly verdict: VerdictKind
  }[]
  readonly out: string
  readonly stopped?: boolean
}

export async function evaluate(options: EvaluateOptions): Promise<EvaluateSummary> {
  const began = performance.now()
  const { benchmark } = options
  if (options.source.kind === 'samples') refusePipe(options.source.path)
  const problems = chosenProblems(await loadProblems(benchmark), benchmark.name, options)
  const run = await openRun(options.out, await runStart(options), { resume: options.resume })
  try {
    for (const { file, bytes } of run.recovery.cut)
      notice(options, `${file}: a torn last line of ${bytes} bytes was cut off`)
    const session = new Evaluation(options, problems, run)
    await session.judgeAll()
    const summary = await session.summary((performance.now() - began) / 1000)
    if (!summary.stopped) run.finish({ ...summary })
    return summary
  } finally {
    run.close()
  }
}

class Evaluation {
  readonly #options: EvaluateOptions
  readonly #problems: ReadonlyMap<string, JudgedProblem>
  readonly #run: Run
  readonly #judge: Judge
  readonly #limits: Limits
  readonly #suites = new Map<string, string>()
  readonly #equal = new EqualPrograms()
  readonly #unexpected: NonNullable<EvaluateSummary['unexpected']>[number][] = []
  readonly #lines: { line: number; reason: string }[] = []
  readonly #scores = new Map<string, { score: number; key: string }[]>()
  #progress: Progress | null = null
  #recorded = false

  constructor(options: EvaluateOptions, problems: ReadonlyMap<string, JudgedProblem>, run: Run) {
    this.#options = options
    this.#problems = problems
    this.#run = run
    this.#judge = new Judge(options.sandbox)
    this.#limits = limitsFrom({ ...options.benchmark.limits, ...options.limits })
  }

  async judgeAll(): Promise<void> {
    const total = await this.#count()
    this.#progress = new Progress({ total, quiet: this.#options.quiet })
    const working = new Set<Promise<void>>()
    let failure: unknown = null
    let freed = () => {}
    try {
      for await (const proposal of await this.#proposals()) {
        if (failure || this.#options.signal?.aborted) break
        const done: Promise<void> = this.#one(proposal).then(
          () => {
            working.delete(done)
            freed()
          },
          (error) => {
            working.delete(done)
            failure ??= error
            freed()
          },
        )
        working.add(done)
        // A race of all of them would leave something behind in each that takes long.
        if (working.size >= window) await new Promise<void>((resolve) => (freed = resolve))
      }
    } finally {
      await Promise.race([Promise.all(working), aborted(this.#options.signal)])
      this.#progress.end()
    }
    if (failure) throw failure
  }

  async #proposals(): Promise<AsyncIterable<Proposal>> {
    const { source, benchmark, sandbox, signal } = this.#options
    if (source.kind === 'samples') return fromSamples(source.path, benchmark, this.#problems, isPart(this.#options))
    if (source.kind === 'recorded') return fromRecording(benchmark, this.#problems)
    const tools = {
      ...source.tools,
      sandbox,
      record: (event: Parameters<Run['event']>[0]) => this.#run.event(event),
      ...(signal ? { signal } : {}),
    }
    return fromMethod(
      { ...source, tools, solved: await solvedBefore(this.#run.dir, this.#options.resume) },
      this.#problems,
    )
  }

  /** How many candidates there will be, for the progress line. */
  async #count(): Promise<number> {
    const { source } = this.#options
    if (source.kind === 'method') return this.#problems.size
    let count = 0
    for await (const proposal of await this.#proposals()) if ('candidate' in proposal) count++
    return count
  }

  async #one(proposal: Proposal): Promise<void> {
    if ('error' in proposal) {
      this.#lines.push({ line: proposal.line, reason: proposal.error })
      this.#progress?.note(proposal.error)
      this.#run.event({ type: 'rejected', source: this.#sourcePath(), line: proposal.line, reason: proposal.error })
      return
    }
    const { candidate, sample, expect } = proposal
    const { problemId, code, missing } = candidate
    const judged = this.#problems.get(problemId) as JudgedProblem
    const limits = problemLimits(this.#limits, judged.limits, this.#options.limits)
    const key = verdictKey({ problemId, sample, code, missing, suite: this.#suite(judged), limits })
    if (candidate.score !== undefined) {
      const scores = this.#scores.get(problemId) ?? []
      scores.push({ score: candidate.score, key })
      this.#scores.set(problemId, scores)
    }
    let kind = this.#run.has(key) ? this.#run.verdictOf(key) : undefined
    if (!kind) {
      const verdict = await this.#verdict(judged, candidate, limits)
      // Ctrl-C in a terminal reaches the sandbox too: what ends after it may have been ended by it.
      if (this.#options.signal?.aborted) return
      this.#run.append({ key, problemId, sample, verdict })
      kind = verdict.kind
    }
    if (expect !== undefined) {
      this.#recorded = true
      if (expect !== kind) this.#unexpected.push({ problemId, sample, expect, verdict: kind })
    }
    this.#progress?.add(kind)
  }

  /** Equal programs for one problem are run once. */
  #verdict(judged: JudgedProblem, candidate: Candidate, limits: Limits): Promise<Verdict> {
    const id = sha256(JSON.stringify([judged.problem.id, candidate.missing, candidate.code]))
    return this.#equal.verdictOf(id, () => this.#judge.judge(judged, candidate, limits))
  }

  #suite(judged: JudgedProblem): string {
    const { id } = judged.problem
    const hash = this.#suites.get(id) ?? suiteHash(judged.suite, judged.problem.preamble)
    this.#suites.set(id, hash)
    return hash
  }

  #sourcePath(): string {
    const { source } = this.#options
    return source.kind === 'samples' ? source.path : source.kind
  }

  /** Figures over everything the run holds, from this session and earlier ones. */
  async summary(seconds: number): Promise<EvaluateSummary> {
    const { k, parts } = this.#options.benchmark
    const tally = new Tally(parts)
    for await (const { problemId, verdict } of readVerdicts(this.#flushed())) {
      const judged = this.#problems.get(problemId)
      if (judged) tally.add(problemId, judged.problem.language, verdict)
    }
    const { counts, verdicts, candidates, inProcess, isolations } = tally
    const infrastructure = verdicts.infrastructure ?? 0
    const without = this.#problems.size - counts.size
    const ranked = this.#ranked()
    const texts = await textFigures(this.#run.dir, this.#options.benchmark, this.#problems)
    return {
      benchmark: this.#options.benchmark.name,
      problems: counts.size,
      candidates,
      passAtK: passTable(counts, k, this.#options.k),
      ...partTables(tally, k, this.#options.k),
      ...(ranked ? { ranked } : {}),
      ...(texts ? { texts } : {}),
      verdicts,
      seconds,
      executions: this.#judge.executions,
      isolation: Object.values(isolations)[0] ?? null,
      isolations,
      inProcess,
      incomplete: infrastructure > 0 || without > 0 || this.#lines.length > 0,
      missing: { problems: without, lines: this.#lines, infrastructure },
      ...(this.#recorded ? { unexpected: this.#unexpected } : {}),
      out: this.#options.out,
      ...(this.#options.signal?.aborted ? { stopped: true } : {}),
    }
  }

  #flushed(): string {
    this.#run.flush()
    return this.#run.dir
  }

  /** Programs of equal score are one group of the ranking; those without a positive score are in none. */
  #ranked(): Record<string, Interval> | null {
    if (this.#scores.size === 0) return null
    const table: Record<string, Interval> = {}
    for (const k of [1, 2, 5, 10]) {
      const values: number[] = []
      for (const scored of this.#scores.values()) {
        const kinds = scored.map(({ score, key }) => ({ score, passed: this.#run.verdictOf(key) === 'passed' ? 1 : 0 }))
        if (kinds.length < k) continue
        const distinct = [...new Set(kinds.map(({ score }) => score))]
          .filter((score) => score > 0)
          .sort((a, b) => b - a)
        const groups = distinct.map((score) => ({
          solutions: kinds.filter((one) => one.score === score).map(({ passed }) => ({ count: 1, correct: passed })),
        }))
        const correct = kinds.reduce((sum, { passed }) => sum + passed, 0)
        values.push(rankedPassAtK(groups, k, { n: kinds.length, correct }))
      }
      if (values.length > 0) table[k] = bootstrapMean(values, {})
    }
    return table
  }
}

/** Settles when the user asks to stop; never without a signal. */
function aborted(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) resolve()
    else signal?.addEventListener('abort', () => resolve(), { once: true })
  })
}

async function runStart({
  benchmark,
  source,
  command,
  cupel,
  limits,
  only,
  first,
  where,
  sandbox,
}: EvaluateOptions): Promise<Parameters<typeof openRun>[1]> {
  const paths = [
    ...benchmark.data,
    ...(source.kind === 'recorded' && benchmark.recorded ? [benchmark.recorded] : []),
  ].flatMap((file) => foundFiles(file))
  if (source.kind === 'samples') paths.push(source.path)
  const inputs = await Promise.all(paths.map(async (path) => ({ path, sha256: await fileHash(path) })))
  const settings =
    source.kind === 'method'
      ? { method: source.method.name, ...(source.options as object), model: source.tools.model.name, seed: source.seed }
      : {}
  return {
    command: [...command],
    benchmark: benchmark.name,
    options: {
      source: source.kind,
      ...(benchmark.folder === undefined ? {} : { data: benchmark.folder }),
      ...settings,
      ...(only ? { only } : {}),
      ...(first === undefined ? {} : { first }),
      ...(where ? { where } : {}),
      limits: limitsFrom({ ...benchmark.limits, ...limits }),
      // Problems may have limits of their own, which only what was asked for comes before.
      ...(limits && Object.keys(limits).length > 0 ? { asked: limits } : {}),
    },
    isolation: await sandbox.isolationOf('python', 'examine').catch(() => null),
    started: new Date().toISOString(),
    cupel,
    inputs,
  }
}

/** The file is read for its hash, for its length and for its samples. What is missing is said where it is read. */
function refusePipe(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found && !found.isFile() && !found.isDirectory())
    throw new UsageError(
      `${path} is not a regular file, and samples are read more than once: save them to a file first`,
    )
}

/** Of a file, or of the names and contents of the files of a folder. */
async function fileHash(path: string): Promise<string> {
  const hash = createHash('sha256')
  try {
    if (statSync(path).isDirectory())
      for (const name of readdirSync(path).sort()) hash.update(`${name}\0${await fileHash(join(path, name))}\n`)
    else for await (const part of createReadStream(path)) hash.update(part as Buffer)
  } catch {
    return '' // what is wrong with the file is said where it is read
  }
  return hash.digest('hex')
}

function notice({ quiet }: EvaluateOptions, text: string): void {
  if (!quiet) process.stderr.write(`${text}\n`)
}
