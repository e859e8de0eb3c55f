/**
 * unittest with `-v`: `test_x (module.Class.test_x) ... ok`, then a section for each failure, `Ran 3 tests in 0.1s` and
 * `OK` or `FAILED (failures=1)`. What a test prints can stand before its status; a section of a failure always counts.
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
  FAIL: 'failed',
  ERROR: 'error',
  'expected failure': 'xfail',
  'unexpected success': 'xpass',
}
const name = /^(\S+ \([\w.<>$-]+\)(?: \[.*\]| \(.*\))*)(?: \.\.\. ?(.*))?$/
/** Of a test with a docstring the name stands in the line before. */
const docstring = /^(.*) \.\.\. ?(.*)$/
const status = /^(.*?)(ok|FAIL|ERROR|expected failure|unexpected success|skipped .*)$/
const section = /^(FAIL|ERROR): (.*)$/
const ran = /^Ran (\d+) tests? in [\d.]+s$/
const ended = /^(OK|FAILED|NO TESTS RAN)(?: \((.*)\))?$/

export function readUnittest(output: RunnerOutput): TestReport {
  return readUnittestWithTitles(output).report
}

/** The first lines of docstrings, by the names of their tests. */
type Titles = Map<string, string[]>

export function readUnittestWithTitles(output: RunnerOutput): { readonly report: TestReport; readonly titles: Titles } {
  const titles: Titles = new Map()
  return { report: reportOf(output, titles), titles }
}

function reportOf(output: RunnerOutput, titles: Titles): TestReport {
  const lines = printed(output)
  const end = lines.findLastIndex((line) => ran.test(line))
  const verdict = lines.slice(end + 1).find((line) => ended.test(line))
  if (end < 0 || verdict === undefined) return unread('unittest did not come to its last line')
  const tests = readLines(lines, titles)
  for (const line of lines) {
    const [, word, failed = ''] = section.exec(line) ?? []
    if (word === undefined) continue
    // A subtest is named after its test: `test_x (module.Class.test_x) (i=1)`.
    const whole = [...tests.names()].filter((one) => failed === one || failed.startsWith(`${one} `))
    for (const one of whole) tests.failed(one, word === 'FAIL' ? 'failed' : 'error')
  }
  const [, , details = ''] = ended.exec(verdict) ?? []
  const counted = (what: string) => Number(new RegExp(`(?:^|, )${what}=(\\d+)`).exec(details)?.[1] ?? 0)
  const sections = (word: string) => lines.filter((line) => section.exec(line)?.[1] === word).length
  const wrong = disagreement([
    ['tests', Number(ran.exec(lines[end] as string)?.[1]), tests.saidInAll],
    ['failures', counted('failures'), sections('FAIL')],
    ['errors', counted('errors'), sections('ERROR')],
    ['unexpected successes', counted('unexpected successes'), tests.said.xpass],
  ])
  const calm = verdict.startsWith('OK') === (counted('failures') + counted('errors') + tests.said.xpass === 0)
  return tests.report(wrong ?? (calm ? undefined : `its last line is «${verdict}»`))
}

function readLines(lines: readonly string[], titles: Titles): Tests {
  const tests = new Tests()
  let open: string | null = null
  let waiting = false
  for (const line of lines) {
    if (section.test(line) || ran.test(line)) {
      // A test without a status was cut off.
      if (open !== null && waiting) tests.add(open, 'error')
      open = null
      waiting = false
      continue
    }
    let text = line
    let named = name.exec(text)
    // Before Python 3.11 a test whose subtests failed gets no status: the next one stands behind it.
    while (named && name.test(named[2] ?? '')) {
      tests.add(named[1] as string, 'failed')
      text = named[2] as string
      named = name.exec(text)
    }
    const [, title, after] = named || open === null || waiting ? [] : (docstring.exec(line) ?? [])
    if (open !== null && title !== undefined) titles.set(open, [...(titles.get(open) ?? []), title.trim()])
    const rest = named ? named[2] : after
    if (named) {
      if (open !== null && waiting) tests.add(open, 'error')
      open = named[1] as string
      waiting = named[2] !== undefined
    } else if (rest !== undefined) waiting = true
    if (open === null || !waiting) continue
    const [, , word = ''] = status.exec(rest ?? line) ?? []
    if (word === '') continue
    // Fixtures of a class or module are no tests and not counted as such.
    if (!/^(setUp|tearDown)(Class|Module) /.test(open)) tests.add(open, statuses[word] ?? 'skipped')
    open = null
    waiting = false
  }
  return tests
}
