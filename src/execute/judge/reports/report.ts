/**
 * What a test runner reported, test by test, and whether its report can be believed. The candidate's code may have
 * written into the same stream: lines that contradict each other count as the worse, and a report whose own end line or
 * counts say something else than its lines is not believed at all (`broken`).
 *
 * Not covered: code that runs within the test runner can write a whole, consistent report in its place. Verdicts that
 * come from a report are therefore marked `in-process`.
 */

export type ReportedStatus = 'passed' | 'failed' | 'error' | 'skipped' | 'xfail' | 'xpass'

export interface ReportedTest {
  readonly name: string
  readonly status: ReportedStatus
}

export interface TestReport {
  readonly tests: readonly ReportedTest[]
  /** Why it is not to be believed: no end line, or counts that are not those of its lines. */
  readonly broken?: string
}

/** What a command left: what it printed, and the report files it was asked for. */
export interface RunnerOutput {
  readonly stdout: string
  readonly stderr: string
  readonly files: readonly string[]
  /** Null where a signal ended it. */
  readonly exitCode?: number | null
}

/** Collects what is said of each test. */
export class Tests {
  readonly #tests = new Map<string, ReportedStatus>()
  readonly #said: Record<ReportedStatus, number> = { passed: 0, failed: 0, error: 0, skipped: 0, xfail: 0, xpass: 0 }

  /** Two things said of one test that are not the same make it failed. */
  add(name: string, status: ReportedStatus): void {
    this.#said[status]++
    const before = this.#tests.get(name)
    if (before === undefined || before === status) this.#tests.set(name, status)
    else this.#tests.set(name, before === 'error' || status === 'error' ? 'error' : 'failed')
  }

  /** For what is said of a failure in another place than where the tests are counted. */
  failed(name: string, status: 'failed' | 'error' = 'failed'): void {
    const before = this.#tests.get(name)
    if (before !== 'failed' && before !== 'error') this.#tests.set(name, status)
  }

  has(name: string): boolean {
    return this.#tests.has(name)
  }

  names(): IterableIterator<string> {
    return this.#tests.keys()
  }

  /** How often each was said, also of one and the same test. */
  get said(): Readonly<Record<ReportedStatus, number>> {
    return this.#said
  }

  get saidInAll(): number {
    return Object.values(this.#said).reduce((sum, count) => sum + count, 0)
  }

  report(broken?: string): TestReport {
    const tests = [...this.#tests].map(([name, status]) => ({ name, status }))
    return broken === undefined ? { tests } : { tests, broken }
  }
}

/** A report that says nothing. */
export function unread(broken: string): TestReport {
  return { tests: [], broken }
}

/** `passed: the runner counts 3, its lines say 2`; undefined where all agree. */
export function disagreement(counts: readonly (readonly [what: string, counted: number, said: number])[]) {
  const [found] = counts.filter(([, counted, said]) => counted !== said)
  return found && `${found[0]}: the runner counts ${found[1]}, its lines say ${found[2]}`
}

/** No runner writes a longer one, and reading a line must not cost the judge more than running it. */
const longestLine = 10_000

/** Lines without colours and without what a carriage return takes back at their end. */
export function linesOf(text: string): string[] {
  return text
    .replace(/\u001b\[[0-9;?]*[A-Za-z]/g, '')
    .split('\n')
    .map((line) => (line.length > longestLine ? '' : line.replace(/\r+$/, '')))
}

/** Both streams: some runners report on one, some on the other. */
export function printed({ stdout, stderr }: RunnerOutput): string[] {
  return linesOf(stderr === '' ? stdout : `${stdout}\n${stderr}`)
}

/** `3 failed, 2 passed` → { failed: 3, passed: 2 }. */
export function countsIn(text: string): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const part of text.split(/[,;|]/)) {
    const [, count, what] = /^ *(\d+) ([a-z]+) *$/.exec(part) ?? []
    if (what !== undefined) counts[what] = Number(count)
  }
  return counts
}
