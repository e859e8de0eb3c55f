/** What crosses in each language, and what becomes of programs that do not play along. */
import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import type { AssertionSuite, Limits, Verdict } from '../../../kernel/index.js'
import { openJudge } from '../open-judge.test-support.js'

const { judge } = await openJudge()

const limits: Partial<Limits> = { cpuSeconds: 3, wallSeconds: 30, memoryMb: 512, outputBytes: 4 << 20 }

function judged(language: string, suite: Pick<AssertionSuite, 'trusted' | 'script'>, code: string): Promise<Verdict> {
  const problem = { id: 'p', language, kind: 'function', prompt: '', publicTests: [], metadata: {} } as const
  return judge.judge(
    { problem, suite: { kind: 'assertions', entryPoint: 'f', mode: 'replay', ...suite } },
    { code },
    limits,
  )
}

/** Only what needs no installation is asked for; the rest says why it is not tested. */
const here = (command: string): boolean => {
  try {
    execFileSync(command, ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    console.log(`replay is not tested with ${command}, which is not here`)
    return false
  }
}

const js = (script: string, code: string) => judged('javascript', { trusted: 'function f(...args) {\n', script }, code)

describe('JavaScript', () => {
  const values = [
    ...['0', '-0', 'NaN', '1.5', '2 ** 53', '-Infinity', '10n ** 30n', 'true', 'null', 'undefined'],
    ...['""', '"é\\u{1f600} %41"', '"\\ud800"', '[]', '[1, [undefined, null]]', '({})', '({ a: { b: 1 }, "ü ": 2 })'],
    ...['new Set([1, "1"])', 'new Map([[{ a: 1 }, [2]], ["x", 3]])', 'new Uint8Array([0, 255])'],
  ]
  it.each(values)('%s crosses both ways', async (value) => {
    const script = `require('node:assert').deepStrictEqual(f(${value}), ${value})`
    const code = `function f(x) { require('node:assert').deepStrictEqual(x, ${value}); return x }`
    expect(await js(script, code)).toMatchObject({ kind: 'passed', judged: 'out-of-process' })
  })

  it('an object with a key __proto__ stays plain data', async () => {
    const script = `if (f().isAdmin !== undefined || Object.keys(f())[0] !== '__proto__') throw new Error('changed')`
    expect(await js(script, `const f = () => JSON.parse('{"__proto__": {"isAdmin": 1}}')`)).toMatchObject({
      kind: 'passed',
    })
  })

  it('a promise that the tests pass on is the program’s, and leads to no weaker mode', async () => {
    const script = `const x = f(1)\nif (f(x) !== 2) throw new Error('no')`
    const code = 'const f = (x) => (x === 1 ? Promise.resolve(1) : 3)'
    expect(await js(script, code)).toMatchObject({ kind: 'runtime-error', judged: 'out-of-process' })
  })

  it('the clocks of the tests show the same in each of their runs', async () => {
    const script = `const [a, b] = [new Date(), Date.now()]
if (!(a instanceof Date && a.constructor === Date && a < b && new Date(5).getTime() === 5)) throw new Error('no clock')
for (const time of [a.getTime(), b, Date(), performance.now()]) if (f(time) !== time) throw new Error('no')`
    expect(await js(script, 'const f = (time) => time')).toMatchObject({ kind: 'passed' })
  })

  it('a program may say with its first line what runs it', async () => {
    expect(await js('if (f(1) !== 2) throw 1', '#!/usr/bin/env node\nconst f = (x) => x + 1')).toMatchObject({
      kind: 'passed',
    })
  })

  it('what is no number differs from no number by more than so much, and is no answer', async () => {
    const near = (due: string) => `for (const x of f(1)) if (Math.abs(x - ${due}) > 1e-4) throw new Error('no')`
    expect(await js(near('2'), 'const f = () => [2.00001]')).toMatchObject({ kind: 'passed' })
    expect(await js(near('2'), 'const f = () => [2, 0 / 0]')).toMatchObject({
      kind: 'wrong',
      evidence: 'f(1) → [2, NaN]\nit is no number',
      tests: [{ name: 'call 1', status: 'failed' }],
    })
    const tests = ['One', 'Two'].map(
      (name, i) => `function test${name}() { if (Math.abs(f(${i}) - ${i}) > 1) throw 1 }`,
    )
    expect(await js(tests.join('\n'), 'const f = (x) => x || 0 / 0')).toMatchObject({
      kind: 'wrong',
      tests: [{ status: 'failed' }, { status: 'passed' }],
    })
    expect(await js(`${near('2')}\nf(0 / 0)`, 'const f = (x) => [2, x === 1 ? 2 : x]')).toMatchObject({
      kind: 'passed',
    })
    const asked = "if (!Number.isNaN(f(1))) throw new Error('no')"
    expect(await js(asked, 'const f = () => 0 / 0')).toMatchObject({ kind: 'passed' })
    expect(await js("const x = f(1); if (!(x !== x)) throw new Error('no')", 'const f = () => 0 / 0')).toMatchObject({
      kind: 'passed',
    })
  })

  it('an array of many items can be changed in place', async () => {
    const script = `const a = Array.from({ length: 200000 }, (_, i) => -i)\nf(a)\nif (a[0] !== -199999) throw new Error('no')`
    expect(await js(script, 'const f = (a) => { a.reverse() }')).toMatchObject({ kind: 'passed' })
  })

  it('calls whose arguments depend on earlier answers are asked again', async () => {
    const script = `let x = 1\nfor (let i = 0; i < 6; i++) x = f(x)\nif (x !== 64) throw new Error('not 64 but ' + x)`
    const verdict = await js(script, 'const f = (x) => 2 * x')
    expect(verdict).toMatchObject({ kind: 'passed' })
    expect(verdict.tests).toHaveLength(6)
    expect(await js(script, 'const f = (x) => 2 * x + 1')).toMatchObject({ kind: 'wrong' })
  })

  it('what an earlier candidate led the tests to ask harms no other', async () => {
    const script = `const x = f(3)\nif (x > 100) { f(x); throw new Error('far') }\nif (x !== 6) throw new Error('no')`
    const suite = { trusted: 'function f(n) {\n', script }
    const floods = (n: string) =>
      `function f(n) { if (n > 100) process.stderr.write('x'.repeat(8 << 20)); return ${n} }`
    const problem = {
      id: 'p',
      language: 'javascript',
      kind: 'function',
      prompt: '',
      publicTests: [],
      metadata: {},
    } as const
    const asked = { problem, suite: { kind: 'assertions', entryPoint: 'f', mode: 'replay', ...suite } } as const
    const kinds = ['1e6', '2 * n', '2 * n'].map(
      (n) => async () => (await judge.judge(asked, { code: floods(n) }, limits)).kind,
    )
    const [first, second, third] = [await kinds[0]?.(), await kinds[1]?.(), await kinds[2]?.()]
    expect([first, second, third]).toEqual([expect.stringMatching(/^(wrong|output-limit)$/), 'passed', 'passed'])
  })

  it('the test at which the script ends is the one that failed', async () => {
    const script = `const assert = require('node:assert')\nassert.equal(f(1), 1)\nassert.equal(f(2), 2)\nassert.equal(f(3), 3)`
    const verdict = await js(script, 'const f = (x) => (x === 2 ? 9 : x)')
    expect(verdict).toMatchObject({ kind: 'wrong', evidence: expect.stringContaining('f(2) → 9') })
    expect(verdict.tests.map(({ status }) => status)).toEqual(['passed', 'failed'])
  })

  it('arguments changed in place are changed for the tests', async () => {
    const script = `const a = [3, 1, 2], m = new Map()\nf(a, m)\nif (a.join() !== '1,2,3' || m.get('x') !== 1) throw new Error('not changed')`
    expect(await js(script, `function f(a, m) { a.sort(); m.set('x', 1) }`)).toMatchObject({ kind: 'passed' })
    expect(await js(script, `function f(a, m) { }`)).toMatchObject({ kind: 'wrong' })
  })

  it('exceptions keep type and message', async () => {
    const script = `require('node:assert').throws(() => f(), (e) => e instanceof RangeError && e.message === 'too far')`
    expect(await js(script, `function f() { throw new RangeError('too far') }`)).toMatchObject({ kind: 'passed' })
    const wrong = await js(`f()`, `function f() { throw new TypeError('no') }`)
    expect(wrong).toMatchObject({ kind: 'runtime-error', exception: { type: 'TypeError', message: 'no' } })
  })

  it('promises are kept, and broken, as they were', async () => {
    const script = `(async () => { if (await f(1) !== 2) throw new Error('wrong'); await require('node:assert').rejects(f(0), TypeError) })()`
    const code = `async function f(x) { if (x === 0) throw new TypeError('zero'); await null; return x + 1 }`
    expect(await js(script, code)).toMatchObject({ kind: 'passed' })
    expect(await js(script, 'async function f(x) { return 5 }')).toMatchObject({ kind: 'wrong' })
  })

  it('console.assert, which only prints, decides', async () => {
    expect(await js(`console.assert(f(1) === 2)`, 'const f = () => 3')).toMatchObject({ kind: 'wrong' })
  })

  it('the old deepEqual does not take text for numbers, and takes null for undefined', async () => {
    const script = `require('node:assert').deepEqual(f(), { a: [1, undefined] })`
    expect(await js(script, `const f = () => ({ a: ['1', undefined] })`)).toMatchObject({ kind: 'wrong' })
    expect(await js(script, `const f = () => ({ a: [1, null] })`)).toMatchObject({ kind: 'passed' })
  })

  it('tests that draw at random make the same calls each time', async () => {
    const script = `for (let i = 0; i < 5; i++) { const x = Math.random(); console.assert(f(x) === x + 1) }`
    expect(await js(script, 'const f = (x) => x + 1')).toMatchObject({ kind: 'passed' })
  })

  it('what the tests cannot pass on is the candidate’s failure where it is its own, and else is run beside it', async () => {
    const script = 'let x = f(1)\nx = f(x)\nif (x !== 2) throw new Error()'
    expect(await js(script, 'const f = () => () => 2')).toMatchObject({
      kind: 'runtime-error',
      exception: { type: 'CannotCross' },
    })
    const deep = 'const f = (x) => { let a = []; for (let i = 0; i < 380; i++) a = [a]; return a }'
    const wrapped = 'let x = f(1)\nfor (let i = 0; i < 20; i++) x = [x]\nf(x)\nthrow new Error()'
    expect((await js(wrapped, deep)).kind).toBe('runtime-error')
    expect(await js('f(() => 1)', 'const f = (g) => g()')).toMatchObject({ kind: 'passed', judged: 'in-process' })
  })

  it('what has no plain form equals nothing, and does not move the tests into the process', async () => {
    for (const value of ['() => 5', 'new (class A { x = 5 })()', 'new Proxy({}, {})', 'new Number(5)', 'Symbol("5")']) {
      const verdict = await js(`if (f() != 5) throw new Error('no')`, `const f = () => (${value})`)
      expect(verdict, value).toMatchObject({ kind: 'wrong', judged: 'out-of-process' })
    }
  })

  it.each([
    ['a value that contains itself', 'const a = []; a.push(a); const f = () => a', 'runtime-error'],
    ['an end with success at the first call', 'const f = () => process.exit(0)', 'runtime-error'],
    ['an exception while it is defined', 'throw new Error("at once")', 'runtime-error'],
    ['a source that is none', 'function f( {', 'compile-error'],
    ['no function', 'const g = 1', 'runtime-error'],
    ['an endless loop', 'const f = () => { for (;;); }', 'time-limit'],
    ['endless memory', 'const f = () => { const a = []; for (;;) a.push(new Array(1e6).fill(1)) }', 'memory-limit'],
    ['a promise that is never kept', 'const f = () => new Promise(() => {})', 'runtime-error'],
  ])('%s', async (_, code, kind) => {
    expect(await js(`if (f(1) !== 1) throw new Error('no')`, code)).toMatchObject({ kind })
  })

  it('endless output', async () => {
    const verdict = await js('f()', 'const f = () => { for (;;) console.log("x".repeat(1e6)) }')
    // On a busy machine it spends its time waiting for the pipe.
    expect(verdict.kind).toMatch(/output-limit|time-limit/)
  })

  it('a program that reads its input finds it empty', async () => {
    const code = `'use strict'\nconst input = require('fs').readFileSync(0, 'utf8')\nif (input !== '' || this === globalThis) throw new Error(input)\nconst f = () => 1`
    expect(await js('if (f() !== 1) throw new Error()', code)).toMatchObject({ kind: 'passed' })
  })

  it('a script that calls nothing shows nothing', async () => {
    expect(await js('', 'const f = 1')).toMatchObject({
      kind: 'infrastructure',
      reason: expect.stringContaining('never'),
    })
  })

  it('a script that is broken is nobody’s failure', async () => {
    expect(await js('f(1); null.x', 'const f = 1')).toMatchObject({ kind: 'runtime-error' })
    expect(await js('null.x', 'const f = 1')).toMatchObject({ kind: 'infrastructure' })
    expect(await js('f(', 'const f = (x) => x')).toMatchObject({ kind: 'infrastructure' })
  })

  it('answers that are others each time come to an end', async () => {
    const script = `let x = f(0)\nfor (let i = 0; i < 3; i++) x = f(x)\nif (x !== 0) throw new Error('no')`
    const verdict = await js(script, 'const f = () => Math.random()')
    expect(verdict.kind).toMatch(/wrong|runtime-error/)
  })

  it('forged lines are only answers', async () => {
    const script = `for (const x of [1, 2, 3]) if (f(x) !== x) throw new Error('no')`
    const mark = `Object.values(require.cache).flatMap((one) => one.exports.mark ?? [])[0]`
    const code = (line: string) =>
      `for (let i = 0; i < 3; i++) console.log('\\n' + (${mark} ?? '') + ' ${line}')\nconst f = () => 0`
    for (const line of ['done', 'passed', 'v i1', 'v [9', 'c r sf (1 i1', 'x s'])
      expect((await js(script, code(line))).kind, line).toMatch(/wrong|cheated|runtime-error/)
  })
})

describe.runIf(here('ruby'))('Ruby', () => {
  const ruby = (script: string, code: string) => judged('ruby', { trusted: 'def f(a)\n', script }, code)
  it.each([
    ...['0', '-0.0', '2**70', '1.5', 'true', 'nil', '""', '"é %41"', '"\\xff".b', ':sym', ':"a b"', '[]', '[nil, [1]]'],
    ...['{}', '{ a: 1, "b" => [2.0], 3 => nil }', 'Set[1, 2]'],
  ])('%s crosses both ways', async (value) => {
    const script = `raise 'no' unless f(${value}).eql?(${value}) || f(${value}) == ${value}`
    expect(await ruby(script, `def f(x)\n  raise 'other' unless x == ${value}\n  x\nend`)).toMatchObject({
      kind: 'passed',
    })
  })

  it('changed arguments, exceptions and what the program prints', async () => {
    const script = `a = [3, 1]\nf(a)\nraise 'order' unless a == [1, 3]\nbegin\n  f(1)\n  raise 'none'\nrescue ArgumentError => e\n  raise 'text' unless e.message == 'no list'\nend`
    const code = `def f(a)\n  print 'in f'\n  raise ArgumentError, 'no list' unless a.is_a?(Array)\n  a.sort!\nend`
    expect(await ruby(script, code)).toMatchObject({ kind: 'passed' })
  })

  it('an end with success is none', async () => {
    expect(await ruby('raise unless f(1) == 1', 'def f(a) = exit!(0)')).toMatchObject({ kind: 'runtime-error' })
    expect(await ruby('raise unless f(1) == 1', 'at_exit { exit!(0) }\ndef f(a) = raise("x")')).toMatchObject({
      kind: 'runtime-error',
    })
  })
})

describe.runIf(here('php'))('PHP', () => {
  const php = (script: string, code: string) =>
    judged('php', { trusted: '<?php\nfunction f(&$a) {\n', script }, `<?php\n${code}`)
  it.each([
    ...['0', '-0.0', '1.5', 'PHP_INT_MAX', 'NAN', 'true', 'null', "''", "'é %41'", '"\\xff"', '[]', '[1, [null]]'],
    ...["['a' => 1, 5 => [2.0]]", "(object) ['x' => 1]"],
  ])('%s crosses both ways', async (value) => {
    const script = `$a = ${value};\nif (var_export(f($a), true) !== var_export(${value}, true)) throw new Exception('no');`
    expect(await php(script, `function f($x) { return $x; }`)).toMatchObject({ kind: 'passed' })
  })

  it('arguments by reference, exceptions and open output buffers', async () => {
    const script = `$a = [3, 1];\nf($a);\nif ($a !== [1, 3]) throw new Exception('order');\ntry { $b = 1; f($b); throw new Error('none'); } catch (InvalidArgumentException $e) {}`
    const code = `ob_start();\nfunction f(&$a) { echo 'in f'; if (!is_array($a)) throw new InvalidArgumentException('no'); sort($a); }`
    expect(await php(script, code)).toMatchObject({ kind: 'passed' })
  })

  it('an end with success is none', async () => {
    const script = `$a = 1;\nif (f($a) !== 1) throw new Exception('no');`
    expect(await php(script, 'function f($a) { exit(0); }')).toMatchObject({ kind: 'runtime-error' })
  })
})

describe.runIf(here('g++'))('C++', () => {
  const cpp = (type: string, script: string, code: string) =>
    judged(
      'cpp',
      { trusted: `#include <bits/stdc++.h>\nusing namespace std;\n${type} {\n`, script: `int main() { ${script} }` },
      `#include <bits/stdc++.h>\nusing namespace std;\n${code}`,
    )

  it('values of all kinds cross both ways', async () => {
    const type =
      'tuple<bool, char, long long, double, string, vector<vector<int>>, map<string, set<int>>, optional<int>, pair<int, vector<bool>>>'
    const value = `T(true, 'x', -9000000000000000000LL, -0.0, "é %", {{1}, {}}, {{"a", {2, 1}}}, nullopt, {3, {true, false}})`
    const verdict = await cpp(
      `${type} f(${type} a)`,
      `using T = ${type}; auto back = f(${value}); assert(back == ${value}); assert(signbit(get<3>(back)));`,
      `${type} f(${type} a) { return a; }`,
    )
    expect(verdict).toMatchObject({ kind: 'passed', judged: 'out-of-process' })
  })

  it('references are changed for the tests, exceptions keep their type', async () => {
    const script = `vector<int> a{3, 1}; f(a); assert((a == vector<int>{1, 3})); vector<int> none; try { f(none); abort(); } catch (invalid_argument &e) { assert(string(e.what()) == "empty"); }`
    const code = `void f(vector<int> &a) { if (a.empty()) throw invalid_argument("empty"); sort(a.begin(), a.end()); }`
    expect(await cpp('void f(vector<int> &a)', script, code)).toMatchObject({ kind: 'passed' })
  })

  it('a value of another type is wrong, not rounded', async () => {
    expect(await cpp('int f(int a)', 'assert(f(1) == 1);', 'double f(int a) { return 1.5; }')).toMatchObject({
      kind: 'wrong',
    })
    expect(await cpp('bool f(int a)', 'assert(f(1) == true);', 'int f(int a) { return 2; }')).toMatchObject({
      kind: 'wrong',
    })
  })

  it('crashes and ends are the candidate’s', async () => {
    for (const body of ['_exit(0);', 'volatile int *p = nullptr; return *p;', 'abort();'])
      expect(await cpp('int f(int a)', 'assert(f(1) == 1);', `int f(int a) { ${body} }`), body).toMatchObject({
        kind: 'runtime-error',
      })
  })
})
