/** Reports that the tools themselves wrote (fixtures/), and the same with what a hostile program could add. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type ReportFormat, reportFormats } from '../../../kernel/index.js'
import { readReport } from './index.js'

const fixture = (name: string) => readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8')
const inFile = new Set<ReportFormat>(['junit', 'jest-json', 'vitest-json', 'mocha-json'])

function read(format: ReportFormat, text: string) {
  const output = inFile.has(format)
    ? { stdout: '', stderr: '', files: [text] }
    : { stdout: text, stderr: '', files: [] }
  const { tests, broken } = readReport(format, output)
  return { tests: Object.fromEntries(tests.map(({ name, status }) => [name, status])), broken }
}

const jestTests = {
  'sum › inner › adds': 'passed',
  'sum › inner › is slow': 'passed',
  'sum › fails': 'failed',
  'sum › is skipped': 'skipped',
  'sum › later': 'skipped',
  'top level': 'passed',
}
const mochaTests = {
  'top level': 'passed',
  'sum fails': 'failed',
  'sum is slow': 'passed',
  'sum is skipped': 'skipped',
  'sum later': 'skipped',
  'sum inner adds': 'passed',
}
const pytestTests = {
  'test_real.py::test_ok': 'passed',
  'test_real.py::test_bad': 'failed',
  'test_real.py::test_param[a - b]': 'passed',
  'test_real.py::test_param[c d]': 'failed',
  'test_real.py::test_param[e]]': 'passed',
  'test_real.py::test_teardown': 'error',
  'test_real.py::test_xfail': 'xfail',
  'test_real.py::test_xpass': 'xpass',
  'test_real.py::TestC::test_m': 'passed',
}
const goTests = {
  TestOk: 'passed',
  // A line that TestOk prints says that it has passed.
  TestBad: 'failed',
  TestSub: 'passed',
  'TestSub/a_b': 'passed',
  'TestSub/c': 'skipped',
  TestQ: 'passed',
}

const real: readonly (readonly [ReportFormat, string, Record<string, string>])[] = [
  ['pytest', 'pytest-rA.txt', { ...pytestTests, 'test_real.py:11': 'skipped' }],
  ['pytest', 'pytest-v.txt', { ...pytestTests, 'test_real.py::test_skip': 'skipped' }],
  [
    'unittest',
    'unittest.txt',
    {
      'test_bad (__main__.T.test_bad)': 'failed',
      'test_doc (__main__.T.test_doc)': 'passed',
      'test_error (__main__.T.test_error)': 'error',
      'test_loud (__main__.T.test_loud)': 'passed',
      // It prints «ok» and fails.
      'test_noisy (__main__.T.test_noisy)': 'failed',
      'test_ok (__main__.T.test_ok)': 'passed',
      'test_skip (__main__.T.test_skip)': 'skipped',
      'test_sub (__main__.T.test_sub)': 'failed',
      'test_xfail (__main__.T.test_xfail)': 'xfail',
      'test_xpass (__main__.T.test_xpass)': 'xpass',
    },
  ],
  [
    'junit',
    'pytest.xml',
    {
      'test_real.test_ok': 'passed',
      'test_real.test_bad': 'failed',
      'test_real.test_param[a - b]': 'passed',
      'test_real.test_param[c d]': 'failed',
      'test_real.test_param[e]]': 'passed',
      'test_real.test_teardown': 'error',
      'test_real.test_skip': 'skipped',
      'test_real.test_xfail': 'skipped',
      'test_real.test_xpass': 'passed',
      'test_real.TestC.test_m': 'passed',
    },
  ],
  [
    'junit',
    'node.xml',
    { 'test.adds': 'passed', 'test.fails': 'failed', 'test.skips': 'skipped', 'test.nested': 'passed' },
  ],
  [
    'junit',
    'vitest.xml',
    {
      'a.test.ts.sum > inner > adds': 'passed',
      'a.test.ts.sum > inner > is slow': 'passed',
      'a.test.ts.sum > fails': 'failed',
      'a.test.ts.sum > is skipped': 'skipped',
      'a.test.ts.sum > later': 'skipped',
      'a.test.ts.top level': 'passed',
    },
  ],
  [
    'junit',
    'mocha.xml',
    {
      'top level.top level': 'passed',
      'fails.sum fails': 'failed',
      'is slow.sum is slow': 'passed',
      'adds.sum inner adds': 'passed',
    },
  ],
  ['jest', 'jest.txt', { ...jestTests, 'only b': 'passed' }],
  ['jest-json', 'jest-json.txt', { ...jestTests, 'only b': 'passed' }],
  [
    'vitest',
    'vitest.txt',
    {
      'a.test.ts > sum > inner > adds': 'passed',
      'a.test.ts > sum > inner > is slow': 'passed',
      'a.test.ts > sum > fails': 'failed',
      'a.test.ts > sum > is skipped': 'skipped',
      'a.test.ts > sum > later': 'skipped',
      'a.test.ts > top level': 'passed',
    },
  ],
  ['vitest-json', 'vitest-json.txt', jestTests],
  ['mocha', 'mocha.txt', mochaTests],
  ['mocha-json', 'mocha-json.txt', mochaTests],
  ['go-test', 'go.txt', goTests],
  ['go-test-json', 'go-json.txt', goTests],
  ['go-test', 'go-panic.txt', { TestQ: 'passed', TestR: 'failed' }],
  [
    'cargo-test',
    'cargo.txt',
    {
      'tests::ok': 'passed',
      'tests::bad': 'failed',
      'tests::panics': 'passed',
      'tests::slow': 'skipped',
      'src/lib.rs - two (line 1)': 'passed',
    },
  ],
]

/** In the shapes that Maven, Gradle and Python before 3.11 print; those tools were not at hand to write them here. */
const maven = `[INFO] Running com.example.GoodTest
[INFO] Tests run: 3, Failures: 0, Errors: 0, Skipped: 1, Time elapsed: 0.03 s - in com.example.GoodTest
[INFO] Running com.example.BadTest
[ERROR] Tests run: 2, Failures: 1, Errors: 1, Skipped: 0, Time elapsed: 0.05 s <<< FAILURE! - in com.example.BadTest
[ERROR] adds(com.example.BadTest)  Time elapsed: 0.01 s  <<< FAILURE!
[ERROR] com.example.BadTest.divides -- Time elapsed: 0.01 s <<< ERROR!
[INFO] Results:
[ERROR] Tests run: 5, Failures: 1, Errors: 1, Skipped: 1
[INFO] BUILD FAILURE
`
const gradle = `> Task :test
com.example.FooTest > adds PASSED
com.example.FooTest > divides() FAILED
    java.lang.AssertionError at FooTest.java:9
com.example.FooTest > later SKIPPED
3 tests completed, 1 failed, 1 skipped
BUILD FAILED in 2s
`
const oldUnittest = `test_sub (tests.T) ... test_tail (tests.T) ... ok
======================================================================
FAIL: test_sub (tests.T) (i=1)
----------------------------------------------------------------------
Ran 2 tests in 0.000s

FAILED (failures=1)
`

describe('reports as the tools write them', () => {
  it.each(real)('%s reads %s test by test', (format, name, tests) => {
    expect(read(format, fixture(name))).toEqual({ tests, broken: undefined })
  })

  it('Maven names classes and the methods that failed', () => {
    expect(read('maven', maven)).toEqual({
      tests: {
        'com.example.GoodTest': 'passed',
        'com.example.BadTest': 'error',
        'com.example.BadTest.adds': 'failed',
        'com.example.BadTest.divides': 'error',
      },
      broken: undefined,
    })
  })

  it('Gradle names tests after their class', () => {
    const tests = {
      'com.example.FooTest > adds': 'passed',
      'com.example.FooTest > divides()': 'failed',
      'com.example.FooTest > later': 'skipped',
    }
    expect(read('gradle', gradle)).toEqual({ tests, broken: undefined })
  })

  it('a failed test of subtests without a status of its own does not take that of the next', () => {
    const tests = { 'test_sub (tests.T)': 'failed', 'test_tail (tests.T)': 'passed' }
    expect(read('unittest', oldUnittest)).toEqual({ tests, broken: undefined })
  })

  it('pytest -v may give a reason after a status, in brackets of its own', () => {
    const text = fixture('pytest-v.txt')
      .replace('SKIPPED (no)  ', 'SKIPPED (a (b)) ')
      .replace('XFAIL  ', 'XFAIL (c (d)) ')
    expect(text).toContain('XFAIL (c (d))')
    expect(read('pytest', text)).toEqual(read('pytest', fixture('pytest-v.txt')))
  })

  it('colours and carriage returns change nothing', () => {
    const coloured = fixture('pytest-rA.txt').replaceAll('PASSED', '\u001b[32mPASSED\u001b[0m').replaceAll('\n', '\r\n')
    expect(read('pytest', coloured)).toEqual(read('pytest', fixture('pytest-rA.txt')))
  })
})

const texts: Readonly<Record<ReportFormat, string>> = {
  'cargo-test': fixture('cargo.txt'),
  // No text: what counts is not printed.
  'exit-status': '',
  'go-test': fixture('go.txt'),
  'go-test-json': fixture('go-json.txt'),
  gradle,
  jest: fixture('jest.txt'),
  'jest-json': fixture('jest-json.txt'),
  junit: fixture('vitest.xml'),
  maven,
  mocha: fixture('mocha.txt'),
  'mocha-json': fixture('mocha-json.txt'),
  pytest: fixture('pytest-rA.txt'),
  'swe-bench-pytest': fixture('pytest-rA.txt'),
  'swe-bench-unittest': fixture('django.txt'),
  sympy: fixture('sympy.txt'),
  unittest: fixture('unittest.txt'),
  vitest: fixture('vitest.txt'),
  'vitest-json': fixture('vitest-json.txt'),
}

describe('names of SWE-bench', () => {
  it('Django: docstrings are names too, and the worst of two that share one counts', () => {
    expect(read('swe-bench-unittest', texts['swe-bench-unittest'])).toEqual({
      tests: {
        'test_good (sites.tests.Second.test_good)': 'passed',
        'test_good (sites.tests.Second)': 'passed',
        'test_shared (sites.tests.Second.test_shared)': 'passed',
        'test_shared (sites.tests.Second)': 'passed',
        'Shared title.': 'failed',
        'test_shared (sites.tests.Third.test_shared)': 'failed',
        'test_shared (sites.tests.Third)': 'failed',
        'test_bad (sites.tests.First.test_bad)': 'failed',
        'test_bad (sites.tests.First)': 'failed',
        'test_error (sites.tests.First.test_error)': 'error',
        'test_error (sites.tests.First)': 'error',
        'test_expected (sites.tests.First.test_expected)': 'passed',
        'test_expected (sites.tests.First)': 'passed',
        'test_good (sites.tests.First.test_good)': 'passed',
        'test_good (sites.tests.First)': 'passed',
        'test_logs (sites.tests.First.test_logs)': 'passed',
        'test_logs (sites.tests.First)': 'passed',
        'test_skipped (sites.tests.First.test_skipped)': 'skipped',
        'test_skipped (sites.tests.First)': 'skipped',
        'test_titled (sites.tests.First.test_titled)': 'passed',
        'test_titled (sites.tests.First)': 'passed',
        'A cached index can be rendered (#2713).': 'passed',
        'test_titled_bad (sites.tests.First.test_titled_bad)': 'failed',
        'test_titled_bad (sites.tests.First)': 'failed',
        'One that fails ... with dots.': 'failed',
      },
      broken: undefined,
    })
  })

  it('SymPy: what a test prints is not what became of another', () => {
    const { tests, broken } = read('sympy', texts.sympy)
    expect(broken).toBeUndefined()
    // test_prints prints that test_bad is ok, so nothing that can be believed says what became of itself.
    expect(tests).toEqual({
      test_good: 'passed',
      test_bad: 'failed',
      test_raises: 'error',
      test_expected: 'xfail',
      test_unexpected: 'xpass',
      test_skipped: 'skipped',
      test_a_name_that_is_so_long_that_it_fills_the_whole_line_of_eighty_columns_abc: 'passed',
      test_last: 'passed',
      test_other: 'passed',
    })
    const honest = texts.sympy.replace('test_prints something\ntest_bad ok\nok', 'test_prints something\nok')
    expect(read('sympy', honest)).toEqual({ tests: { ...tests, test_prints: 'passed' }, broken: undefined })
    for (const [from, to] of [
      ['test_last ok', 'test_last'],
      ['test_bad F', 'test_bad f'],
      ['test_raises E', 'test_raises ok'],
    ] as const)
      expect(read('sympy', honest.replace(from, to)).broken).toBeTruthy()
  })

  it('pytest: a name ends at its first blank, a path that is a parameter has no folders', () => {
    const lines = ['FAILED a.py::t[x z] - no', 'PASSED a.py::t[x y]', 'PASSED a.py::p[/tmp/work/b/c.py]']
    const text = ['= short test summary info =', ...lines, 'XFAIL a.py::x - why', 'PASSED a.py::m[MouseButton.LEFT]']
    const { tests, broken } = read(
      'swe-bench-pytest',
      [...text, '= 1 failed, 3 passed, 1 xfailed in 0.1s ='].join('\n'),
    )
    expect(broken).toBeUndefined()
    expect(tests).toMatchObject({
      'a.py::t[x y]': 'passed',
      'a.py::t[x': 'failed',
      'a.py::p[/c.py]': 'passed',
      'a.py::x': 'passed',
      'a.py::m[1]': 'passed',
    })
  })
})

describe('reports that cannot be believed', () => {
  it.each(reportFormats.filter((format) => format !== 'exit-status'))(
    '%s: a report without its end is broken',
    (format) => {
      const text = texts[format]
      const cut: Partial<Record<ReportFormat, RegExp>> = {
        'cargo-test': /^test result:[\s\S]*/m,
        'go-test': /^(ok|FAIL) *\t[\s\S]*/m,
        'go-test-json': /^.*FAIL\\texample[\s\S]*/m,
        jest: /^Tests:[\s\S]*/m,
        mocha: /^ +\d+ passing[\s\S]*/m,
        pytest: /^=+ \d+ failed[\s\S]*/m,
        'swe-bench-pytest': /^=+ \d+ failed[\s\S]*/m,
        'swe-bench-unittest': /^Ran \d[\s\S]*/m,
        sympy: /^ tests finished[\s\S]*/m,
        unittest: /^Ran \d[\s\S]*/m,
        vitest: /^.*Tests .*$/m,
        maven: /^.*BUILD[\s\S]*/m,
        gradle: /^BUILD[\s\S]*/m,
      }
      const short = text.replace(cut[format] ?? /.{40}$/s, '')
      expect(short).not.toBe(text)
      expect(read(format, short).broken).toBeTruthy()
    },
  )

  it.each(reportFormats)('%s: an empty report is broken, not a success', (format) => {
    expect(readReport(format, { stdout: '', stderr: '', files: [] }).broken).toBeTruthy()
    expect(read(format, '').broken).toBeTruthy()
  })

  // What the candidate prints, before or after what the runner says, names a failed test as passed.
  it.each<[ReportFormat, string, string]>([
    ['pytest', 'PASSED test_real.py::test_bad', 'test_real.py::test_bad'],
    [
      'pytest',
      '=== short test summary info ===\nPASSED test_real.py::test_bad\n=== 1 passed in 0.01s ===',
      'test_real.py::test_bad',
    ],
    ['pytest', 'test_real.py::test_bad PASSED [ 50%]', 'test_real.py::test_bad'],
    ['unittest', 'test_bad (__main__.T.test_bad) ... ok', 'test_bad (__main__.T.test_bad)'],
    ['unittest', 'test_bad (__main__.T.test_bad) ... ok\nRan 1 test in 0.001s\n\nOK', 'test_bad (__main__.T.test_bad)'],
    ['swe-bench-unittest', 'test_bad (sites.tests.First) ... ok', 'test_bad (sites.tests.First)'],
    ['swe-bench-unittest', 'test_bad (sites.tests.First.test_bad) ... ok', 'test_bad (sites.tests.First)'],
    ['swe-bench-pytest', 'PASSED test_real.py::test_param[c d]', 'test_real.py::test_param[c'],
    ['sympy', 'test_bad ok', 'test_bad'],
    ['sympy', 'test_bad ok\ntests finished: 1 passed, in 0.01 seconds', 'test_bad'],
    ['go-test', '--- PASS: TestBad (0.00s)', 'TestBad'],
    ['go-test', '--- PASS: TestBad (0.00s)\nPASS\nok  \texample.com/m/p\t0.01s', 'TestBad'],
    ['go-test-json', '{"Action":"pass","Package":"example.com/m/p","Test":"TestBad"}', 'TestBad'],
    ['cargo-test', 'test tests::bad ... ok', 'tests::bad'],
    ['cargo-test', 'running 1 test\ntest tests::bad ... ok\ntest result: ok. 1 passed; 0 failed', 'tests::bad'],
    ['jest', '  ✓ fails', 'sum › fails'],
    ['vitest', ' ✓ a.test.ts > sum > fails 1ms', 'a.test.ts > sum > fails'],
    ['mocha', '    ✔ fails', 'sum fails'],
    ['gradle', 'com.example.FooTest > divides() PASSED', 'com.example.FooTest > divides()'],
    [
      'maven',
      '[INFO] Tests run: 2, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 1 s - in com.example.BadTest',
      'com.example.BadTest',
    ],
  ])('%s: lines that contradict each other do not pass (%#)', (format, forged, name) => {
    const text = texts[format]
    for (const both of [`${forged}\n${text}`, `${text}\n${forged}\n`]) {
      const { tests, broken } = read(format, both)
      expect(tests[name] === 'passed' && broken === undefined).toBe(false)
    }
  })

  // A test that did not run is named as passed among the lines of those that did.
  it.each<[ReportFormat, string, RegExp]>([
    ['pytest', 'PASSED test_real.py::test_new', /(?=^PASSED test_real.py::TestC)/m],
    ['unittest', 'test_new (__main__.T.test_new) ... ok', /(?=^test_ok)/m],
    ['cargo-test', 'test tests::new ... ok', /(?=^test tests::slow)/m],
    ['jest', '  ✓ new', /(?=^ {2}sum$)/m],
    ['jest-json', '{"ancestorTitles":[],"title":"new","status":"passed"},', /(?<="assertionResults":\[)/],
    ['vitest', ' ✓ a.test.ts > new 1ms', /(?=^.*→ expected)/m],
    ['mocha', '  ✔ new', /(?=^ {2}sum$)/m],
    ['mocha-json', '{"fullTitle":"new"},', /(?<="passes": \[)/],
    ['junit', '<testcase classname="a" name="new"/>', /(?=<testcase)/],
    ['gradle', 'com.example.FooTest > new PASSED', /(?=^com)/m],
    [
      'maven',
      '[INFO] Tests run: 9, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 1 s - in New',
      /(?=^\[INFO\] Running)/m,
    ],
  ])('%s: a line too many is seen by the counts', (format, line, where) => {
    const text = texts[format].replace(where, `${line}\n`)
    expect(text).not.toBe(texts[format])
    expect(read(format, text).broken).toMatch(/the runner counts|there is no|no XML/)
  })

  it('pytest: what a test printed as a heading begins no summary', () => {
    const printed = '=== short test summary info ===\nPASSED test_real.py::test_new\n'
    expect(read('pytest', printed + fixture('pytest-rA.txt'))).toEqual(read('pytest', fixture('pytest-rA.txt')))
  })

  it.each<[ReportFormat, string]>([
    ['go-test', '=== RUN   TestA\n--- FAIL: TestA (0.00s)\nPASS\nok  \tp\t0.1s\n'],
    ['gradle', 'a.B > c FAILED\nBUILD SUCCESSFUL in 1s\n'],
    ['maven', maven.replace('BUILD FAILURE', 'BUILD SUCCESS')],
    ['unittest', 'test_a (m.T) ... ok\nRan 1 test in 0.1s\n\nFAILED\n'],
    ['jest-json', fixture('jest-json.txt').replace('"success":false', '"success":true')],
    ['cargo-test', 'running 1 test\ntest a ... FAILED\ntest result: ok. 0 passed; 1 failed; 0 ignored\n'],
  ])('%s: an end that is not what the tests say is not believed', (format, text) => {
    expect(read(format, text).broken).toMatch(/success|is ok with|its last line is/)
  })

  it('go test: tests of a package that has no end have not passed', () => {
    const cut = fixture('go.txt').replace(/^ok .*$/m, '')
    expect(read('go-test', cut).broken).toBe('go test did not come to the last line of a package')
  })

  it('go test: a process that left before the tests were over has not passed', () => {
    for (const [format, name] of [
      ['go-test', 'go-exit.txt'],
      ['go-test-json', 'go-exit-json.txt'],
    ] as const) {
      const { tests, broken } = read(format, fixture(name))
      expect([tests.TestR, broken]).toEqual(['error', 'a package is ok without the line PASS'])
    }
  })

  it('cargo test: what tests print with --nocapture makes the counts differ', () => {
    expect(read('cargo-test', fixture('cargo-nocapture.txt')).broken).toBe(
      'tests: the runner counts 4, its lines say 5',
    )
  })

  it('JUnit: entities are not expanded, and neither depth nor size takes the judge down', () => {
    const bomb = `<!DOCTYPE t [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><testsuite tests="1"><testcase name="&b;"/></testsuite>`
    expect(read('junit', bomb)).toMatchObject({ tests: {}, broken: expect.stringContaining('&b;') })
    const external = `<!DOCTYPE t [<!ENTITY a SYSTEM "file:///etc/passwd">]><testsuite tests="1"><testcase name="&a;"/></testsuite>`
    expect(read('junit', external)).toMatchObject({ tests: {}, broken: expect.stringContaining('&a;') })
    expect(read('junit', '<a>'.repeat(200_000) + '</a>'.repeat(200_000)).broken).toBeTruthy()
    expect(read('junit', '<html><testcase name="x"/></html>').broken).toBe('the report file is no JUnit report')
  })

  it('JUnit: a failure, or that it was flaky, outweighs that the same test passed', () => {
    const twice =
      '<testsuite tests="2" failures="1"><testcase name="a"/><testcase name="a"><failure/></testcase></testsuite>'
    expect(read('junit', twice)).toEqual({ tests: { a: 'failed' }, broken: undefined })
    const flaky = '<testsuite tests="1" failures="0"><testcase name="a"><flakyFailure/></testcase></testsuite>'
    expect(read('junit', flaky).tests).toEqual({ a: 'failed' })
  })

  it('a line longer than any runner writes is not read, and a report that is all such lines is broken', () => {
    const long = 'x'.repeat(20_000)
    expect(read('pytest', `PASSED test_real.py::${long}\n${fixture('pytest-rA.txt')}`)).toEqual(
      read('pytest', fixture('pytest-rA.txt')),
    )
    for (const format of reportFormats)
      for (const token of ['a - ', 'x ', '= 1 a,', '::', '✓ ', ' PASSED (', '1'])
        expect(read(format, `${token.repeat(9_000 / token.length)}\n`.repeat(20)).broken).toBeTruthy()
  })
})

describe('an exit status', () => {
  it('is one test, passed by 0 alone', () => {
    const status = (exitCode: number | null) =>
      readReport('exit-status', { stdout: '', stderr: '', files: [], exitCode }).tests
    expect([0, 1, 139, null].map((code) => status(code)[0]?.status)).toEqual(['passed', 'failed', 'failed', 'failed'])
    expect(status(0)).toEqual([{ name: 'exit status', status: 'passed' }])
  })
})
