import { describe, expect, it } from 'vitest'
import type { JudgedProblem } from '../../kernel/index.js'
import { openJudge } from './open-judge.test-support.js'

const { judge } = await openJudge()

function verdict(expected: string, code: string, f?: string, traced?: true) {
  const problem: JudgedProblem['problem'] = {
    id: 'p',
    language: 'python',
    kind: 'predict',
    prompt: '',
    publicTests: [],
    metadata: {},
  }
  const limits = { cpuSeconds: 1, wallSeconds: 8, memoryMb: 256 }
  return judge.judge(
    { problem, suite: { kind: 'prediction', expected, ...(f ? { function: f } : {}), ...(traced ? { traced } : {}) } },
    { code },
    limits,
  )
}

describe('a prediction is right when it has the value', () => {
  const right: [expected: string, prediction: string][] = [
    ['[1, (2, 3)]', '[1,(2,3)]'],
    ['{"a": {1, 2}}', "{'a': {2, 1}}"],
    ["'it''s'", '"its"'],
    ['"😀 \\ud800 é"', '"😀 \\ud800 é"'],
    ['"a\\nb"', '"""a\nb"""'],
    ['[0, 1]', '\n  [0,\n   1]  # as it was\n'],
    ['1', 'True'],
    ['set()', 'set()'],
    ["float('inf')", "float('inf')"],
  ]
  for (const [expected, prediction] of right)
    it(`${JSON.stringify(prediction)} for ${expected}`, async () => {
      expect(await verdict(expected, prediction)).toMatchObject({ kind: 'passed', judged: 'out-of-process' })
    })
})

describe('a prediction is wrong', () => {
  const wrong: [what: string, expected: string, prediction: string, kind: string][] = [
    ['when it has another value', '[1, 2]', '[2, 1]', 'wrong'],
    ['when it is a tuple for a list', '[1]', '(1,)', 'wrong'],
    ['when it would only be true as the rest of an assertion', '5', '4 or True', 'wrong'],
    ['when it goes on after the value', '5', '5\nimport os', 'runtime-error'],
    ['when it leaves brackets that were put around it', '5', '4) or (True', 'runtime-error'],
    ['when it is equal to everything', '5', "type('E', (), {'__eq__': lambda *_: True})()", 'wrong'],
    [
      'when it changes what comparing means',
      '5',
      "[setattr(__import__('operator'), 'eq', lambda *_: True), 4][1]",
      'wrong',
    ],
    ['when it calls what is not there', '5', 'f(1)', 'runtime-error'],
    ['when it takes forever', '5', 'sum(0 for _ in iter(int, 1))', 'time-limit'],
    ['when it ends the process', '5', "__import__('os')._exit(0)", 'runtime-error'],
    ['when it is no expression', '5', 'five', 'runtime-error'],
  ]
  for (const [what, expected, prediction, kind] of wrong)
    it(what, async () => expect((await verdict(expected, prediction)).kind).toBe(kind))

  it('and none at all is no code', async () => expect((await verdict('5', '  \n')).kind).toBe('no-code'))
})

describe('a predicted input', () => {
  const f = 'def f(a, b=1):\n    return a * b'
  const table: [what: string, prediction: string, kind: string][] = [
    ['is right when the function gives the value for it', 'f(6, 2)', 'passed'],
    ['may be another than the published one', 'f(b=3, a=4)', 'passed'],
    ['is wrong when it gives another value', 'f(5, 2)', 'wrong'],
    ['is wrong without a call', '12', 'wrong'],
    ['is wrong with two calls', 'f(6, 2) or f(6, 2)', 'wrong'],
    ['is wrong when the value is put where the call should be', '[f(1), 12][1]', 'wrong'],
    ['is wrong when an argument equals everything', "f(type('E', (), {'__mul__': lambda *_: 12})())", 'runtime-error'],
    ['that the function cannot do with is wrong', 'f()', 'runtime-error'],
    ['that is none is wrong', '6, 2)', 'runtime-error'],
    ['cannot redefine the function', '(lambda f: f(1))(lambda *_: 12)', 'wrong'],
    ['that never ends is ended', 'f([0] * 10**7, 10**7)', 'time-limit'],
  ]
  for (const [what, prediction, kind] of table)
    it(what, async () => expect((await verdict('12', prediction, f)).kind).toBe(kind))

  const object = (method: string) => `type('X', (), {'upper': ${method}})`
  const methods: [what: string, prediction: string, kind: string][] = [
    ['an object that answers as the function asks', `f(${object("lambda self: 'AB'")}())`, 'runtime-error'],
    ['the same inside of a list', `f([${object("lambda self: 'AB'")}()][0])`, 'runtime-error'],
    ['a function with a method', "(lambda g: [setattr(g, 'upper', lambda: 'AB'), f(g)])(lambda: 0)", 'runtime-error'],
    ['plain data', "f('ab')", 'passed'],
  ]
  for (const [what, prediction, kind] of methods)
    it(`is judged by what it is: ${what}`, async () =>
      expect((await verdict("'AB'", prediction, 'def f(s):\n    return s.upper()')).kind).toBe(kind))

  it('may hold functions, which give plain data', async () => {
    const map = 'def f(g, items):\n    return [g(each).real for each in items]'
    expect((await verdict('[2, 3]', 'f(lambda n: n + 1, [1, 2])', map)).kind).toBe('passed')
    const object = "f(lambda n: type('X', (), {'real': n + 1})(), [1, 2])"
    expect((await verdict('[2, 3]', object, map)).kind).toBe('wrong')
    const held = "f([type('X', (), {'real': 2})()])"
    expect((await verdict('[2]', held, 'def f(items):\n    return [each.real for each in items]')).kind).toBe('wrong')
  })
})

describe('a predicted trace', () => {
  const f = `def f(n):
    total = 0
    for i in range(n):
        if i % 2:
            total += i
    return total
`
  const table: [what: string, trace: string, kind: string][] = [
    ['is right with every line in order', '[2, 3, 4, 3, 4, 5, 3, 6]', 'passed'],
    ['may say a line twice that runs twice in a row', '[2, 2, 3, 4, 3, 4, 5, 3, 6]', 'passed'],
    ['is wrong with a line more', '[2, 3, 4, 5, 3, 4, 5, 3, 6]', 'wrong'],
    ['is wrong without the end', '[2, 3, 4, 3, 4, 5, 3]', 'wrong'],
    ['is wrong as the set of lines', '[2, 3, 4, 5, 6]', 'wrong'],
    ['is wrong when it equals everything', "type('E', (), {'__eq__': lambda *_: True})()", 'wrong'],
    ['cannot be asked of the function', '__import__("sys").gettrace() and [2]', 'wrong'],
    ['is none without a list', 'lines 2 to 6', 'runtime-error'],
  ]
  for (const [what, trace, kind] of table)
    it(what, async () => expect((await verdict('f(2)', trace, f, true)).kind).toBe(kind))

  it('of a call that raises ends there, and what is called elsewhere is no part of it', async () => {
    const raising = 'import json\ndef f(text):\n    read = json.loads(text)\n    return read["a"]\n'
    expect((await verdict("f('{}')", '[3, 4]', raising, true)).kind).toBe('passed')
    expect((await verdict("f('}')", '[3]', raising, true)).kind).toBe('passed')
    expect((await verdict("f('}')", '[3, 4]', raising, true)).kind).toBe('wrong')
  })
})
