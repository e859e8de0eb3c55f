/** APPS in its published shape, and MapCoder's file of 150 of its problems, which CUPEL_DATA names. */
import { describe, expect, it } from 'vitest'
import type { JudgedProblem, StdioSuite, Verdict } from '../kernel/index.js'
import { findData } from './data.js'
import { loadProblems } from './problems.js'
import { benchmark, judged, withRows } from './published-rows.test-support.js'
import { openJudge } from '../execute/judge/open-judge.test-support.js'

const { judge } = await openJudge()

let next = 0
function row(tests: unknown, more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    problem_id: next++,
    question: 'Do it.',
    solutions: '["print(1)", "print(2)"]',
    input_output: typeof tests === 'string' ? tests : JSON.stringify(tests),
    difficulty: 'interview',
    url: 'https://example.org/p',
    starter_code: '',
    ...more,
  }
}

/** The verdict on a program for a problem with these tests. */
function verdict(tests: unknown, code: string, more: Record<string, unknown> = {}): Promise<Verdict> {
  return withRows('apps', [row(tests, more)], (problems) => judged(judge, 'apps', [...problems.values()][0], code))
}

const stdio = (outputs: unknown[], inputs: unknown[] = outputs.map(() => '1\n')) => ({ inputs, outputs })
const prints = (text: string) => `print(${JSON.stringify(text)}, end='')`

describe('rows of APPS', () => {
  it('become problems with the first published solution as reference', async () => {
    const rows = [
      row(stdio(['2']), { problem_id: 4000 }),
      row({ fn_name: 'twice', inputs: [[1]], outputs: [[2]] }, { problem_id: 1, starter_code: 'def twice(x):\n\t' }),
      { ...row(stdio(['1'])), problem_id: undefined, id: 7 },
    ]
    await withRows('apps', rows, (problems) => {
      expect([...problems.keys()]).toEqual(['4000', '1', '7'])
      const [first, second] = [...problems.values()] as [JudgedProblem, JudgedProblem]
      expect(first).toMatchObject({ reference: 'print(1)', problem: { kind: 'stdio', publicTests: [] } })
      expect(first.problem.metadata).toEqual({ difficulty: 'interview', url: 'https://example.org/p' })
      expect(second.problem).toMatchObject({ kind: 'function', entryPoint: 'twice' })
      expect(second.problem.prompt).toContain('def twice(x):')
      expect(JSON.stringify(second.problem)).not.toContain('[[2]]')
    })
  })

  it.each([
    ['are missing', ''],
    ['are no JSON', '{"inputs": ["1"'],
    ['are not as many as inputs', stdio(['1', '2'], ['1'])],
    ['are no texts', stdio([{ a: 1 }])],
    ['are empty lists', stdio([])],
    ['expect nothing but silence', stdio(['', '\n'])],
    ['are called by what is no name', { fn_name: 'f() or g', inputs: [[1]], outputs: [1] }],
  ])('tests that %s are nobody’s failure', async (_, tests) => {
    expect(await verdict(tests, '')).toMatchObject({ kind: 'no-code' })
    expect(await verdict(tests, 'pass')).toMatchObject({ kind: 'infrastructure', reason: 'the problem has no tests' })
  })

  it('refuses a row that is none by its number', async () => {
    const broken = { ...row(stdio(['1'])), difficulty: 'easy' }
    await expect(withRows('apps', [row(stdio(['1'])), broken], () => 0)).rejects.toThrow(
      /test\.jsonl, row 2: difficulty/,
    )
  })
})

describe('programs of APPS', () => {
  it.each([
    ['lines as a list', [['1', '2']], '1\n2\n'],
    ['a trailing space and newline', ['1 2 \n3\n'], '1 2\n3'],
    ['an empty line more', ['1\n2'], '1\n\n2\n\n'],
    ['a float within 1e-5 of itself', ['0.3333333333'], '0.333333'],
    ['an integer printed as a float', ['3'], '3.0'],
    ['numbers in lists', [[1, 2]], '1\n2'],
  ])('%s is accepted', async (_, outputs, printed) =>
    expect(await verdict(stdio(outputs), prints(printed))).toMatchObject({ kind: 'passed' }),
  )

  it.each([
    ['lines in another order', ['1\n2'], '2\n1'],
    ['an integer one off, within 1e-5 of itself', ['1000000'], '1000001'],
    ['words in another case', ['YES'], 'yes'],
    ['the first of two lines', ['1\n2'], '1'],
    ['nothing', ['1'], ''],
  ])('%s is not', async (_, outputs, printed) =>
    expect(await verdict(stdio(outputs), prints(printed))).toMatchObject({ kind: 'wrong' }),
  )

  it('one of several cases may expect silence', async () => {
    const tests = stdio(['', '5'], ['0\n', '5\n'])
    const echo = 'x = input()\nif x != "0": print(x)'
    expect(await verdict(tests, echo)).toMatchObject({ kind: 'passed' })
    expect(await verdict(tests, 'print(input())')).toMatchObject({ kind: 'wrong' })
  })

  it('reads from real pipes, in every way there is', async () => {
    const ways = [
      'import sys\na = sys.stdin.buffer.readline()\nb = sys.stdin.buffer.readline()\nprint(int(a) + int(b))',
      'import sys\nprint(sum(int(x) for x in sys.stdin))',
      'print(int(input()) + int(input()))',
      'import sys\nsys.stdout.buffer.write(str(sum(map(int, sys.stdin.read().split()))).encode())',
      'import os\nprint(sum(map(int, os.read(0, 100).split())))',
      'def main():\n    print(sum(map(int, open(0).read().split())))\nif __name__ == "__main__":\n    main()\nelse:\n    print(0)\n',
    ]
    for (const code of ways) expect(await verdict(stdio(['7'], ['3\n4\n']), code)).toMatchObject({ kind: 'passed' })
  })

  it('inputs may be lists of lines, and the runner’s imports are there', async () => {
    const code = 'print(gcd(int(input()), int(input())), len(deque([1])), heappop([5]))'
    expect(await verdict(stdio([['6 1 5']], [['12', '18']]), code)).toMatchObject({ kind: 'passed' })
  })
})

describe('functions of APPS', () => {
  const f = (outputs: unknown[], inputs: unknown[] = [[1]]) => ({ fn_name: 'f', inputs, outputs })
  const gives = (text: string) => `def f(*x): return ${text}`

  it.each([
    ['the value', [5], '5'],
    ['the value in a list of one', [[5]], '5'],
    ['the list of one itself', [[5]], '[5]'],
    ['a tuple for a list', [[1, 2]], '(1, 2)'],
    [
      'tuples in a list for lists',
      [
        [
          [1, 2],
          [3, 4],
        ],
      ],
      '[(1, 2), (3, 4)]',
    ],
    ['a list in a list of one', [[[1, 2]]], '[1, 2]'],
    ['integers for keys', [{ 1: 'a' }], '{1: "a"}'],
    ['integers for keys in a list of one', [[{ 1: 'a' }]], '{1: "a"}'],
    ['a float with its last digits', [0.3], '0.1 + 0.2'],
    ['a truth', [[true]], 'True'],
    ['nothing', [null], 'None'],
  ])('%s is accepted', async (_, outputs, value) =>
    expect(await verdict(f(outputs), gives(value))).toMatchObject({ kind: 'passed', judged: 'out-of-process' }),
  )

  it.each([
    ['the first of a longer list', [[1, 2, 3]], '1'],
    ['a list of one for the value', [5], '[5]'],
    ['a text for a number', [5], '"5"'],
    ['another order', [[1, 2]], '[2, 1]'],
    ['an integer one off', [1000000], '1000001'],
    ['a set for a list', [[1, 2]], '{1, 2}'],
    ['what equals everything', [5], 'type("E", (), {"__eq__": lambda s, o: True})()'],
  ])('%s is not', async (_, outputs, value) =>
    expect(await verdict(f(outputs), gives(value))).toMatchObject({ kind: 'wrong' }),
  )

  it('calls a method of Solution, with integers of any length and for keys', async () => {
    const code = 'class Solution:\n    def f(self, x): return x[1] + 1 if type(x) is dict else x + 1'
    expect(await verdict(f([3, 8], [[{ 1: 2 }], [7]]), code)).toMatchObject({ kind: 'passed' })
    const long = '{"fn_name": "f", "inputs": [[123456789012345678901]], "outputs": [123456789012345678902]}'
    expect(await verdict(long, code)).toMatchObject({ kind: 'passed' })
    expect(await verdict(long, 'def f(x): return 123456789012345680000')).toMatchObject({ kind: 'wrong' })
  })

  it('has the time of each call, all together', async () => {
    await withRows('apps', [row(f([1, 2, 3], [[1], [2], [3]])), row(f([1]))], (problems) =>
      expect([...problems.values()].map(({ limits }) => limits?.cpuSeconds)).toEqual([12, 4]),
    )
  })
})

describe('rows of TACO', () => {
  const taco = (more: Record<string, unknown>) => {
    const { problem_id, ...rest } = row(stdio(['4']))
    const about = { source: 'codeforces', tags: "['Greedy', 'Math']", skill_types: '[]', difficulty: 'MEDIUM_HARD' }
    return { ...rest, ...about, time_limit: '2.0 seconds', memory_limit: '256.0 megabytes', ...more }
  }

  it('are those of APPS with limits, topics and numbers for ids', async () => {
    await withRows('taco', [taco({}), taco({ time_limit: null, tags: null })], async (problems) => {
      const [first, second] = ['0', '1'].map((id) => problems.get(id)) as [JudgedProblem, JudgedProblem]
      expect(first).toMatchObject({ limits: { cpuSeconds: 6 }, reference: 'print(1)' })
      expect(first.problem.metadata).toMatchObject({ tags: ['Greedy', 'Math'], difficulty: 'MEDIUM_HARD' })
      expect(second.limits).toBeUndefined()
      expect(await judged(judge, 'taco', first, 'print(4)')).toMatchObject({ kind: 'passed' })
      expect(await judged(judge, 'taco', first, 'print(5)')).toMatchObject({ kind: 'wrong' })
    })
  })

  it('with a function have the time of the problem for each call', async () => {
    const calls = JSON.stringify({ fn_name: 'f', inputs: [[1], [2]], outputs: [2, 3] })
    await withRows('taco', [taco({ input_output: calls })], async (problems) => {
      expect(problems.get('0')?.limits).toMatchObject({ cpuSeconds: 12 })
      expect(await judged(judge, 'taco', problems.get('0'), 'def f(x): return x + 1')).toMatchObject({ kind: 'passed' })
    })
  })
})

it('a function that takes what JavaScript cannot read is called with it', async () => {
  const tests = '{"fn_name": "f", "inputs": [[NaN], [Infinity]], "outputs": [true, false]}'
  expect(await verdict(tests, 'def f(x): return x != x')).toMatchObject({ kind: 'passed' })
})

const data = benchmark('apps-mapcoder').data[0] as { path: string }
const missing = findData(data) === null
if (missing) console.log(`apps-mapcoder is not judged: ${data.path} is not below CUPEL_DATA`)

/** Written for this test, by the problems' texts: the file has no solutions. */
const solutions: Readonly<Record<string, string>> = {
  3045: 'a, b, c = (int(input()) for _ in range(3))\nprint("right" if abs(b - c) <= abs(a - c) else "left")',
  2882: 'n = int(input())\nt = n * (n + 1) // 2\nprint(sum(range(t - n + 1, t + 1)))',
  4344: 'n, m = int(input()), int(input())\nprint(n * (n - 1) // 2 * (m * (m - 1) // 2))',
  4468: 's = input()\nprint("+".join(d + ("*1" + "0" * z if z else "") for d, z in zip(s, range(len(s) - 1, -1, -1)) if d != "0"))',
  3766: 's, found, p = input(), [], 2\nn = int(s) if s.isdigit() else 0\nif n < 1: print([])\nelif n == 1: print([1])\nelse:\n    while n > 1:\n        while n % p == 0: found.append(p); n //= p\n        p += 1\n    print(found)',
  4335: 'import ast\nw, ws = input(), ast.literal_eval(input())\nprint([x for x in ws if sorted(x) == sorted(w)])',
  4440: 'import re, sys\ns = sys.stdin.read()\nprint(bool(re.fullmatch(r"[0-9]{4}([0-9]{2})?", s)))',
  2798: 'import sys\nprint(sys.stdin.read().swapcase())',
  1607: 's, q, a, r = input(), 0, 0, 0\nfor c in s:\n    if c == "Q": q += 1; r += a\n    elif c == "A": a += q\nprint(r)',
}

describe.skipIf(missing)('MapCoder’s problems of APPS', () => {
  it('are 128 in 150 rows, with tests that decide something', async () => {
    const problems = await loadProblems(benchmark('apps-mapcoder'))
    expect(problems.size).toBe(128)
    const suites = [...problems.values()].map(({ suite }) => suite as StdioSuite)
    expect(Math.min(...suites.map(({ cases }) => cases.length))).toBe(6)
    const samples = [...problems.values()].filter(({ problem }) => problem.publicTests.length === 0)
    expect(samples.map(({ problem }) => problem.id).length).toBeGreaterThan(0)
  })

  it('are solved by programs that solve them, and by none that prints nothing', async () => {
    const problems = await loadProblems(benchmark('apps-mapcoder'))
    for (const [id, code] of Object.entries(solutions)) {
      const one = problems.get(id)
      expect([id, (await judged(judge, 'apps-mapcoder', one, code)).kind]).toEqual([id, 'passed'])
      expect([id, (await judged(judge, 'apps-mapcoder', one, 'pass')).kind]).toEqual([id, 'wrong'])
    }
  })
})
