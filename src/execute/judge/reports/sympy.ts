/**
 * `bin/test --verbose` of SymPy: below the name of a file, `test_x ok` for each test, sections for what failed, and
 * `tests finished: 9 passed, 1 failed, in 3.28 seconds`. Tests have no names but those of their functions: two files with a
 * test of one name are one test here, passed only if both are.
 */
import {
  type ReportedStatus,
  type RunnerOutput,
  type TestReport,
  Tests,
  disagreement,
  printed,
  unread,
} from './report.js'

const statuses: Readonly<Record<string, ReportedStatus>> = {
  ok: 'passed',
  F: 'failed',
  E: 'error',
  T: 'error',
  f: 'xfail',
  X: 'xpass',
  s: 'skipped',
  w: 'skipped',
  K: 'skipped',
}
/** The last test of a file stands before what became of the file. */
const testLine = /^(test_\w+) (?:.* )?(ok|[FETfXswK])(?: +\[(?:OK|FAIL)\])?$/
const begun = /^(test_\w+)(?: .*)?$/
/** A name that fills its line has its status in the next, and so has a test that prints. */
const statusLine = /^(?:.* )?(ok|[FETfXswK])(?: +\[(?:OK|FAIL)\])?$/
const section = /^_+ .*\.py::?(\w+) _+$/
const ended = /^=* ?tests finished: (\d+) passed, /

export function readSympy(output: RunnerOutput): TestReport {
  const lines = printed(output).map((line) => line.trimEnd())
  const end = lines.findLastIndex((line) => ended.test(line))
  // Long counts go on in the next line.
  const counts = lines
    .slice(end, end + 3)
    .join(' ')
    .split(/ in [\d.]+ seconds/)
  if (end < 0 || counts.length < 2) return unread('bin/test did not come to its last line')
  const counted = (what: string) => Number(new RegExp(`(\\d+) ${what},`).exec(counts[0] as string)?.[1] ?? 0)
  const tests = new Tests()
  let open: string | null = null
  for (const line of lines.slice(0, end)) {
    const [, name = open, word] = testLine.exec(line) ?? (open === null ? [] : [line, open, statusLine.exec(line)?.[1]])
    const status = statuses[word ?? '']
    if (name !== null && status !== undefined) {
      tests.add(name, status)
      open = null
    } else open = begun.exec(line)?.[1] ?? open
    const failed = section.exec(line)?.[1]
    if (failed !== undefined && tests.has(failed)) tests.failed(failed)
  }
  const wrong = disagreement([
    ['passed', counted('passed'), tests.said.passed],
    ['failed', counted('failed'), tests.said.failed],
    ['expected to fail', counted('expected to fail'), tests.said.xfail],
    ['expected to fail but passed', counted('expected to fail but passed'), tests.said.xpass],
    // A file that cannot be imported is an exception without a test.
    ['exceptions', Math.min(counted('exceptions'), tests.said.error), tests.said.error],
  ])
  return tests.report(wrong)
}
