/** Rows of ours in the shape of CodeScope's files, judged; its real rows of code smells where they are there. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { Benchmark, JudgedProblem } from '../kernel/index.js'
import optimization from './benchmarks/codescope-optimization.js'
import repair from './benchmarks/codescope-repair.js'
import smell from './benchmarks/codescope-smell.js'
import synthesis from './benchmarks/codescope-synthesis.js'
import translation from './benchmarks/codescope-translation.js'
import { classificationScores, passAtKOverProblems, smellLength } from './metrics/index.js'
import { pythonLiteral } from './python-literal.js'
import { openJudge } from '../execute/judge/open-judge.test-support.js'

const testcases = `[{'input': '2 3\\r\\n', 'output': ['5\\r\\n', '5.0']}, {'input': "10 -4\\n", 'output': ['6\\n']}]`
const statement = {
  description: 'Add two numbers.',
  input_specification: 'Two integers.',
  output_specification: 'Their sum.',
  sample_inputs: "['2 3\\n']",
  sample_outputs: ['5\n'],
  notes: null,
}
const python = 'a, b = map(int, input().split())\nprint(a + b)\n'
const script = "const [a, b] = require('fs').readFileSync(0, 'utf8').split(/\\s+/).map(Number)\nconsole.log(a + b)\n"
const perl = 'my ($a, $b) = split / /, <STDIN>;\nprint $a + $b, "\\n";\n'
const common = { id: 7, src_uid: 'abc', testcases, difficulty: 800 }
const asked = (title: string, right: string, wrong: string) => ({
  ...{ ...common, ...statement, lang_cluster: title, lang: title, human_solution: right, source_code: wrong },
  ...{ execute_outcome: 'WRONG_ANSWER' },
})

function problemsOf(benchmark: Benchmark, rows: readonly unknown[]): JudgedProblem[] {
  return [...benchmark.problems([rows.map((row) => benchmark.row.parse(row))])]
}

const { judge } = await openJudge()
const kind = async (judged: JudgedProblem, code: string) => (await judge.judge(judged, { code }, judged.limits)).kind

describe('CodeScope', () => {
  it.each([
    ['Python', python, 'print(5)\n'],
    ['Javascript', script, 'console.log(5)\n'],
    ['Perl', perl, 'print "5\\n";\n'],
  ])('[system 12.d] counts a repair in %s that passes all tests, and no other', async (title, right, wrong) => {
    const [judged] = problemsOf(repair, [asked(title, right, wrong)])
    if (!judged) throw new Error('no problem')
    expect(judged.problem.id).toBe('repair/7')
    expect(judged.problem.prompt).toContain(wrong.trim())
    // It is right of one of the two tests.
    expect(judged.wrong).toEqual([wrong])
    const kinds = await Promise.all([right, wrong, ' '].map((code) => kind(judged, code)))
    expect(kinds).toEqual(['passed', 'wrong', 'no-code'])
    expect(passAtKOverProblems(new Map(kinds.map((one, i) => [String(i), [one]])), 1).value).toBeCloseTo(1 / 3, 12)
  })

  it('reads cases as Python prints them, with other outputs that are as right', () => {
    const [judged] = problemsOf(synthesis, [asked('C++', '', '')])
    expect(judged?.suite).toMatchObject({
      cases: [
        { stdin: '2 3\n', stdout: '5\n', alternatives: ['5.0'] },
        { stdin: '10 -4\n', stdout: '6\n' },
      ],
    })
    expect(judged?.problem).toMatchObject({ id: 'synthesis/7', language: 'cpp', metadata: { difficulty: 800 } })
    expect(judged?.problem.prompt).toContain('Sample input:\n2 3\nSample output:\n5')
    expect(judged).not.toHaveProperty('reference')
  })

  it('translates from and to the languages of a row, and optimises for time and for memory', async () => {
    const [translated] = problemsOf(translation, [
      { ...common, source_code: perl, source_lang_cluster: 'Perl', target_lang_cluster: 'Python' },
    ])
    expect(translated?.problem).toMatchObject({ language: 'python', metadata: { from: 'Perl', to: 'Python' } })
    expect(await kind(translated as JudgedProblem, perl)).not.toBe('passed')
    const baselines = { time_baseline_source_code: python, memory_baseline_source_code: `${python}\n` }
    const row = { ...common, description: 'Add.', lang: 'Python 3', ...baselines }
    const optimised = problemsOf(optimization, [row])
    expect(optimised.map(({ problem }) => problem.id)).toEqual(['optimization/time/7', 'optimization/memory/7'])
    expect(await kind(optimised[0] as JudgedProblem, python)).toBe('passed')
    const titles = ['GNU C++17', 'GNU C', 'GNU C11', 'Mono C#', 'PyPy 3']
    const languages = titles.map((lang) => problemsOf(optimization, [{ ...row, lang }])[0]?.problem.language)
    expect(languages).toEqual(['cpp', 'c', 'c', 'csharp', 'python'])
  })

  it('refuses rows without cases, and languages that are none of its own', () => {
    expect(() => synthesis.row.parse({ ...asked('C', '', ''), testcases: '[]' })).toThrow()
    expect(() => synthesis.row.parse({ ...asked('C', '', ''), testcases: '[{' })).toThrow('no list of Python')
    expect(() => problemsOf(synthesis, [asked('Klingon', '', '')])).toThrow('7 asks for «Klingon»')
  })
})

const file = join(process.env.CUPEL_DATA ?? '', 'WeixiangYAN__CodeScope/data/code_smell_data.jsonl.gz')
const there = existsSync(file)
if (!there) console.log('code smells: the 200 real rows are not read, since CUPEL_DATA does not hold CodeScope')

describe('code smells', () => {
  it.skipIf(!there)('has 200 pieces, of which an answer names the smell in any case', async () => {
    const rows = gunzipSync(readFileSync(file)).toString('utf8').trim().split('\n')
    const problems = problemsOf(
      smell,
      rows.map((row) => JSON.parse(row)),
    )
    expect(problems).toHaveLength(200)
    const [first] = problems
    if (!first) throw new Error('no problem')
    expect(await kind(first, `${first.reference?.toUpperCase()}.`)).toBe('passed')
    expect(await kind(first, 'none')).toBe('wrong')
    // Who says «long method» of everything is right as often as that is due.
    const due = problems.map(({ problem }) => String(problem.metadata.smell))
    expect(
      classificationScores(
        due,
        due.map(() => 'long method'),
      ),
    ).toEqual({
      accuracy: 0.375,
      precision: 0.375 * 0.375,
      recall: 0.375,
      f1: expect.closeTo(0.375 * (0.75 / 1.375), 12),
    })
  })

  it('[system 12.b] are scored as scikit-learn weighs classes; an answer that names none is wrong, not an error', () => {
    const due = ['blob', 'blob', 'blob', 'data class', 'data class', 'long method']
    const answered = ['blob', 'data class', '', 'data class', 'blob', '']
    const labels = ['large class', 'long method', 'data class', 'blob', 'feature envy', '']
    // blob: 1 of 2 named, 1 of 3 due; data class: 1 of 2, 1 of 2; long method: none of none, none of 1; '' weighs nothing.
    // Precision (3 · 0.5 + 2 · 0.5 + 1 · 0) / 6, F1 (3 · 0.4 + 2 · 0.5 + 1 · 0) / 6.
    const scores = { accuracy: 1 / 3, recall: 1 / 3, precision: 0.416666666667, f1: 0.366666666667 }
    for (const given of [classificationScores(due, answered, labels), classificationScores(due, answered)])
      for (const [name, value] of Object.entries(scores)) expect(given).toHaveProperty(name, expect.closeTo(value, 11))
    expect(classificationScores(['blob', 'x'], ['blob', 'blob'], ['blob'])).toEqual({
      ...{ accuracy: 0.5, precision: 0.5, recall: 1 },
      f1: expect.closeTo(2 / 3, 12),
    })
    expect(() => classificationScores(['a'], [])).toThrow('1 classes and 0 answers')
    expect(() => classificationScores([], [])).toThrow('there are none')
  })

  it.each([
    ['Java', [22, 664, 665, 1124, 1125, 1725]],
    ['C#', [22, 633, 634, 1102, 1103, 2113]],
  ] as const)('of %s are short, medium or long by the published cut-offs', (language, counts) => {
    const [a, b, c, d, e, f] = counts.map((count) => smellLength(language, count))
    expect([a, b, c, d, e, f]).toEqual(['short', 'short', 'medium', 'medium', 'long', 'long'])
  })
})

describe('values as Python prints them', () => {
  it.each<[string, unknown]>([
    ['[]', []],
    ["['a', \"b'c\", 'd\"\\'']", ['a', "b'c", 'd"\'']],
    ["{'a': (1, -2.5, 1e3), 'b': [None, True, False]}", { a: [1, -2.5, 1000], b: [null, true, false] }],
    ["'\\n\\t\\\\n\\x41\\u00e4\\U0001f600\\0\\q'", '\n\t\\nA\u00e4😀\0\\q'],
    ["'line\nbreak'", 'line\nbreak'],
    [" ( 'a' , ) ", ['a']],
  ])('%j', (text, value) => {
    expect(pythonLiteral(text)).toEqual(value)
  })

  it.each(['', '[', "['a'", "'a", '[1 2]', '{1}', '__import__', 'constructor', "b'x'", '[] []', '1.2.3', "{'a': 1"])(
    '%j is none',
    (text) => {
      expect(() => pythonLiteral(text)).toThrow(SyntaxError)
    },
  )
})
