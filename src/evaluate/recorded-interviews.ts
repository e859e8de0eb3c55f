/**
 * Recorded interviews of can-ai-code, judged again: each check's points as recorded and as they are here. A program is run
 * once for all its checks. Where a check comes out otherwise than recorded, its call is made once more in a process of its own,
 * as the published harness makes all of them, and that decides.
 */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { withEntry } from '../execute/index.js'
import type { AssertionSuite, JudgedProblem, StudyContext, Verdict } from '../kernel/index.js'
import {
  type Asked,
  interviewLimits,
  interviewProblem,
  interviewRow,
  interviewSuite,
  pointTests,
} from './can-ai-code-rows.js'
import { whatWasSeen } from './differences.js'
import { asEchoed, atFirstSight } from './interview-harness.js'

export const recordedRow = interviewRow.extend({
  code: z.string().nullish(),
  checks: z.array(interviewRow.shape.checks.element.extend({ got: z.unknown(), status: z.int() })),
})
export type RecordedRow = z.output<typeof recordedRow>

/** A question in one language: what is asked, and the suites made of it, each once. */
export class Question {
  readonly problem: JudgedProblem['problem']
  readonly suite: AssertionSuite
  readonly #alone = new Map<number, AssertionSuite>()

  constructor(
    row: z.output<typeof interviewRow>,
    readonly checks: readonly Asked[],
  ) {
    const { problem } = interviewProblem(row)
    this.problem = problem
    this.suite = interviewSuite(row.language, checks)
  }

  /** This one check of what a call gives. */
  alone(number: number): AssertionSuite {
    const suite = this.#alone.get(number) ?? interviewSuite(this.#language, [this.checks[number] as Asked])
    this.#alone.set(number, suite)
    return suite
  }

  get #language(): 'python' | 'javascript' {
    return this.problem.language as 'python' | 'javascript'
  }

  /** Points of each check; null for a call of which this run says nothing. Nothing at all where nothing could be run. */
  points({ kind, tests }: Verdict): (number | null)[] | null {
    if (kind === 'infrastructure') return null
    const statusOf = new Map(tests.map(({ name, status }) => [name, status]))
    // a program that is none, or without a function, is not asked again call by call
    const answersNothing =
      kind === 'compile-error' ||
      kind === 'no-code' ||
      (kind === 'wrong' && tests.length === this.suite.declares?.length)
    let declared = 0
    return this.checks.map((check, number) => {
      if (check.kind === 'declared') return tests[declared++]?.status === 'passed' ? 1 : 0
      const statuses = pointTests(number, check.call.weight).map((name) => statusOf.get(name) ?? 'not-reached')
      if (!answersNothing && statuses.includes('not-reached')) return null
      return statuses.filter((status) => status === 'passed').length
    })
  }
}

interface Item {
  readonly question: Question
  readonly row: RecordedRow
  readonly code: string
}

export interface Judged {
  /** Of the question, and its name. */
  readonly id: string
  readonly name: string
  readonly recorded: readonly number[]
  /** In the order of the checks of the question; null where nothing could be run. */
  readonly points: readonly (number | null)[]
  /** What is not as recorded, and why. */
  readonly differ: readonly { readonly check: number; readonly recorded: number; readonly reason: string }[]
}

export class Interviews {
  readonly #ctx: StudyContext
  readonly #questions: ReadonlyMap<string, Question>
  /** Points of the programs seen so far, as one run for all checks gives them. */
  readonly #known = new Map<string, Promise<readonly (number | null)[]>>()
  /** The same for one check alone of a program. */
  readonly #probed = new Map<string, Promise<number | null>>()

  constructor(ctx: StudyContext, questions: ReadonlyMap<string, Question>) {
    this.#ctx = ctx
    this.#questions = questions
  }

  judge(rows: readonly RecordedRow[]): Promise<Judged[]> {
    const items = rows.flatMap((row) => {
      const question = this.#questions.get(`${row.name}/${row.language}`)
      return question ? [{ question, row, code: row.code ?? '' }] : []
    })
    return Promise.all(items.map((item) => this.#compared(item)))
  }

  #points(item: Item): Promise<readonly (number | null)[]> {
    return once(this.#known, keyOf(item), async () => {
      const { question, code } = item
      const points = question.points(await this.#verdict(question, question.suite, code))
      if (!points) return question.checks.map(() => null)
      // What came after a call that did not return is asked for on its own.
      return Promise.all(points.map((value, number) => value ?? this.#alone(item, number, code)))
    })
  }

  async #compared({ question, row, code }: Item): Promise<Judged> {
    const item = { question, row, code }
    const points = [...(await this.#points(item))]
    const differ: { check: number; recorded: number; reason: string }[] = []
    for (const [number, value] of points.entries()) {
      const recorded = row.checks[number]?.status ?? 0
      if (value === null || value === recorded) continue
      const check = question.checks[number] as Asked
      if (check.kind === 'call') points[number] = await this.#alone(item, number, code)
      if (points[number] === recorded) continue
      differ.push({ check: number, recorded, reason: await this.#why(item, number, recorded, points[number] ?? 0) })
    }
    const recorded = points.map((_, number) => row.checks[number]?.status ?? 0)
    return { id: question.problem.id, name: row.name, recorded, points, differ }
  }

  async #why(item: Item, number: number, recorded: number, here: number): Promise<string> {
    const { question, row, code } = item
    const language = row.language
    const seen = atFirstSight(language, code)
    const check = question.checks[number] as Asked
    const byPattern = 'the published harness finds the function by a regular expression, here it is parsed: '
    if (check.kind === 'declared') {
      if (!seen) return `${byPattern}the expression finds none`
      const { of } = check.check
      const there =
        of === 'name' ? seen.name : of === 'parameters' ? seen.parameters.length : seen.parameters[check.check.index]
      return (there === check.check.equals) === recorded > 0
        ? `${byPattern}another ${of === 'name' ? 'function' : 'list of parameters'}`
        : `${byPattern}it is not known what it found`
    }
    if (row.checks.length === 0) return `${byPattern}the recording has no function`
    const echoed = asEchoed(code)
    if (echoed !== code && (await this.#alone(item, number, echoed)) === recorded)
      return 'the published harness expanded backslashes in the program when it wrote it down'
    if (seen && (await this.#named(item, number, seen.name)) === recorded) return `${byPattern}another function`
    const got = row.checks[number]?.got
    const error =
      got !== null && typeof got === 'object' && 'error' in got ? (got as { error: unknown; exc_type?: unknown }) : null
    if (error?.error === 'timeout!') return 'the recording was stopped after five seconds of wall-clock time'
    if (recorded < here) {
      if (error)
        return `the recording has an error there: ${typeof error.exc_type === 'string' ? error.exc_type : String(error.error).slice(0, 60)}`
      return typeof got === 'string' && /^(?:Expecting|Extra data|Invalid)/.test(got)
        ? 'the recording has no value there that JSON could read'
        : 'the recording has another value there'
    }
    const verdict = await this.#verdict(question, question.alone(number), code)
    return whatWasSeen(verdict, recorded > 0).replace(/\d+(?= → )|(?<=line )\d+/g, '…')
  }

  #alone(item: Item, number: number, code: string): Promise<number | null> {
    const { question } = item
    return once(this.#probed, `${keyOf({ question, code })} ${number}`, () =>
      this.#one(question, question.alone(number), code),
    )
  }

  /** With the function of this name, whatever the program declares first. */
  async #named({ question, code }: Item, number: number, name: string): Promise<number | null> {
    const { declares: _, ...suite } = question.alone(number)
    const { language } = question.problem
    return this.#one(question, suite, withEntry(language, code, suite.entryPoint, name))
  }

  async #one(question: Question, suite: AssertionSuite, code: string): Promise<number | null> {
    const { kind, tests } = await this.#verdict(question, suite, code)
    if (kind === 'infrastructure') return null
    return tests.filter(({ name, status }) => name.startsWith('test_') && status === 'passed').length
  }

  async #verdict({ problem }: Question, suite: AssertionSuite, code: string): Promise<Verdict> {
    this.#ctx.count(1)
    const [verdict] = await this.#ctx.judge.verdicts([{ problem: { problem, suite }, code }], limits)
    return verdict as Verdict
  }
}

async function once<T>(known: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const promise = known.get(key) ?? make()
  known.set(key, promise)
  return promise
}

/** The same program for the same question. */
function keyOf({ question, code }: Pick<Item, 'question' | 'code'>): string {
  return `${question.problem.id} ${createHash('sha256').update(code).digest('base64')}`
}

/** The published harness allows each call five seconds on the wall. All take milliseconds, or never end. */
const limits = { ...interviewLimits, cpuSeconds: 1, wallSeconds: 10 }
