/**
 * Reports whose tests are looked up by the names of SWE-bench's lists. Its readers of logs take a line apart at blanks, so a
 * list says `test_x[a` for `test_x[a b]`, and a docstring where unittest prints one. Here a test has its own name and those:
 * where several tests share one, it counts as the worst of them. As there, a test that is expected to fail and does is
 * passed.
 */
import { readPytest } from './pytest.js'
import { type ReportedStatus, type RunnerOutput, type TestReport, Tests } from './report.js'
import { readUnittestWithTitles } from './unittest.js'

export function readSweBenchPytest(output: RunnerOutput): TestReport {
  return renamed(readPytest(output), namesOf)
}

/** Django's own runner prints what unittest does. */
export function readSweBenchUnittest(output: RunnerOutput): TestReport {
  const { report, titles } = readUnittestWithTitles(output)
  return renamed(report, (name) => [name, beforePython311(name), ...(titles.get(name) ?? [])])
}

function renamed({ tests, broken }: TestReport, names: (name: string) => readonly string[]): TestReport {
  const all = new Map<string, ReportedStatus>()
  for (const test of tests) {
    const status = test.status === 'xfail' ? 'passed' : test.status
    for (const name of new Set(names(test.name))) {
      const before = all.get(name)
      if (before === undefined || before === 'passed') all.set(name, status)
    }
  }
  const result = new Tests()
  for (const [name, status] of all) result.add(name, status)
  return result.report(broken)
}

/** `test_x (tests.T.test_x)` → `test_x (tests.T)`: the lists are from older versions. */
function beforePython311(name: string): string {
  return name.replace(/^(\S+) \((.*)\.\1\)$/, '$1 ($2)')
}

/** Without what follows a blank; without the folders of a path that is a parameter; the numbers of matplotlib's buttons. */
function namesOf(name: string): string[] {
  const first = name.split(/\s/)[0] as string
  const [, test = '', option = ''] = /^(.*?)\[(.*)\]/.exec(first) ?? []
  const isPath = option.startsWith('/') && !option.startsWith('//') && !option.includes('*')
  const short = isPath ? `${test}[/${option.split('/').at(-1)}]` : first
  const numbered = (text: string) => text.replaceAll('MouseButton.LEFT', '1').replaceAll('MouseButton.RIGHT', '3')
  return [name, first, short, numbered(first)]
}
