/** can-ai-code's checks: which words are known, what a value is worth in both languages, and recorded checks made again. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Judge, Sandbox } from '../execute/index.js'
import { BadDataError } from '../kernel/index.js'
import { type InterviewRow, asked, interviewLimits, interviewProblem } from './can-ai-code-rows.js'
import { asEchoed, atFirstSight } from './interview-harness.js'
import study from './studies/can-ai-code.js'
import { contextOver } from './study.test-support.js'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await Sandbox.open({ isolation: 'native' })
})
afterAll(() => sandbox.close())

describe('a check', () => {
  it.each([
    ['f.name', 'g', { of: 'name', equals: 'g' }],
    ['len(f.args)', 2, { of: 'parameters', equals: 2 }],
    ['f.args[1].name', 'b', { of: 'parameter', index: 1, equals: 'b' }],
  ])('%s is about what is declared', (assert, eq, check) =>
    expect(asked({ assert, eq }, '')).toEqual({ kind: 'declared', check }),
  )

  it.each([
    ['f.call()', { args: '', take: null, type: null }],
    ['f.call({\'a\': [1, -2.5]}, "b")', { args: '{\'a\': [1, -2.5]}, "b"', take: null, type: null }],
    ['f.call(1)[0]', { args: '1', take: { item: 0 }, type: null }],
    ["f.call().get('Spider-Man')", { args: '', take: { entry: 'Spider-Man' }, type: null }],
    ['isinstance(f.call(1),int)', { args: '1', take: null, type: 'int' }],
    ['f.call(["a)", "b"])', { args: '["a)", "b"]', take: null, type: null }],
  ])('%s is about what a call gives', (assert, call) =>
    expect(asked({ assert, eq: 1, weight: 3 }, '')).toEqual({
      kind: 'call',
      call: { ...call, expected: [1], weight: 3 },
    }),
  )

  it.each([
    'f.call(__import__("os").getpid())',
    'f.call(1); f.call(2)',
    'f.call(1) + 1',
    'isinstance(f.call(1),float)',
    'f.call(x)',
    'len(f.args) > 1',
    "f.call().get('a').get('b')",
  ])('%s is in words that are not known: refused, never run', (assert) =>
    expect(() => asked({ assert, eq: 1 }, 'there')).toThrow(BadDataError),
  )
})

/** Points of the one check that `eq` is, for a function whose body is this expression. */
async function points(
  language: 'python' | 'javascript',
  value: string,
  eq: unknown,
  more: { weight?: number; assert?: string; any?: unknown[] } = {},
) {
  const { weight = 6, assert = 'f.call()', any } = more
  const row: InterviewRow = {
    ...{ name: 'Q', language, Signature: 'f()', Input: '', Output: '', Description: '' },
    checks: [{ assert, weight, ...(any ? { 'eq-any': any as [] } : { eq: eq as null }) }],
  }
  const code = language === 'python' ? `def f(): return ${value}` : `function f() { return ${value} }`
  const { tests } = await new Judge(sandbox).judge(interviewProblem(row), { code }, interviewLimits)
  return tests.filter(({ status }) => status === 'passed').length
}

describe('points', () => {
  const both: [value: string, eq: unknown, points: number, more?: Parameters<typeof points>[3]][] = [
    ['[1, 2, 3]', [1, 2, 3], 6],
    ['[1, 2, 4]', [1, 2, 3], 4],
    ['[0, 1, 2, 3]', [1, 2, 3], 4],
    ['[2, 3]', [1, 2, 3], 4],
    ['"123"', [1, 2, 3], 0],
    ['{"a": 1, "b": 2, "c": 3}', { a: 1, b: 2 }, 6],
    ['{"a": 1}', { a: 1, b: 2 }, 3],
    ['[1]', { a: 1 }, 0],
    ['"1"', 1, 0],
    ['1.5', 1.5, 6],
    ['"b"', null, 6, { any: ['a', 'b'] }],
    ['"c"', null, 0, { any: ['a', 'b'] }],
    ['{"k": 5}', 5, 6, { assert: "f.call().get('k')" }],
    ['[5]', 5, 0, { assert: "f.call().get('k')" }],
    ['[4, 5]', 5, 6, { assert: 'f.call()[1]' }],
    ['[4]', 5, 0, { assert: 'f.call()[1]' }],
    ['7', true, 6, { assert: 'isinstance(f.call(),int)' }],
    ['7.5', true, 0, { assert: 'isinstance(f.call(),int)' }],
    ['"7"', true, 0, { assert: 'isinstance(f.call(),int)' }],
    ['[]', true, 6, { assert: 'isinstance(f.call(),list)' }],
    ['{}', true, 0, { assert: 'isinstance(f.call(),list)' }],
  ]
  it.each(both)('for %s where %j is due: %i, in both languages', async (value, eq, expected, more) => {
    expect([await points('python', value, eq, more), await points('javascript', value, eq, more)]).toEqual([
      expected,
      expected,
    ])
  })

  it.each([
    ['python', '(1, 2, 3)', [1, 2, 3], 6],
    ['python', '(x for x in [1, 2, 3])', [1, 2, 3], 6],
    ['python', '{1, 2, 3}', [1, 2, 3], 0],
    ['python', 'True', 1, 6],
    ['python', '__import__("itertools").count()', [1, 2, 3], 0],
    ['javascript', 'true', 1, 6],
    ['javascript', 'undefined', 1, 0],
    ['javascript', 'new Map([["a", 1]])', { a: 1 }, 0],
    ['javascript', 'Promise.resolve(1)', 1, 0],
    ['javascript', '1e21', 1e21, 6],
  ] as const)('%s: %s is what JSON makes of it', async (language, value, eq, expected) =>
    expect(await points(language, value, eq)).toBe(expected),
  )
})

describe('the published harness', () => {
  it('sees the first function anywhere, and its parameters cut at commas', () => {
    expect(atFirstSight('python', '# def no(a): x\ndef f(a: Dict[str, int]): pass')).toEqual({
      name: 'no',
      parameters: ['a'],
    })
    expect(atFirstSight('python', 'def f(a: Dict[str, int]): pass')?.parameters).toEqual(['a', 'int]'])
    expect(atFirstSight('javascript', 'const f = (a, b) => {')).toEqual({ name: 'f', parameters: ['a', 'b'] })
    expect(atFirstSight('javascript', 'const f = (a) => a')).toBeNull()
  })

  it('writes programs down with their backslashes expanded', () =>
    expect(asEchoed('"\\n" + /\\d/')).toBe('"\n" + /\\d/'))
})

describe('the study', () => {
  const [junior, senior, results] = study.data
  const folder = (results?.path ?? '').replace(/\*.*$/, '')
  const question = {
    ...{
      name: 'Inc',
      language: 'python',
      Signature: 'inc(n)',
      Input: 'with n',
      Output: 'n + 1',
      Description: '',
      answer: '',
    },
    code: 'def inc(n): return n + 1',
    status: 'PASS',
  }
  const checks = (...recorded: [number, number, number, number]) => [
    { assert: 'f.name', eq: 'inc', got: '', status: recorded[0] },
    { assert: 'len(f.args)', eq: 1, got: '', status: recorded[1] },
    { assert: 'f.call(1)', eq: 2, got: { error: 'timeout!' }, status: recorded[2] },
    { assert: 'f.call(2)', eq: 3, got: '', status: recorded[3] },
  ]
  const answer = (code: string | null, ...recorded: [number, number, number, number] | []) => ({
    ...question,
    code,
    checks: recorded.length === 0 ? [] : checks(...recorded),
  })

  it('counts the checks that are not as recorded, and says why', async () => {
    const { ctx, differences, notes } = contextOver(sandbox, {
      [junior?.path ?? '']: [{ ...question, checks: checks(1, 1, 1, 1) }],
      [senior?.path ?? '']: [],
      [`${folder}a.ndjson`]: [
        answer('def inc(n): return n + 1', 1, 1, 1, 1),
        // recorded as stopped
        answer('def inc(n): return 1 + n', 1, 1, 0, 1),
        // a process for each call: only the first of all calls is right
        answer('seen = []\ndef inc(n):\n  seen.append(n)\n  return n + len(seen)', 1, 1, 1, 1),
        // what stands behind a call that never ends is asked for on its own
        answer('def inc(n):\n  while n == 1: pass\n  return n + 1', 1, 1, 0, 1),
      ],
      [`${folder}b/b.ndjson`]: [
        answer(null),
        // recorded with what `echo -e` made of it
        answer('def inc(n): return n + len("\\\\\\\\")', 1, 1, 1, 1),
        // nothing is known of another function
        answer('class A:\n  def inc(self): pass\ndef plus(n): return n + 1', 1, 1, 0, 0),
        { ...answer('def f(): pass'), name: 'Other' },
      ],
    })
    expect(await study.run(ctx)).toEqual([
      {
        ...{ study: 'can-ai-code', figure: 'junior-v2, python', published: null, recorded: 75, measured: 75 },
        ...{ differ: 6, note: 'points of 8 programs' },
      },
    ])
    expect(
      differences.map(({ id, recorded, here, reason }) => [
        id.replace(/^.*?(.\.ndjson)/, '$1'),
        recorded,
        here,
        reason,
      ]),
    ).toEqual([
      ['a.ndjson Inc, check 3', '0', '1', 'the recording was stopped after five seconds of wall-clock time'],
      ['b.ndjson Inc, check 3', '1', '0', expect.stringContaining('expanded backslashes')],
      ['b.ndjson Inc, check 4', '1', '0', expect.stringContaining('expanded backslashes')],
      ['b.ndjson Inc, check 1', '1', '0', expect.stringContaining('regular expression')],
      ['b.ndjson Inc, check 3', '0', '1', expect.any(String)],
      ['b.ndjson Inc, check 4', '0', '1', expect.any(String)],
    ])
    expect(notes.join()).toMatch(/1 answers to questions that are not known/)
  })
})
