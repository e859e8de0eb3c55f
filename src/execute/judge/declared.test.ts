/** What a program declares is read from its text; the judge calls that function whatever its name. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AssertionSuite, Verdict } from '../../kernel/index.js'
import { Sandbox } from '../sandbox/sandbox.js'
import { declaredFunction } from './declared.js'
import { Judge } from './judge.js'

const read = (language: string, code: string) => {
  const found = declaredFunction(language, code)
  return found && `${found.name}(${found.parameters.join(', ')})`
}

describe('the first function of a Python program', () => {
  it.each([
    ['def f(a, b): pass', 'f(a, b)'],
    ['import math\n\nasync def f (n: int = 5, *rest, key=(1, 2), **more) -> int:\n  return 1', 'f(n, rest, key, more)'],
    ['def f(a: Dict[str, int], /, b, *, c="x,y)"): pass', 'f(a, b, c)'],
    ['def f(\n    a,  # the first, of two\n    b,\n):\n  pass', 'f(a, b)'],
    ['"""\ndef no(x):\n"""\n# def no(y): pass\ndef f(): pass', 'f()'],
    ['class A:\n    def no(self): pass\n\ndef f(x): pass', 'f(x)'],
    ["s = 'def no(x): '\ndef größe(π): pass\ndef g(): pass", 'größe(π)'],
    ['def f[T](x: T) -> T: return x', 'f(x)'],
    ['f = lambda x: x', null],
    ['def f(x', null],
    ['', null],
  ])('%j', (code, expected) => expect(read('python', code)).toBe(expected))
})

describe('the first function of a JavaScript program', () => {
  it.each([
    ['function f(a, b) {}', 'f(a, b)'],
    ["'use strict'\nasync function* f (n = g(1, 2), ...rest) {}", 'f(n, rest)'],
    ['const f = (a, b) => a + b', 'f(a, b)'],
    ['let f = async n => n', 'f(n)'],
    ['var f = function g(a, { b, c }, [d]) {}', 'f(a, , )'],
    ['const h = (x) => x\nfunction f(n) { return h(n) }', 'f(n)'],
    ['const o = { m(x) {}, k: function no(x) {} }\nclass A { static no = (y) => y }\nconst f = (z) => z', 'f(z)'],
    ['// function no(x) {}\n/* const no = (x) => x */ const s = "function no(x) {"; function f(y) {}', 'f(y)'],
    ['const r = /function no(x) {/.test(`function no(x) {`)\nfunction f(y) {}', 'f(y)'],
    ['const x = 4 / 2; function f(y) { return y / 2 }', 'f(y)'],
    ['const f = (a: number, b?: string): number => a', 'f(a, b)'],
    ['function f<T extends object>(x: T) {}', 'f(x)'],
    ['(function no(x) {})()\nmodule.exports = (y) => y\nlet a = (1 + 2)', null],
    ['function f(x', null],
  ])('%j', (code, expected) => expect(read('javascript', code)).toBe(expected))
})

it('takes time in proportion to the text, whatever it is', () => {
  for (const piece of ['def f(', 'function f(', 'f = (', 'a = ', '/', '`', '"""', "'\\", '\n\t ', 'function  '])
    for (const language of ['python', 'javascript']) declaredFunction(language, piece.repeat(20_000))
})

describe('the judge', () => {
  let judge: Judge
  let sandbox: Sandbox
  beforeAll(async () => {
    sandbox = await Sandbox.open({ isolation: 'native' })
    judge = new Judge(sandbox)
  })
  afterAll(() => sandbox.close())

  const declares: AssertionSuite['declares'] = [
    { of: 'name', equals: 'add' },
    { of: 'parameters', equals: 2 },
    { of: 'parameter', index: 1, equals: 'b' },
  ]
  const scripts = {
    python:
      'def test_one(): assert it(1, 2) == 3\ndef test_two(): assert it(2, 2) == 5\ndef test_three(): assert it(0, 0) == 0\n',
    javascript:
      "const assert = require('node:assert')\nfunction test_one() { assert.equal(it(1, 2), 3) }\nfunction test_two() {\n  assert.equal(it(2, 2), 5)\n}\nasync function test_three() { assert.equal(await it(0, 0), 0) }\n",
  }
  const asked = (
    language: keyof typeof scripts,
    code: string,
    script: string = scripts[language],
  ): Promise<Verdict> => {
    const problem = { id: 'p', language, kind: 'function' as const, prompt: '', publicTests: [], metadata: {} }
    const suite: AssertionSuite = {
      kind: 'assertions',
      trusted: '',
      script,
      entryPoint: 'it',
      declares,
      mode: language === 'python' ? 'proxy' : 'replay',
    }
    return judge.judge({ problem, suite }, { code }, { cpuSeconds: 1, wallSeconds: 20 })
  }
  const told = ({ tests }: Verdict) => tests.map(({ name, status }) => `${name}: ${status}`)
  const inFront = ['name of the function', 'number of parameters', 'name of parameter 2']

  it.each([
    ['python', 'def add(a, b): return a + b'],
    ['javascript', 'const add = (a, b) => a + b // the end'],
  ] as const)('tells what each test of %s gives, of those after one that fails too', async (language, code) => {
    const verdict = await asked(language, code)
    expect(verdict).toMatchObject({ kind: 'wrong', judged: 'out-of-process' })
    expect(told(verdict)).toEqual([
      ...inFront.map((name) => `${name}: passed`),
      'test_one: passed',
      'test_two: failed',
      'test_three: passed',
    ])
    expect(verdict.evidence).toMatch(/it\(2, 2\) → 4/)
  })

  it.each([
    ['python', 'def other(x, y):\n    return x + y if (x, y) != (2, 2) else 5'],
    ['javascript', 'function other(x, y) { return x === 2 ? 5 : x + y }'],
  ] as const)('calls a function of %s that has another name, which is still a fault', async (language, code) => {
    const verdict = await asked(language, code)
    expect(verdict).toMatchObject({ kind: 'wrong', evidence: 'the name of the function is another' })
    expect(verdict.tests.map(({ status }) => status)).toEqual([
      'failed',
      'passed',
      'failed',
      'passed',
      'passed',
      'passed',
    ])
  })

  it('runs nothing where no function is declared', async () =>
    expect(await asked('python', 'print(1)')).toMatchObject({
      kind: 'wrong',
      judged: 'not-run',
      tests: inFront.map((name) => ({ name, status: 'failed' })),
    }))

  it('a program that is not finished is not finished by the name it is given', async () => {
    expect(await asked('python', 'def add(a, b): return a + b\nx = \\')).toMatchObject({ kind: 'compile-error' })
    expect(await asked('javascript', 'function add(a, b) { return a + b }\nlet x =')).toMatchObject({
      kind: 'compile-error',
    })
  })

  it('a program that prints the outcome of tests, or keeps a test from its end, passes none', async () => {
    const lies = `function add(a, b) { return 0 }\nconst mark = require('./cupel.js').mark\nfor (const t of ['one', 'two', 'three']) console.log(mark + ' t passed stest_' + t)`
    const verdict = await asked('javascript', lies)
    expect(verdict.kind).not.toBe('passed')
    expect(told(verdict)).not.toContain('test_one: passed')
    const stuck = await asked('javascript', 'function add(a, b) { if (a === 2) for (;;); return a + b }')
    expect(stuck).toMatchObject({ kind: 'time-limit' })
    expect(told(stuck).slice(3)).toEqual(['test_one: passed', 'test_two: not-reached', 'test_three: not-reached'])
  })

  it('a script that calls its functions itself is one test after the other, as before', async () => {
    const verdict = await asked(
      'javascript',
      'const add = (a, b) => a + b',
      'function test() {\n  if (it(1, 2) !== 3) throw new Error()\n}\ntest()',
    )
    expect(told(verdict).slice(3)).toEqual(['call 1: passed'])
  })
})
