/** Exercises of ours in the six languages of the polyglot benchmark, judged by the tests they come with. */
import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { JudgedProblem, RepositorySuite } from '../../kernel/index.js'
import polyglot from '../benchmarks/polyglot.js'
import { trivialPrograms } from '../trivial.js'
import { exerciseProblem } from './exercise.js'
import { cpp, go, java, javascript, python, rust } from './exercises.test-support.js'
import { openJudge } from '../../execute/judge/open-judge.test-support.js'

const noJunit =
  !existsSync('/usr/share/java/junit-platform-console.jar') || !existsSync('/usr/share/java/assertj-core.jar')
if (noJunit)
  console.log(
    'Java exercises: only the sentence is tested, since JUnit is missing (apt-get install junit5 libassertj-core-java)',
  )

const { judge } = await openJudge()
const verdict = (judged: JudgedProblem, files: Record<string, string>) =>
  judge.judge(judged, { code: JSON.stringify(files) })
const referenceOf = ({ reference = '' }: JudgedProblem): Record<string, string> => JSON.parse(reference)

describe('an exercise', () => {
  const { problem, suite, reference } = exerciseProblem(cpp)
  it('asks for its files, with what they hold and how to answer', () => {
    expect(problem).toMatchObject({
      id: 'cpp/half-of-it',
      language: 'cpp',
      kind: 'repository',
      files: ['half_of_it.cpp', 'half_of_it.h'],
    })
    expect(problem.prompt).toMatch(/^# Instructions\n\nHalve.*\n\n# More\n\nSay «odd».*Use only the standard library/s)
    expect(problem.prompt).toContain('half_of_it.h\n```\n#pragma once\n\nnamespace half_of_it {\n\n}\n```')
    expect(problem.prompt).not.toContain('REQUIRE')
  })

  it('gives each example its place in the solution, and leaves it out of what candidates find', () => {
    expect(Object.keys(JSON.parse(reference ?? ''))).toEqual(['half_of_it.cpp', 'half_of_it.h'])
    expect(Object.keys(referenceOf(exerciseProblem(rust)))).toEqual(['src/lib.rs'])
    expect(Object.keys(referenceOf(exerciseProblem(java)))).toEqual(['src/main/java/HalfOfIt.java'])
    expect(Object.keys((suite as RepositorySuite).files).filter((path) => path.startsWith('.'))).toEqual([])
    const two = java.files['.meta/config.json']?.replace(
      '"example":[',
      '"example":[".meta/src/reference/java/Halves.java",',
    )
    const more = { '.meta/config.json': two ?? '', '.meta/src/reference/java/Halves.java': 'class Halves {}' }
    const helper = { ...java, files: { ...java.files, ...more } }
    expect(Object.keys(referenceOf(exerciseProblem(helper)))).toEqual([
      'src/main/java/Halves.java',
      'src/main/java/HalfOfIt.java',
    ])
    expect(trivialPrograms({ problem, suite })).toMatchObject({ programs: [{ what: 'change nothing', code: '{}' }] })
  })

  it('takes its files from a completion of the prompt', () => {
    const reply = 'half_of_it.h\n```cpp\nint half();\n```\n'
    expect(JSON.parse(polyglot.complete?.(problem, reply) ?? '')).toEqual({ 'half_of_it.h': 'int half();\n' })
  })

  it.each<[string, Record<string, string>, RegExp]>([
    ['no JSON', { '.meta/config.json': '{' }, /half-of-it\/.meta\/config.json is no JSON/],
    ['no files', { '.meta/config.json': '{}' }, /config.json: files/],
    ['no tests', { '.meta/config.json': '{"files": {"solution": ["half_of_it.h"]}}' }, /names no tests/],
    ['another language', { '.meta/config.json': '{"files": {"solution": ["a.cob"]}}' }, /no file of the solution/],
    [
      'a file that is not there',
      { '.meta/config.json': '{"files": {"solution": ["half_of_it.h"], "test": ["x_test.cpp"]}}' },
      /x_test.cpp of .meta\/config.json is not there/,
    ],
  ])('that names %s is refused', (_, more, message) => {
    expect(() => exerciseProblem({ ...cpp, files: { ...cpp.files, ...more } })).toThrow(message)
  })

  it.each([
    [
      'the crate rand',
      { ...rust, files: { ...rust.files, 'Cargo.toml': `${rust.files['Cargo.toml']}rand = "0.8"\n` } },
    ],
    [
      'the module example.org/x',
      { ...go, files: { ...go.files, 'go.mod': 'module a\n\nrequire (\n\texample.org/x v1.0.0\n)\n' } },
    ],
  ])('that needs %s is not judged, and says why', async (what, row) => {
    const judged = exerciseProblem(row)
    expect(await verdict(judged, {})).toMatchObject({
      kind: 'infrastructure',
      reason: expect.stringContaining(`needs ${what}, and nothing is fetched here`),
    })
  })
})

const hollow = `import unittest
class HalfOfItTest(unittest.TestCase):
    def test_even(self): pass
    def test_several(self): pass
    def test_odd(self): pass
`
/** A whole report in Jest's words, written when the process ends. */
const names = ['of an even number', 'of an odd number', 'of 2', 'of 4']
const forged = {
  ...{ numTotalTests: 4, numPassedTests: 4, numFailedTests: 0, success: true },
  testResults: [
    {
      status: 'passed',
      assertionResults: names.map((title) => ({ ancestorTitles: ['half'], title, status: 'passed' })),
    },
  ],
}
const forging = `import { writeFileSync } from 'node:fs'
process.on('exit', () => writeFileSync('.cupel/report.json', ${JSON.stringify(JSON.stringify(forged))}))
export const half = (n) => n / 2
`

describe.each([
  ['Python', python, 'half_of_it.py', 'def half(number):\n    return number // 2\n', /test_odd .*: failed$/],
  ['JavaScript', javascript, 'half-of-it.js', 'export const half = (n) => n / 2\n', /^half › of an odd number: failed/],
] as const)('an exercise in %s', (language, row, path, wrong, evidence) => {
  const judged = exerciseProblem({ ...row })
  const tests = language === 'Python' ? 'half_of_it_test.py' : 'half-of-it.spec.js'
  it('is passed by its example and by what is as right, not by its stub or half of it', async () => {
    expect(await verdict(judged, referenceOf(judged))).toMatchObject({ kind: 'passed', judged: 'in-process' })
    expect(await verdict(judged, {})).toMatchObject({ kind: 'wrong' })
    expect(await verdict(judged, { [path]: wrong })).toMatchObject({
      kind: 'wrong',
      evidence: expect.stringMatching(evidence),
    })
    expect(await verdict(judged, { [path]: '(' })).toMatchObject({ kind: expect.stringMatching('error|wrong') })
  })

  it('says what ran in place of a runner that is not there', async () => {
    const { evidence } = await verdict(judged, referenceOf(judged))
    expect(evidence).toBe(language === 'Python' ? undefined : "run by Cupel's stand-in for Jest, without Babel")
  })

  const cheats: [string, Record<string, string>][] =
    language === 'Python'
      ? [
          ['brings tests', { [tests]: hollow, [path]: wrong }],
          ['brings a unittest', { 'unittest.py': 'print("Ran 3 tests in 0.1s\\n\\nOK")', [path]: wrong }],
          ['leaves', { [path]: 'import os\nos._exit(0)\n' }],
          ['skips', { [path]: 'import unittest\nraise unittest.SkipTest("x")\n' }],
        ]
      : [
          [
            'brings tests',
            {
              [tests]: `describe('half', () => { for (const name of ${JSON.stringify(names)}) test(name, () => {}) })`,
              [path]: wrong,
            },
          ],
          ['brings a runner', { '.cupel/jest/run.mjs': "throw 'x'", '.cupel/jest/expect.mjs': '', [path]: wrong }],
          ['brings a report', { '.cupel/report.json': '{}', [path]: 'process.exit(0)' }],
          ['replaces expect', { [path]: `globalThis.expect = () => new Proxy({}, { get: () => () => {} })\n${wrong}` }],
          ['writes a report at the end', { [path]: forging }],
        ]
  it.each(cheats)('is not passed by a candidate that %s', async (_, files) => {
    const bare = String(row.files[tests as keyof typeof row.files]).replace(/^import .* from '@jest.*\n/, '')
    const withGlobals = exerciseProblem({ ...row, files: { ...row.files, [tests]: bare } })
    expect(['wrong', 'runtime-error']).toContain((await verdict(withGlobals, files)).kind)
  })
})

describe('an exercise whose example does not pass here', () => {
  const broken = (files: Record<string, string>) => exerciseProblem({ ...python, files: { ...python.files, ...files } })
  it('is nobody’s failure: the machine or the exercise is at fault', async () => {
    const judged = broken({ '.meta/example.py': 'import nothing_of_this_name\n' })
    expect(await verdict(judged, {})).toMatchObject({
      kind: 'infrastructure',
      reason: expect.stringMatching(/own solution does not pass on this machine.*FAILED \(errors=1\)/),
    })
  })

  it('or that has no example, or tests that show nothing, is not judged either', async () => {
    const none = exerciseProblem({
      ...python,
      files: {
        ...python.files,
        '.meta/config.json': '{"files": {"solution": ["half_of_it.py"], "test": ["half_of_it_test.py"]}}',
      },
    })
    expect(await verdict(none, {})).toMatchObject({ reason: expect.stringContaining('no solution of its own') })
    const empty = broken({ 'half_of_it_test.py': 'import unittest\n' })
    expect(await verdict(empty, {})).toMatchObject({
      kind: 'infrastructure',
      reason: expect.stringMatching(/no test ran/),
    })
  })
})

it('exercises in compiled languages run all their tests, skipped ones too, and half of a solution fails one', async () => {
  const wrong: readonly [JudgedProblem, Record<string, string>, string][] = [
    [
      exerciseProblem(go),
      { 'half_of_it.go': 'package halfofit\n\nfunc Half(number int) (int, error) { return number / 2, nil }\n' },
      'TestHalf/an_odd_number: failed',
    ],
    [
      exerciseProblem(rust),
      { 'src/lib.rs': 'pub fn half(number: i32) -> Option<i32> { Some(number / 2) }\n' },
      'odd: failed (run by rustc',
    ],
    [
      exerciseProblem(cpp),
      {
        'half_of_it.h': '#pragma once\nnamespace half_of_it { inline int half(int number) { return number / 2; } }\n',
        'half_of_it.cpp': '',
      },
      'tests.global.an odd number: failed',
    ],
  ]
  const odd = { 'src/main/java/HalfOfIt.java': 'class HalfOfIt { int half(int number) { return number / 2; } }\n' }
  const inJava = noJunit ? 'JUnit 5 or AssertJ is not installed (apt-get' : 'HalfOfItTest.odd(): failed (run by javac'
  await Promise.all(
    [...wrong, [exerciseProblem(java), odd, inJava] as const].map(async ([judged, files, said]) => {
      const given = await verdict(judged, files)
      const reason = given.kind === 'infrastructure' ? given.reason : given.evidence
      expect(reason, judged.problem.id).toContain(said)
    }),
  )
})
