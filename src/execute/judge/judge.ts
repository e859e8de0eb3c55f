/**
 * The judge: candidate × hidden tests → verdict. Exit codes and standard output of function problems decide nothing;
 * what is the machine's fault is tried again and, if it stays, called `infrastructure`.
 */
import { availableParallelism } from 'node:os'
import {
  type AssertionSuite,
  type CallSuite,
  type Candidate,
  type JudgedProblem,
  type Limits,
  type TestSuite,
  Turnstile,
  type Verdict,
  describeError,
  limitsFrom,
} from '../../kernel/index.js'
import type { Examination } from '../sandbox/engine.js'
import type { Sandbox } from '../sandbox/sandbox.js'
import { findLanguage } from '../language.js'
import { answerVerdict } from './answer.js'
import { Once, solutionFault } from './once.js'
import { QueryJudge } from './query.js'
import { declarationTests, declaredFunction, withEntry, withDeclarations } from './declared.js'
import { inCandidatesLines, normalizeSource, withPreamble } from './source.js'
import { stdioVerdict } from './stdio.js'
import { GapJudge } from './gap.js'
import { predictionProgram, predictionTest } from './prediction.js'
import { embeddings } from './replay/embeddings.js'
import { judgeBeside } from './replay/beside.js'
import type { Embedding } from './replay/embedding.js'
import { Replay, type ReplayJob } from './replay/replay.js'
import { RepositoryJudge } from './repository/repository.js'
import { TaskJudge } from './task/task.js'

/** Languages with an examiner that talks to the candidate while it runs. */
const live = new Set(['python', 'javascript', 'typescript'])

const changesFiles = new Set<TestSuite['kind']>(['repository', 'task'])
const nothingRun = { tests: [], cpuMs: 0, wallMs: 0, peakBytes: 0 } as const

export class Judge {
  readonly #sandbox: Sandbox
  /** Executions so far: one per examined candidate or stdio case. */
  executions = 0

  readonly #queries: QueryJudge
  readonly #repositories: RepositoryJudge
  readonly #faults = new Once<AssertionSuite, string | null>()
  readonly #tasks: TaskJudge
  readonly #gaps: GapJudge
  /** Suites of programs with input and output may be large: they are unpacked when a candidate's turn comes. */
  readonly #turns = new Turnstile(Math.max(16, 2 * availableParallelism()))

  constructor(sandbox: Sandbox) {
    this.#sandbox = sandbox
    this.#queries = new QueryJudge(sandbox)
    this.#repositories = new RepositoryJudge(sandbox, () => this.executions++)
    this.#tasks = new TaskJudge(sandbox, () => this.executions++)
    this.#gaps = new GapJudge(sandbox, () => this.executions++)
  }

  /** Never throws for what a candidate does; an error of the machine is a verdict of kind `infrastructure`. */
  async judge(
    judged: JudgedProblem,
    candidate: Pick<Candidate, 'code' | 'missing'>,
    limits: Partial<Limits> = {},
  ): Promise<Verdict> {
    if (candidate.missing) return { kind: candidate.missing, judged: 'not-run', ...nothingRun }
    if (candidate.code.trim() === '') return { kind: 'no-code', judged: 'not-run', ...nothingRun }
    const full = limitsFrom(limits)
    // The line ends of a patch are part of it.
    const source = changesFiles.has(judged.suite.kind) ? candidate.code : normalizeSource(candidate.code)
    const { code, added } = withPreamble(source, judged.problem.preamble)
    let reason = ''
    for (let attempt = 0; attempt < 2; attempt++) {
      try {
        const verdict = await this.#inTurn(judged, () => this.#bySuite(judged, code, full))
        if (verdict.kind !== 'infrastructure') return added === null ? verdict : inCandidatesLines(verdict, added)
        reason = verdict.reason
      } catch (error) {
        reason = describeError(error)
      }
    }
    return { kind: 'infrastructure', reason, judged: 'not-run', ...nothingRun }
  }

  #inTurn<T>({ problem }: JudgedProblem, work: () => Promise<T>): Promise<T> {
    return problem.kind === 'stdio' ? this.#turns.pass(work) : work()
  }

  #bySuite(judged: JudgedProblem, code: string, limits: Limits): Promise<Verdict> {
    const { suite } = judged
    switch (suite.kind) {
      case 'assertions':
        return this.#assertions(judged, suite, code, limits)
      case 'calls':
        return this.#calls(judged, suite, code, limits)
      case 'stdio':
        return stdioVerdict(judged, suite, code, {
          limits,
          sandbox: this.#sandbox,
          ran: () => {
            this.executions++
          },
        })
      case 'prediction':
        return this.#assertions(judged, predictionTest(suite), predictionProgram(code, suite), limits)
      case 'gap':
        return this.#gaps.verdict(judged, suite, code, limits)
      case 'answer':
        return Promise.resolve(answerVerdict(suite, code))
      case 'query':
        this.executions++
        return this.#queries.verdict(suite, code, limits)
      case 'repository':
        return this.#repositories.verdict(suite, judged.reference, code, limits)
      case 'task':
        return this.#tasks.verdict(suite, judged.reference, code, limits)
    }
  }

  async #assertions(
    { problem, reference }: JudgedProblem,
    suite: AssertionSuite,
    code: string,
    limits: Limits,
  ): Promise<Verdict> {
    const language = findLanguage(problem.language).name
    if (!suite.declares) return this.#script(language, suite, { code, reference }, limits)
    const declared = declaredFunction(language, code)
    const tests = declarationTests(suite.declares, declared)
    if (!declared)
      return { kind: 'wrong', judged: 'not-run', evidence: 'it declares no function', ...nothingRun, tests }
    const called = (source: string) => {
      const name = declaredFunction(language, source)?.name ?? suite.entryPoint
      return withEntry(language, source, suite.entryPoint, name)
    }
    const programs = { code: called(code), reference: reference === undefined ? undefined : called(reference) }
    return withDeclarations(tests, await this.#script(language, suite, programs, limits))
  }

  async #script(
    language: string,
    suite: AssertionSuite,
    { code, reference }: { readonly code: string; readonly reference: string | undefined },
    limits: Limits,
  ): Promise<Verdict> {
    const embedding = embeddings.get(language)
    if (embedding && ((suite.mode !== undefined && suite.mode !== 'proxy') || !live.has(language))) {
      const replay = new Replay(this.#sandbox, embedding)
      const examined = suite.mode === 'in-process' ? 'cannot-cross' : await replay.judge({ suite, code, limits })
      this.executions += replay.executions
      return examined === 'cannot-cross'
        ? this.#beside({ suite, code, limits }, embedding, reference)
        : verdictOf(examined, limits)
    }
    this.executions++
    return verdictOf(await this.#sandbox.examine({ language, suite, code, limits }), limits)
  }

  /** Only what the tests pass leads here, or a prompt that does not say what to stand in for. */
  async #beside(job: ReplayJob, embedding: Embedding, reference: string | undefined): Promise<Verdict> {
    const { beside } = embedding
    if (!beside)
      return { kind: 'infrastructure', reason: 'values of the tests cannot cross', judged: 'not-run', ...nothingRun }
    const verdict = async (code: string) => {
      this.executions++
      return verdictOf(await judgeBeside(this.#sandbox, { ...embedding, beside }, { ...job, code }), job.limits)
    }
    const found = await verdict(job.code)
    if (found.kind === 'passed' || found.kind === 'infrastructure' || reference === undefined) return found
    const solution = normalizeSource(reference)
    if (solution === job.code) return found
    const fault = await this.#faults.of(job.suite, async () =>
      solutionFault(await verdict(solution), "the benchmark's own solution does not pass beside its tests"),
    )
    return fault === null ? found : { kind: 'infrastructure', reason: fault, judged: 'not-run', ...nothingRun }
  }

  async #calls({ problem }: JudgedProblem, suite: CallSuite, code: string, limits: Limits): Promise<Verdict> {
    this.executions++
    const language = findLanguage(problem.language).name
    return verdictOf(await this.#sandbox.examine({ language, suite, code, limits }), limits)
  }
}

/** What the examination of a function candidate means. */
export function verdictOf(
  examined: Examination & { isolation: NonNullable<Verdict['isolation']> },
  limits: Limits,
): Verdict {
  const { judged, tests, cpuMs, wallMs, peakBytes, isolation, evidence } = examined
  const common = { judged, tests, cpuMs, wallMs, peakBytes, isolation, ...(evidence ? { evidence } : {}) }
  const exception = examined.exception ?? { type: 'Error', message: examined.reason ?? '' }
  switch (examined.ended) {
    case 'passed':
      // Between two looks of the watchdog a program can overrun its limit and still finish.
      if (cpuMs > (examined.allowedCpuMs ?? limits.cpuSeconds * 1000))
        return { kind: 'time-limit', limit: 'cpu', ...common }
      return { kind: 'passed', ...common }
    case 'assertion':
      return { kind: 'wrong', ...common }
    case 'exception':
      return { kind: 'runtime-error', exception, ...common }
    case 'compile-error':
      return { kind: 'compile-error', exception, ...common }
    case 'time-limit':
      return { kind: 'time-limit', limit: examined.limit ?? 'cpu', ...common }
    case 'memory-limit':
    case 'output-limit':
      return { kind: examined.ended, ...common }
    case 'exited':
      return { kind: 'runtime-error', exception: { type: 'ProcessEnded', message: examined.reason ?? '' }, ...common }
    case 'protocol':
      return {
        kind: 'cheated',
        how: examined.reason ?? 'the private channel carried something else than replies',
        ...common,
      }
    case 'empty-suite':
      return {
        kind: 'infrastructure',
        reason: 'the test script never called the candidate, so it shows nothing',
        ...common,
      }
    case 'infrastructure':
      return { kind: 'infrastructure', reason: examined.reason ?? 'the sandbox failed', ...common }
  }
}
