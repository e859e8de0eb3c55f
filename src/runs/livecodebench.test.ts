/** LiveCodeBench's scenarios in their published shape. Its files are not part of Cupel: the rows are made here. */
import { deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { JudgedProblem, Verdict } from '../kernel/index.js'
import { findData, readData } from './data.js'
import { chosenProblems } from './problems.js'
import { judged, withRows } from './published-rows.test-support.js'
import { openJudge } from '../execute/judge/open-judge.test-support.js'

const { sandbox, judge } = await openJudge()

type Case = readonly [input: string, output: string]

function field(cases: readonly Case[], testtype: string): string {
  return JSON.stringify(cases.map(([input, output]) => ({ input, output, testtype })))
}

/** As `base64(zlib(pickle.dumps(json)))`, protocol 4. */
function packed(text: string): string {
  const bytes = Buffer.from(text)
  const length = Buffer.alloc(4)
  length.writeUInt32LE(bytes.length)
  return deflateSync(Buffer.concat([Buffer.from([0x80, 4, 0x58]), length, bytes, Buffer.from([0x94, 0x2e])])).toString(
    'base64',
  )
}

let next = 0
function row(shown: readonly Case[], hidden: readonly Case[], more: Record<string, unknown> = {}) {
  const functional = 'starter_code' in more
  const type = functional ? 'functional' : 'stdin'
  return {
    question_title: 'A. Sum',
    question_content: 'Add them.',
    platform: functional ? 'leetcode' : 'atcoder',
    question_id: `q${next++}`,
    contest_id: 'abc1',
    contest_date: '2024-09-01T00:00:00',
    starter_code: '',
    difficulty: 'easy',
    public_test_cases: field(shown, type),
    private_test_cases: packed(field(hidden, type)),
    metadata: functional ? '{"func_name": "add"}' : '{}',
    ...more,
  }
}

const method = { starter_code: 'class Solution:\n    def add(self, a: int, b: int) -> int:\n        ' }

/** The verdict on a program for a problem with these tests. */
function verdict(
  tests: { readonly shown?: readonly Case[]; readonly hidden: readonly Case[] } & Record<string, unknown>,
  code: string,
): Promise<Verdict> {
  const { shown = [], hidden, ...more } = tests
  return withRows('livecodebench', [row(shown, hidden, more)], (problems) =>
    judged(judge, 'livecodebench', [...problems.values()][0], code, { cpuSeconds: 1 }),
  )
}

const sums = { shown: [['1 2\n', '3\n']] as Case[], hidden: [['3 4\n', '7\n'] as Case] }
const calls = { shown: [['1\n2', '3']] as Case[], hidden: [['3\n4', '7'] as Case], ...method }

describe('programs of LiveCodeBench', () => {
  it('are judged by public and private tests, in that order', async () => {
    const right = await verdict(sums, 'print(sum(map(int, input().split())))')
    expect(right).toMatchObject({ kind: 'passed', judged: 'output' })
    expect(right.tests.map(({ name }) => name)).toEqual(['public 1', 'private 1'])
    const memorised = await verdict(sums, 'print(3)')
    expect(memorised).toMatchObject({ kind: 'wrong', evidence: 'line 1: expected "7", got "3"' })
    expect(memorised.tests.map(({ status }) => status)).toEqual(['passed', 'failed'])
  })

  it('the codes of what fails: compile, wrong, time, runtime [system 164.b]', async () => {
    const kinds = async (tests: Parameters<typeof verdict>[0], programs: readonly string[]) => {
      const found: string[] = []
      for (const code of programs) found.push((await verdict({ ...tests }, code)).kind)
      return found
    }
    const failures = ['compile-error', 'wrong', 'time-limit', 'runtime-error']
    const loops = 'x = 0\nwhile True: x += 1'
    expect(await kinds(sums, ['print(', 'print(4)', loops, 'print(int(input()))'])).toEqual(failures)
    const solution = (body: string) => `class Solution:\n    def add(self, a, b):\n        ${body}`
    const methods = ['return (', 'return 4', 'while True: pass', 'return a // 0'].map(solution)
    expect(await kinds(calls, methods)).toEqual(failures)
  })

  it('compares lines as decimals [system 164.c]', async () => {
    const prints = (text: string, printed: string) =>
      verdict({ hidden: [['', text]] }, `print(${JSON.stringify(printed)})`)
    expect(await prints('1.0\n2\n', '1.00\n 2.0 ')).toMatchObject({ kind: 'passed' })
    expect(await prints('1', 'one')).toMatchObject({ kind: 'wrong' })
    expect(await prints('50000000000000000', '50000000000000001')).toMatchObject({ kind: 'wrong' })
    expect(await prints('0.333333333', '0.333333')).toMatchObject({ kind: 'wrong' })
    expect(await prints('1\n2', '1\n\n2')).toMatchObject({ kind: 'wrong', evidence: expect.stringContaining('line 2') })
  })

  it('find the names that its runner imports, and its recursion limit', async () => {
    const deep =
      'def down(n: int) -> int: return 0 if n == 0 else 1 + down(n - 1)\nprint(down(20000), gcd(4, 6), deque([1])[0])'
    expect(await verdict({ hidden: [['', '20000 2 1']] }, deep)).toMatchObject({ kind: 'passed' })
  })
})

describe('functions of LiveCodeBench', () => {
  it('are methods of Solution, called with lines of JSON', async () => {
    const code = 'class Solution:\n    def add(self, a, b): return a + b'
    const right = await verdict(calls, code)
    expect(right).toMatchObject({ kind: 'passed', judged: 'out-of-process' })
    expect(right.tests.map(({ name }) => name)).toEqual(['public 1', 'private 1'])
    expect(await verdict({ ...calls, hidden: [['"a\\nb"\n"c"', '"a\\nbc"']] }, code)).toMatchObject({ kind: 'passed' })
  })

  it.each([
    ['a tuple for a list', '(1, 2)', '[1, 2]', 'passed'],
    ['a tuple inside of a list', '[(1, 2)]', '[[1, 2]]', 'wrong'],
    ['a float with other last digits', '0.1 + 0.2', '0.3', 'wrong'],
    ['a truth for one', 'True', '1', 'passed'],
    ['a text for a number', '"1"', '1', 'wrong'],
  ])('%s', async (_, gives, due, kind) => {
    const hidden: Case[] = [['1\n2', due]]
    expect(
      await verdict({ ...method, hidden }, `class Solution:\n    def add(self, a, b): return ${gives}`),
    ).toMatchObject({ kind })
  })

  it('tests that are no JSON are nobody’s failure', async () => {
    const code = 'class Solution:\n    def add(self, a, b): return a + b'
    for (const hidden of [[['1\n', '3']], [['1\n2', '3, 4']], [['1\n2', '']]] as Case[][])
      expect(await verdict({ ...method, hidden }, code)).toMatchObject({ kind: 'infrastructure' })
  })
})

describe('problems of LiveCodeBench', () => {
  const files = {
    'livecodebench__code_generation_lite/test.jsonl': [
      row(sums.shown, sums.hidden, { question_id: 'old', contest_date: '2023-08-31T23:59:59', difficulty: 'hard' }),
    ],
    'livecodebench__code_generation_lite/test3.jsonl': [
      row(sums.shown, sums.hidden, { question_id: 'first', contest_date: '2024-09-01T00:00:00' }),
      row(calls.shown, calls.hidden, { question_id: 'last', contest_date: '2025-01-31T23:00:00', ...method }),
      row(sums.shown, sums.hidden, { question_id: 'new', contest_date: '2025-02-01' }),
    ],
  }

  it('know date, platform, difficulty and release, and of their tests only the public ones', async () => {
    await withRows('livecodebench', files, (problems) => {
      expect([...problems.values()].map(({ problem }) => problem.metadata.release)).toEqual(['v1', 'v3', 'v3', 'v3'])
      const { problem } = problems.get('last') as JudgedProblem
      expect(problem.metadata).toMatchObject({ contest_date: '2025-01-31', platform: 'leetcode', difficulty: 'easy' })
      expect(problem).toMatchObject({ entryPoint: 'Solution', kind: 'function' })
      expect(problem.publicTests).toHaveLength(1)
      expect(JSON.stringify(problem)).not.toContain('7')
    })
  })

  it('are chosen by a window of dates with both ends [system 164.d]', async () => {
    await withRows('livecodebench', files, (problems) => {
      const ids = (...where: string[]) => [...chosenProblems(problems, 'livecodebench', { where }).keys()]
      expect(ids('contest_date>=2024-09-01', 'contest_date<=2025-01-31')).toEqual(['first', 'last'])
      expect(ids('contest_date<=2023-08-31')).toEqual(['old'])
      expect(ids('contest_date<=2025-01')).toEqual(['old', 'first', 'last'])
      expect(ids('contest_date>=2025')).toEqual(['last', 'new'])
      expect(ids('release=v1')).toEqual(['old'])
      expect(ids('difficulty=hard', 'language=python')).toEqual(['old'])
      expect(() => ids('contest_date>=2026')).toThrow(/no problem with contest_date>=2026/)
      expect(() => ids('date>=2024')).toThrow(/have no «date»: they have language, kind, title/)
      expect(() => ids('contest_date')).toThrow(/is no condition/)
    })
  })

  it('public tests are assertions that a method may run', async () => {
    await withRows('livecodebench', files, async (problems) => {
      const [test] = (problems.get('last') as JudgedProblem).problem.publicTests
      const assertion = test?.kind === 'assertion' ? test.code : ''
      const run = (body: string) =>
        sandbox.run({
          language: 'python',
          files: { 'main.py': `class Solution:\n    def add(self, a, b): return ${body}\n${assertion}\n` },
          entry: 'main.py',
        })
      expect((await run('a + b')).outcome).toBe('ok')
      expect((await run('a - b')).stderr).toContain('AssertionError')
    })
  })

  it('a row that is none is named, and tests that cannot be unpacked name their problem', async () => {
    const broken = { ...row([], []), contest_date: 'yesterday' }
    await expect(withRows('livecodebench', [row([], []), broken], () => 0)).rejects.toThrow(/row 2: contest_date/)
    const damaged = row([], [['1', '1']], { question_id: 'damaged', private_test_cases: 'AAAA' })
    await withRows('livecodebench', [damaged], (problems) =>
      expect(() => problems.get('damaged')?.suite).toThrow(/^damaged: the test cases could not be unpacked/),
    )
  })

  it('with megabytes of tests are judged, and their tests are held packed until then', async () => {
    const big = Array.from({ length: 200_000 }, (_, i) => i * 7919)
    const text = `${big.join(' ')}\n`
    const hidden = Array.from({ length: 6 }, (_, i): Case => [`${i}\n${text}`, `${big.reduce((a, b) => a + b, i)}\n`])
    const one = row([], hidden)
    expect(field(hidden, 'stdin').length).toBeGreaterThan(10 << 20)
    await withRows('livecodebench', [one], async (problems) => {
      const [problem] = [...problems.values()]
      const code = 'import sys\nprint(sum(map(int, sys.stdin.buffer.read().split())))'
      expect(await judged(judge, 'livecodebench', problem, code)).toMatchObject({ kind: 'passed' })
      expect(await judged(judge, 'livecodebench', problem, 'print(input())')).toMatchObject({ kind: 'wrong' })
      expect(problem?.suite).toBe(problem?.suite)
    })
  })
})

const gym = 'NVIDIA-NeMo__Gym/resources_servers/code_gen/data'
const published = [`${gym}/example.jsonl`, `${gym}/example_rollouts.jsonl`].map((path) => ({ path }))
const missing = published.some((file) => findData(file) === null)
if (missing) console.log(`programs that were graded before are not judged: ${gym} is not below CUPEL_DATA`)

/** Its rollouts were graded with LiveCodeBench's runner: `result` ends with the first case that failed. */
const asked = z.object({ input: z.array(z.object({ content: z.string() })) })
const question = z.object({
  responses_create_params: asked,
  verifier_metadata: z.object({ unit_tests: z.object({ inputs: z.array(z.string()), outputs: z.array(z.string()) }) }),
})
const rollout = z.object({
  responses_create_params: asked,
  extracted_model_code: z.string(),
  reward: z.number(),
  result: z.array(z.unknown()),
})

it.skipIf(missing)('gives the recorded programs the reward that LiveCodeBench’s runner gave them', async () => {
  const [questions, rollouts] = await Promise.all(published.map((file) => readData(file)))
  const textOf = ({ input }: z.output<typeof asked>) => input[0]?.content
  const known = new Map(
    (questions ?? []).map((one) => question.parse(one)).map((one) => [textOf(one.responses_create_params), one]),
  )
  const seen: unknown[] = []
  for (const one of (rollouts ?? []).map((each) => rollout.parse(each))) {
    const { inputs = [], outputs = [] } =
      known.get(textOf(one.responses_create_params))?.verifier_metadata.unit_tests ?? {}
    const shown = inputs.map((input, i): Case => [input, outputs[i] as string])
    const { kind, tests } = await verdict({ shown, hidden: [] }, one.extracted_model_code)
    const failed = tests.findIndex(({ status }) => status === 'failed')
    expect([one.reward, one.reward === 1 ? -1 : one.result.length - 1]).toEqual([kind === 'passed' ? 1 : 0, failed])
    seen.push(one.reward)
  }
  expect(seen).toEqual([0, 1, 0, 0, 0])
})

describe('code execution', () => {
  const execution = {
    id: 'sample_0',
    question_id: 2777,
    contest_id: 'weekly-contest-300',
    contest_date: '2023-05-07T00:00:00',
    difficulty: 'easy',
    function_name: 'twice',
    code: 'def twice(xs):\n    return [x * 2 for x in xs]',
    input: 'twice(xs = [1, 2])',
    output: '[2, 4]',
    numsteps: 3,
    problem_id: 1,
  }
  const predicts = (text: string) =>
    withRows('livecodebench-execution', [execution], (problems) =>
      judged(judge, 'livecodebench-execution', problems.get('sample_0'), text),
    )

  it('takes every expression of the value', async () => {
    for (const text of ['[2, 4]', '[2,4]\n', '[1 + 1, 4.0]'])
      expect(await predicts(text)).toMatchObject({ kind: 'passed' })
    for (const text of ['[2, 4, 6]', '(2, 4)', '"[2, 4]"', '[2, 4] or True'.replace('[2, 4]', '0')])
      expect((await predicts(text)).kind).not.toBe('passed')
  })

  it('does not take an echo of the call [system 164.e]', async () => {
    for (const text of ['twice(xs = [1, 2])', `${execution.code}\ntwice(xs = [1, 2])`])
      expect(['runtime-error', 'wrong', 'compile-error']).toContain((await predicts(text)).kind)
  })
})

describe('test output prediction', () => {
  const question = {
    question_id: '2777',
    question_title: 'pairs',
    question_content: 'Pairs of them.',
    contest_id: 'weekly-contest-300',
    contest_date: '2023-05-07T00:00:00',
    difficulty: 'easy',
    test_id: 2,
    test: '[{"input": "[1, 2]\\n3", "output": "[[1, 3], [2, 3]]", "testtype": "functional"}]',
    function_name: 'pairs',
    starter_code: 'class Solution:\n    def pairs(self, xs: List[int], y: int) -> List[List[int]]:\n        ',
  }
  const predicts = (text: string) =>
    withRows('livecodebench-test-output', [question], (problems) =>
      judged(judge, 'livecodebench-test-output', problems.get('2777/2'), text),
    )

  it('asks for the assertion of the input', async () => {
    await withRows('livecodebench-test-output', [question], (problems) => {
      const { problem } = problems.get('2777/2') as JudgedProblem
      expect(problem.prompt).toContain('assert pairs([1, 2], 3) ==\n')
      expect(problem.prompt).not.toContain('[1, 3]')
    })
  })

  it.each([
    ['an assertion', 'assert pairs([1, 2], 3) == [[1, 3], [2, 3]]'],
    ['comments before it', '# the pairs\n# assert pairs([1, 2], 3) == []\nassert pairs([1, 2], 3) == [[1, 3], [2, 3]]'],
    ['a comment after it', 'assert pairs([1, 2], 3) == [[1, 3], [2, 3]] # both'],
    ['several lines', 'assert pairs(\n    [1, 2], 3\n) == [\n    [1, 3],\n    [2, 3],\n]'],
    ['a definition before it', 'def pairs(xs, y): return 0\n\nassert pairs([1, 2], 3) == [[1, 3], [2, 3]]'],
    ['prose around it', 'The output is\nassert pairs([1, 2], 3) == [[1, 3], [2, 3]]\nas asked.'],
    ['a message', 'assert pairs([1, 2], 3) == [[1, 3], [2, 3]], "pairs"'],
    ['the value alone', '[[1, 3], [2, 3]]'],
    ['an expression', 'assert pairs([1, 2], 3) == [[x, 3] for x in (1, 2)]'],
  ])('reads %s [system 164.f]', async (_, text) => expect(await predicts(text)).toMatchObject({ kind: 'passed' }))

  it.each([
    ['another value', 'assert pairs([1, 2], 3) == [[1, 3]]'],
    ['tuples', 'assert pairs([1, 2], 3) == [(1, 3), (2, 3)]'],
    ['no equality', 'assert pairs([1, 2], 3)'],
    ['a chain of comparisons', 'assert pairs([1, 2], 3) == [[1, 3], [2, 3]] == 0'],
    ['what is always true', 'assert True or pairs([1, 2], 3) == [[1, 3], [2, 3]]'],
    ['the call', 'assert pairs([1, 2], 3) == pairs([1, 2], 3)'],
    ['nothing', '# assert pairs([1, 2], 3) == [[1, 3], [2, 3]]'],
    ['a second assertion that is right', 'assert pairs([1, 2], 3) == 0\nassert pairs([1, 2], 3) == [[1, 3], [2, 3]]'],
  ])('refuses %s', async (_, text) => expect((await predicts(text)).kind).not.toBe('passed'))
})
