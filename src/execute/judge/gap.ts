/**
 * Assertions with a gap: the candidate's value is put in, and the program has to end well. All code in it is the benchmark's,
 * since a plain value calls none: then its exit code can be believed.
 *
 * Not covered: whether the value was predicted or computed; whether the assertion of the benchmark compares strictly.
 */
import type { Execution, GapSuite, JudgedProblem, Limits, TestOutcome, Verdict } from '../../kernel/index.js'
import { findLanguage } from '../language.js'
import type { Sandbox } from '../sandbox/sandbox.js'
import { Once, solutionFault } from './once.js'
import { limitVerdict } from './overrun.js'
import { plainValue } from './plain-values.js'
import { javatuples } from './replay/javatuples.js'

const notRun = { judged: 'not-run', tests: [], cpuMs: 0, wallMs: 0, peakBytes: 0 } as const

export class GapJudge {
  readonly #sandbox: Sandbox
  readonly #faults = new Once<GapSuite, string | null>()
  readonly #count: () => void

  constructor(sandbox: Sandbox, count: () => void) {
    this.#sandbox = sandbox
    this.#count = count
  }

  async verdict(
    { problem, reference }: JudgedProblem,
    suite: GapSuite,
    code: string,
    limits: Limits,
  ): Promise<Verdict> {
    const language = findLanguage(problem.language).name
    const plain = plainValue(withoutAssertion(code, suite), language, suite.several)
    if ('fault' in plain && reference !== undefined && 'fault' in plainValue(reference, language, suite.several))
      return { kind: 'infrastructure', reason: 'the published value is none of those that are known here', ...notRun }
    if ('fault' in plain)
      return { kind: 'compile-error', exception: { type: 'NoPlainValue', message: plain.fault }, ...notRun }
    const verdict = await this.#run(suite, language, plain.value, limits)
    if (verdict.kind === 'passed' || verdict.kind === 'infrastructure') return verdict
    const fault = await this.#faults.of(suite, () => this.#findFault(suite, language, reference, limits))
    return fault === null ? verdict : { kind: 'infrastructure', reason: fault, ...notRun }
  }

  /** The published value has to be right here. */
  async #findFault(suite: GapSuite, language: string, reference: string | undefined, limits: Limits) {
    if (reference === undefined) return null
    const right = await this.#run(suite, language, reference, limits)
    return solutionFault(right, 'the published value does not satisfy its assertion on this machine')
  }

  async #run({ before, after }: GapSuite, language: string, value: string, limits: Limits): Promise<Verdict> {
    this.#count()
    const { file } = findLanguage(language)
    const source = before + value + after
    const beside = language === 'java' && source.includes('org.javatuples') ? javatuples : {}
    const execution = await this.#sandbox.run({ language, files: { ...beside, [file]: source }, entry: file }, limits)
    return verdictOf(execution, limits)
  }
}

function verdictOf(execution: Execution, limits: Limits): Verdict {
  const { outcome, cpuMs, wallMs, peakBytes, isolation, stderr, stdout } = execution
  const status: TestOutcome['status'] =
    outcome === 'ok'
      ? 'passed'
      : outcome === 'time-limit'
        ? 'time-limit'
        : outcome === 'runtime-error'
          ? 'failed'
          : 'error'
  const evidence = (stderr.trim() === '' ? stdout : stderr).trim().slice(0, 500)
  const tests = [{ name: 'assertion', status }]
  const said = outcome === 'ok' || evidence === '' ? {} : { evidence }
  const common = { judged: 'output', tests, cpuMs, wallMs, peakBytes, isolation, ...said } as const
  const limited = limitVerdict(execution, limits, common)
  if (limited) return limited
  if (outcome === 'compile-error')
    return { kind: 'compile-error', exception: { type: 'CompileError', message: evidence }, ...common }
  return { kind: outcome === 'ok' ? 'passed' : 'wrong', ...common }
}

/** What stands in the gap where the candidate is the whole line with the assertion. */
function withoutAssertion(code: string, { before, after }: GapSuite): string {
  const text = code.trim()
  const head = before.slice(before.lastIndexOf('\n') + 1).trim()
  const tail = (after.split('\n')[0] ?? '').trim()
  const whole = head !== '' && text.startsWith(head) && text.endsWith(tail) && text.length >= head.length + tail.length
  return whole ? text.slice(head.length, text.length - tail.length) : text
}
