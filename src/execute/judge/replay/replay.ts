/**
 * Judges a function problem with two runs: the candidate answers the calls, the tests are run with its answers. See the
 * README beside this file.
 *
 * Does not cover: objects that stay with the candidate (closures, instances of its own classes): they equal nothing.
 */
import type { AssertionSuite, Execution, Isolation, Limits, TestOutcome } from '../../../kernel/index.js'
import type { Examination } from '../../sandbox/engine.js'
import type { Sandbox } from '../../sandbox/sandbox.js'
import { findLanguage } from '../../language.js'
import { type Embedding, type Files, NotEmbeddable } from './embedding.js'
import { exceptionOf, framesIn, isReply, newMark, repliesIn, shownCall, textOf } from './frames.js'
import { type Ended, endOf, examinationOf, firstLines, lastLine } from './ending.js'

/** A candidate whose answers lead to other calls each time would go on for ever. */
const maxRounds = 200
/** The tests are the benchmark's own; what bounds them is a guard against what the candidate's values make of them. */
const examinerLimits = { cpuSeconds: 20, wallSeconds: 80, memoryMb: 2048, outputBytes: 32 << 20 }

export interface ReplayJob {
  readonly suite: AssertionSuite
  readonly code: string
  readonly limits: Limits
}

/** What a run of the tests showed. */
interface Seen {
  readonly execution: Execution
  readonly calls: readonly string[]
  /** Index of the first call that had no reply; null if all had one. */
  readonly guessed: number | null
  readonly cannotCross: string | null
  /** Where the script is a list of tests: each that came to its end before the first guess, and how. */
  readonly outcomes: ReadonlyMap<string, TestOutcome['status']>
  readonly names: readonly string[]
  /** How many calls there were when each of those tests had ended. */
  readonly callsUntil: readonly number[]
  /** Index of the last call in front of the end of the first test that failed, or of the script. */
  readonly last: number
}

/** Calls of each suite, as far as they are known. */
const plans = new WeakMap<AssertionSuite, readonly string[]>()

export class Replay {
  /** Runs of candidates so far. */
  executions = 0
  readonly #sandbox: Sandbox
  readonly #embedding: Embedding

  constructor(sandbox: Sandbox, embedding: Embedding) {
    this.#sandbox = sandbox
    this.#embedding = embedding
  }

  async judge({ suite, code, limits }: ReplayJob): Promise<(Examination & { isolation: Isolation }) | 'cannot-cross'> {
    const sources = this.#sources(suite, code)
    if (sources === null) return 'cannot-cross'
    const { examiner, candidate } = sources
    let plan = plans.get(suite)
    if (!plan) {
      const first = await this.#examine(examiner, [], [])
      if (first.cannotCross !== null) return 'cannot-cross'
      plan = first.calls
    }
    for (let round = 0; round < maxRounds; round++) {
      const { execution, replies } = await this.#answers(candidate, plan, limits)
      const done = (ended: Ended, tests: readonly TestOutcome[] = []) => examinationOf(execution, ended, tests)
      const died = endOf(execution, limits)
      if (died?.ended === 'compile-error' || died?.ended === 'infrastructure') return done(died)
      if (!replies.every(isReply))
        return done({ ended: 'protocol', reason: 'it answered with something that is no value' })
      const seen = await this.#examine(examiner, plan, replies)
      if (seen.cannotCross !== null) {
        if (!isOf(replies, seen.cannotCross)) return 'cannot-cross'
        const message = 'the tests pass on what it gave, which has no plain form'
        return done({ ended: 'exception', exception: { type: 'CannotCross', message } })
      }
      if (seen.execution.outcome === 'infrastructure')
        return done({ ended: 'infrastructure', reason: seen.execution.reason ?? 'the tests could not be run' })
      if (seen.execution.outcome === 'compile-error')
        return done({ ended: 'infrastructure', reason: `the tests do not compile: ${firstLines(seen.execution)}` })
      const { guessed, calls } = seen
      // What an earlier candidate led the tests to ask is not asked of this one: its limits are not met by that.
      if (guessed === null && died && calls.length < plan.length) {
        plan = calls
        continue
      }
      if (guessed === null) {
        if (seen.execution.outcome === 'ok') plans.set(suite, calls)
        const ended = verdictOf(seen, replies, died)
        const at = ended.ended === 'passed' ? unaskedNaN(suite, calls, replies) : -1
        if (at < 0) return done(ended, testsOf(seen))
        const evidence = `${shownCall(calls[at] as string, replies[at])}\nit is no number`
        return done({ ended: 'assertion', evidence }, withFailed(seen, at))
      }
      // The candidate was asked this very call, and ended before it answered.
      if (guessed >= replies.length && calls[guessed] === plan[guessed]) {
        const ended = died ?? { ended: 'exited' as const, reason: "the candidate's process ended before the tests did" }
        return done({ ...ended, evidence: shownCall(calls[guessed] as string) }, testsOf(seen, guessed))
      }
      plan = calls
      if (!plans.has(suite)) plans.set(suite, calls)
    }
    const reason = 'its answers are others each time it is asked, so that the tests never come to an end'
    const { execution } = await this.#answers(candidate, plan, limits)
    return examinationOf(execution, { ended: 'exited', reason }, [])
  }

  /** None where the prompt does not tell which function is stood in for. */
  #sources(suite: AssertionSuite, code: string): { examiner: Files; candidate: Files } | null {
    try {
      return { examiner: this.#embedding.examiner(suite), candidate: this.#embedding.candidate(suite, code) }
    } catch (error) {
      if (error instanceof NotEmbeddable) return null
      throw error
    }
  }

  async #answers(candidate: Files, plan: readonly string[], limits: Limits) {
    this.executions++
    const mark = newMark()
    const execution = await this.#run(candidate, [mark, ...plan], limits)
    return { execution, replies: repliesIn(execution, mark) }
  }

  async #examine(examiner: Files, plan: readonly string[], replies: readonly string[]): Promise<Seen> {
    const mark = newMark()
    const known = plan.flatMap((call, i) => (replies[i] === undefined ? [] : [call, replies[i]]))
    const execution = await this.#run(examiner, [mark, ...known], examinerLimits)
    const frames = framesIn(execution.stdout, mark)
    const calls = frames.filter((frame) => /^c [rg] /.test(frame))
    const guess = calls.findIndex((frame) => frame.startsWith('c g'))
    const stuck = frames.find((frame) => frame.startsWith('x '))
    const refused =
      execution.outcome === 'compile-error' && this.#embedding.cannotCross?.test(execution.compile?.stderr ?? '')
    const ends = frames.flatMap((frame, at) => {
      const [, status, name] = /^t (passed|failed|error) s(\S*)$/.exec(frame) ?? []
      return status && name !== undefined ? [{ at, name: textOf(name), status: status as TestOutcome['status'] }] : []
    })
    const failed = ends.find(({ status }) => status !== 'passed')?.at ?? frames.length
    const callsBefore = (end: number) => frames.slice(0, end).filter((frame) => /^c [rg] /.test(frame)).length
    return {
      execution,
      outcomes: new Map(ends.map(({ name, status }) => [name, status])),
      names: (frames.find((frame) => frame.startsWith('n s')) ?? 'n')
        .split(' ')
        .slice(1)
        .map((name) => textOf(name.slice(1))),
      callsUntil: ends.map(({ at }) => callsBefore(at)),
      last: callsBefore(failed) - 1,
      calls: calls.map((frame) => frame.slice('c r '.length)),
      guessed: guess < 0 ? null : guess,
      cannotCross: stuck ? textOf(stuck.slice('x s'.length)) : refused ? 'a type of the tests' : null,
    }
  }

  #run(files: Files, lines: readonly string[], limits: Partial<Limits>): Promise<Execution> {
    return runWith(this.#sandbox, this.#embedding.language, files, lines, limits)
  }
}

/** The first of the files is the entry. */
export function runWith(
  sandbox: Sandbox,
  language: string,
  files: Files,
  lines: readonly string[],
  limits: Partial<Limits>,
): Promise<Execution> {
  const entry = Object.keys(files)[0] as string
  const job = { language: findLanguage(language).name, files, entry, stdin: `${lines.join('\n')}\n` }
  return sandbox.run(job, limits)
}

/** Whether what cannot cross comes from the candidate: it must not get out of its verdict so. */
function isOf(replies: readonly string[], why: string): boolean {
  if (replies.length === 0) return false
  const promised = /\bPromise$/.test(why) && replies.some((reply) => /^[pq] /.test(reply))
  return promised || replies.some((reply) => / \?/.test(reply)) || /nested|contains itself/.test(why)
}

/** By one of its names, as what is missing in R, as what D's numbers begin with, or as what is not itself. */
const spokenOf = /nan|\bNA\b|NA_real_|\.init\b|\b(\w+) *[!~]==? *\1\b/i
const notANumber = / d[7f]ff(?!0{13})[0-9a-f]{13}(?= |$)/

/**
 * Tests that look whether two numbers differ by more than so much find that nothing does so from one that is none. Where
 * neither prompt nor tests speak of it, nor any call has it, it is no answer: the first call that gave one, or -1.
 */
function unaskedNaN({ trusted, script }: AssertionSuite, calls: readonly string[], replies: readonly string[]): number {
  if (spokenOf.test(trusted + script) || calls.some((call) => notANumber.test(call))) return -1
  return replies.slice(0, calls.length).findIndex((reply) => notANumber.test(reply))
}

/** All tests held but the one with that call. */
function withFailed(seen: Seen, call: number): TestOutcome[] {
  const failed = seen.names.length > 0 ? seen.callsUntil.findIndex((count) => count > call) : call
  return testsOf(seen).map((test, i) => (i === failed ? { ...test, status: 'failed' } : test))
}

/** The tests ran on answers alone. */
function verdictOf({ execution, calls, last }: Seen, replies: readonly string[], died: Ended | null): Ended {
  if (execution.outcome === 'ok') {
    if (calls.length === 0) return died ?? { ended: 'empty-suite' }
    // All was answered, and then it did not end as a program should: over its limits is over its limits.
    if (died && died.ended !== 'exception') return died
    return { ended: 'passed' }
  }
  const reply = replies[last]
  const evidence = [last >= 0 ? shownCall(calls[last] as string, reply) : '', lastLine(execution.stderr)]
    .filter(Boolean)
    .join('\n')
  if (calls.length === 0)
    return { ended: 'infrastructure', reason: `the tests fail by themselves: ${lastLine(execution.stderr)}` }
  if (reply && /^[eq] /.test(reply)) return { ended: 'exception', exception: exceptionOf(reply), evidence }
  return { ended: 'assertion', evidence }
}

/** One test for each call, where the script names none; the one after which the script ended is the one that failed. */
function testsOf({ execution, calls, names, outcomes }: Seen, died?: number): TestOutcome[] {
  if (names.length > 0) return names.map((name) => ({ name, status: outcomes.get(name) ?? 'not-reached' }))
  const last = died ?? (execution.outcome === 'ok' ? calls.length : calls.length - 1)
  return calls.map((_, i) => ({
    name: `call ${i + 1}`,
    status: i < last ? 'passed' : i > last ? 'not-reached' : died === undefined ? 'failed' : 'error',
  }))
}
