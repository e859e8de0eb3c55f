/** Rows of ours in the shape of CRUXEval-X: one function that doubles a text, in nine languages. */
import { describe, expect, it } from 'vitest'
import { languagesOfPlainValues } from '../execute/index.js'
import type { JudgedProblem } from '../kernel/index.js'
import benchmark from './benchmarks/cruxeval-x.js'
import { openJudge } from '../execute/judge/open-judge.test-support.js'

const go = (actual: string, expected: string) => `func TestF(t *testing.T) {
  candidate := f

	type test struct {
		actual   interface{}
		expected interface{}
	}
   tests := []test{
     { actual: candidate(${actual}), expected: ${expected} },
   }

	for i, tc := range tests {
		t.Run(fmt.Sprintf("test num % d", i), func(t *testing.T) {
			if fmt.Sprintf("%v", tc.actual) != fmt.Sprintf("%v", tc.expected) {
				t.Errorf("expected '%s', got '%s'", tc.expected, tc.actual)
			}
		})
	}
}
`
type Tail = (input: string, output: string) => string
const script: Tail = (input, output) =>
  `const assert = require('node:assert');\n\n\nfunction test() {\n  let candidate = f;\n  assert.deepEqual(candidate(${input}),${output});\n}\n\ntest();`
/** The function, the program that asserts, its input and output, and another input that gives the same. */
type Row = readonly [head: string, tail: Tail, input: string, output: string, other: string]
const rows: Readonly<Record<string, Row>> = {
  cpp: [
    '#include<assert.h>\n#include<bits/stdc++.h>\nstd::vector<std::string> f(std::string text, long skip) {\n    return {text.substr(skip), text.substr(skip)};\n',
    (input, output) => `}\nint main() {\n    auto candidate = f;\n    assert(candidate(${input}) == ${output});\n}\n`,
    '("xab"), (1)',
    '(std::vector<std::string>({(std::string)"ab", (std::string)"ab"}))',
    '"yyab", 2',
  ],
  go: [
    'package f_test\n\nimport (\n    "fmt"\n    "testing"\n)\n\nfunc f(text string, skip int) []string {\n    return []string{text[skip:], text[skip:]}\n}\n',
    go,
    '"xab", 1',
    '[]string{"ab", "ab"}',
    '"yyab", 2',
  ],
  java: [
    'import java.util.*;\nimport org.javatuples.*;\nclass Problem {\n    public static Pair<String, Long> f(String text, long skip) {\n        return Pair.with(text.substring((int) skip), 2l);\n    }\n',
    (input, output) =>
      `    public static void main(String[] args) {\n    assert(f(${input}).equals(${output}));\n    }\n\n}\n`,
    '("xab"), (1l)',
    '(Pair.with("ab", 2l))',
    '"yyab", 2l',
  ],
  js: [
    'function f(text, skip){\n    return [text.slice(skip), text.slice(skip)];\n}\n',
    script,
    '"xab", 1',
    '["ab", "ab"]',
    "'yyab', 2",
  ],
  php: [
    '<?php\nfunction f($text, $skip) {\n    return array(substr($text, $skip), substr($text, $skip));\n}\n',
    (input, output) =>
      `function candidate(...$args) {\n    return f(...$args);\n}\n\nfunction test(): void {\n    if (candidate(${input}) !== ${output}) { throw new Exception("Test failed!"); }\n}\n\ntest();`,
    '"xab", 1',
    'array("ab", "ab")',
    "'yyab', 2",
  ],
  py: [
    'def f(text: str, skip: int):\n    return [text[skip:]] * 2\n\n',
    (input, output) =>
      `def check(candidate):\n    assert candidate(${input}) == ${output}\n\ndef test_check():\n    check(f)\n\ntest_check()\n`,
    "'xab', 1",
    "['ab', 'ab']",
    '"yyab", 2',
  ],
  rb: [
    'def f(text, skip)\n  [text[skip..], text[skip..]]\nend\n',
    (input, output) =>
      `require 'test/unit'\nclass TestHumanEval < Test::Unit::TestCase\n  def test_f\n    candidate = method(:f)\n    assert_equal(${output}, candidate.call(${input}))\n  end\nend\n`,
    '"xab", 1',
    '["ab", "ab"]',
    "'yyab', 2",
  ],
  rs: [
    'fn f(text: String, skip: usize) -> Vec<String> {\n    vec![text[skip..].to_string(), text[skip..].to_string()]\n',
    (input, output) => `}\n\nfn main() {\n    let candidate = f;\n    assert_eq!(candidate(${input}), ${output});\n}\n`,
    'String::from("xab"), 1',
    'vec![String::from("ab"), String::from("ab")]',
    '"yyab".to_string(), 2',
  ],
  ts: [
    'function f(text: string, skip: number): string[] {\n    return [text.slice(skip), text.slice(skip)];\n}\n',
    (input, output) => `declare var require: any;\n${script(input, output)}`,
    '"xab", 1',
    '["ab", "ab"]',
    '"yyab", 2',
  ],
}

const files = benchmark.data.map(({ path }) => {
  const [head, tail, input, output] = rows[path.replace(/.*\/|\.jsonl$/g, '')] as Row
  return [
    {
      id: 0,
      code: head + tail(input, output),
      input_reasoning: tail('????', output),
      output_reasoning: tail(input, '????'),
    },
    { id: 1 },
  ]
})
const problems = new Map([...benchmark.problems(files)].map((judged) => [judged.problem.id, judged]))
const problem = (id: string) => problems.get(id) as JudgedProblem

const { judge } = await openJudge()
const verdict = (judged: JudgedProblem, code: string) => judge.judge(judged, { code }, benchmark.limits)

describe('CRUXEval-X', () => {
  it('has a problem for each direction of each translation; what was not translated is left out', () => {
    expect([...problems.keys()].filter((id) => id.startsWith('rs/'))).toEqual(['rs/0/output', 'rs/0/input'])
    expect(problems.size).toBe(2 * languagesOfPlainValues.length)
    const { problem: asked, reference, suite } = problem('rb/0/output')
    expect(asked.prompt).toContain('assert_equal(????, candidate.call("xab", 1))')
    expect(asked.prompt).not.toContain('["ab", "ab"]')
    expect(reference).toBe('["ab", "ab"]')
    expect(suite).not.toHaveProperty('several')
  })

  it('finds the gap where a text of the program looks like one; an end that is none is refused', () => {
    const code = 'f("????") == 1'
    const [one] = benchmark.problems([
      [],
      [],
      [],
      [{ id: 0, code, input_reasoning: 'f(????) == 1', output_reasoning: 'f("????") == ????' }],
    ])
    expect(one?.reference).toBe('1')
    const bad = [[], [], [], [{ id: 7, code, output_reasoning: 'g(????)', input_reasoning: '' }]]
    expect(() => [...benchmark.problems(bad)]).toThrow('output_reasoning of js/7 is not the end of its code')
  })

  it.each(['js', 'py', 'php', 'rb'])(
    '[system 15.b] [system 15.d] in %s the value passes, so does the whole line, and another input; others do not',
    async (short) => {
      const output = problem(`${short}/0/output`)
      const { suite, reference = '' } = output
      if (suite.kind !== 'gap') throw new Error('no gap')
      const line = suite.before.split('\n').at(-1) + reference + suite.after.split('\n')[0]
      expect(await verdict(output, reference)).toMatchObject({ kind: 'passed', judged: 'output' })
      expect(await verdict(output, line)).toMatchObject({ kind: 'passed' })
      expect(await verdict(output, '"ab"')).toMatchObject({ kind: 'wrong' })
      expect(await verdict(output, 'exit(0)')).toMatchObject({
        kind: 'compile-error',
        exception: { type: 'NoPlainValue' },
      })
      expect(await verdict(output, ' ')).toMatchObject({ kind: 'no-code' })
      const input = problem(`${short}/0/input`)
      expect(await verdict(input, rows[short]?.[4] ?? '')).toMatchObject({ kind: 'passed' })
      expect(await verdict(input, '"xyz", 1')).toMatchObject({ kind: 'wrong' })
    },
  )

  it('[system 15.b] in compiled languages another input that gives the output passes, and one that does not fails', async () => {
    const wrong: Record<string, string> = {
      ...{ cpp: '"xyz", 1', go: '"xyz", 1', java: '"xyz", 1l', rs: 'String::from("xyz"), 1', ts: '"xyz", 1' },
    }
    await Promise.all(
      Object.entries(wrong).map(async ([short, other]) => {
        const { reference: _, ...input } = problem(`${short}/0/input`)
        expect(await verdict(input, rows[short]?.[4] ?? ''), short).toMatchObject({ kind: 'passed' })
        expect(await verdict(input, other), short).toMatchObject({ kind: 'wrong' })
      }),
    )
  })

  it('[system 15.d] in compiled languages the published value satisfies its assertion', async () => {
    const compiled = ['cpp', 'go', 'java', 'rs', 'ts']
    const outputs = compiled.map((short) => problem(`${short}/0/output`))
    const kinds = await Promise.all(outputs.map(async (one) => (await verdict(one, one.reference ?? '')).kind))
    expect(kinds).toEqual(compiled.map(() => 'passed'))
    // It is the same program with which the input is asked.
    const whole = ({ suite, reference = '' }: JudgedProblem) =>
      suite.kind === 'gap' ? suite.before + reference + suite.after : ''
    for (const short of compiled) expect(whole(problem(`${short}/0/input`))).toBe(whole(problem(`${short}/0/output`)))
  })

  it('an assertion that its own value does not satisfy, or a value of no known kind, is nobody’s failure', async () => {
    const { suite, ...asked } = problem('js/0/output')
    const output = { ...asked, suite: { ...suite } }
    expect(await verdict({ ...output, reference: '["ab"]' }, '[]')).toMatchObject({
      kind: 'infrastructure',
      reason: expect.stringContaining('the published value does not satisfy its assertion'),
    })
    expect(await verdict({ ...output, reference: 'new Set()' }, 'new Set()')).toMatchObject({ kind: 'infrastructure' })
  })
})
