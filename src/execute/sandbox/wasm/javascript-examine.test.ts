import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { limitsFrom } from '../../../kernel/index.js'
import { examineJob, testIsolation } from './fixture.js'
import { probeHardening } from './flags.js'
import { JavaScript } from './javascript.js'
import { quickjsRuntime } from './packages.js'
import { Spares } from './spares.js'

let js: JavaScript
beforeAll(async () => {
  const { flags, stackBytes } = await probeHardening()
  js = new JavaScript(new Spares(quickjsRuntime(), { flags }, 1), testIsolation, stackBytes)
}, 60_000)
afterAll(() => js.spares.close())

const limits = limitsFrom({ cpuSeconds: 2, wallSeconds: 60, memoryMb: 128, outputBytes: 50_000 })
const identity = 'const f = (x) => x'

/** Candidate, script: both honest, so the examination passes. */
const honest: [string, string, string][] = [
  [
    'an object that a call has changed is read again',
    'class C { n = 0; up() { this.n++ } }\nfunction f() { return new C() }',
    'const c = f(); assert.strictEqual(c.n, 0); c.up(); assert.strictEqual(c.n, 1)',
  ],
  ['bare assert', 'function f(a, b) { return a + b }', 'assert.equal(f(1, 2), 3)\nassert(f(2, 2) === 4)'],
  ['check(candidate)', identity, 'function check(candidate) { assert.deepStrictEqual(candidate([1]), [1]) }'],
  ['check called by the script', identity, 'const check = (g) => assert.ok(g(1))\ncheck(f)'],
  [
    'const arrow, let, class',
    'let f = () => new K().v; class K { v = 7 }',
    'assert.equal(f(), 7); assert.equal(new K().v, 7)',
  ],
  [
    'helpers of the candidate',
    'const g = (x) => x * 2; const LIMIT = 9; function f() { return g(1) }',
    'assert.equal(g(LIMIT), 18); f()',
  ],
  ['module.exports', 'const inner = (x) => -x; module.exports = { f: inner }', 'assert.equal(f(1), -1)'],
  ['export default', 'export default function (x) { return -x }', 'assert.equal(f(1), -1)'],
  [
    'imports',
    'import { readFileSync } from "fs"\nexport const f = () => typeof readFileSync',
    'import assert from "node:assert"\nimport { f } from "./candidate"\nassert.equal(f(), "function")'.replace(
      'import { f } from "./candidate"\n',
      '',
    ),
  ],
  [
    'require assert',
    identity,
    'const assert = require("node:assert").strict\nassert.deepEqual(f({ a: [1] }), { a: [1] })',
  ],
  ['console.assert', identity, 'const t = () => { console.assert(f(1) === 1); console.assert(f(2) === 2) }\nt()'],
  [
    'exact primitives',
    identity,
    'for (const x of [undefined, null, NaN, Infinity, -Infinity, -0, 0, 12345678901234567890n, "\\ud800", "añ😀\\0", 1e-7, 0.1]) assert(Object.is(f(x), x), String(x))',
  ],
  [
    'exact data',
    identity,
    'for (const x of [[1, , 3], { a: undefined }, new Map([[{ k: 1 }, new Set([1])]]), new Date(5), /a\\/b/gi, new Uint8Array([1, 255]), new Float64Array([NaN, -0]), [[[]]], { __proto__: null, x: 1 }, new BigInt64Array([1n])]) { const r = f(structuredClone(x)); assert.deepStrictEqual(f(x), x) }',
  ],
  ['holes stay holes', identity, 'const r = f([1, , 3]); assert(!(1 in r)); assert.equal(r.length, 3)'],
  [
    'shared reference in a result',
    'const f = () => { const a = [1]; return [a, a] }',
    'const r = f(); assert(r[0] === r[1])',
  ],
  ['cycle', 'const f = () => { const a = { n: 1 }; a.self = a; return a }', 'const r = f(); assert(r.self === r)'],
  [
    'a long chain',
    'const f = (n) => { let l = null; for (let i = 0; i < n; i++) l = { next: l }; return l }',
    'let r = f(50000), n = 0; while (r) { r = r.next; n++ } assert.equal(n, 50000)',
  ],
  [
    'sorts in place',
    'const f = (a) => { a.sort((x, y) => x - y) }',
    'const a = [3, 1, 2]; assert.equal(f(a), undefined); assert.deepEqual(a, [1, 2, 3])',
  ],
  [
    'returns its argument',
    'const f = (a) => { a.push(4); return a }',
    'const a = [1]; const r = f(a); assert(r === a); assert.deepEqual(a, [1, 4])',
  ],
  [
    'keeps inner identity',
    'const f = (o) => { o.list.push(o.x); delete o.gone; o.x.y = 2 }',
    'const x = { y: 1 }; const o = { list: [], x, gone: 1 }; const { list } = o; f(o); assert(o.list === list && o.list[0] === x && x.y === 2 && !("gone" in o))',
  ],
  [
    'Map and Set in place',
    'const f = (m, s) => { m.set("b", 2); m.delete("a"); s.add(9) }',
    'const m = new Map([["a", 1]]), s = new Set(); f(m, s); assert.deepStrictEqual(m, new Map([["b", 2]])); assert(s.has(9))',
  ],
  ['typed array in place', 'const f = (b) => { b[0] = 7 }', 'const b = new Uint8Array(2); f(b); assert.equal(b[0], 7)'],
  [
    'error types',
    'const f = (k) => { if (k === 1) throw new TypeError("bad"); if (k === 2) null.x; throw new RangeError("far") }',
    'assert.throws(() => f(1), TypeError); assert.throws(() => f(2), TypeError); assert.throws(() => f(3), { name: "RangeError", message: "far" }); assert.throws(() => f(1), /bad/)',
  ],
  [
    'error classes of the candidate',
    'class Mine extends RangeError { constructor(m) { super(m); this.name = "Mine"; this.code = 5 } }; const f = () => { throw new Mine("m") }',
    'assert.throws(f, Mine); assert.throws(f, RangeError); assert.throws(f, { name: "Mine", message: "m", code: 5 }); try { f() } catch (e) { assert(e instanceof Mine); assert.equal(e.constructor.name, "Mine") }',
  ],
  [
    'thrown data',
    'const f = () => { throw { code: 1 } }',
    'try { f(); assert.fail("no") } catch (e) { assert.deepEqual(e, { code: 1 }) }',
  ],
  [
    'callbacks',
    'const f = (a, g) => a.map((x, i) => g(x, i)).filter((x) => g.call(null, x, 0) > 2)',
    'const seen = []; assert.deepEqual(f([1, 2, 3], (x, i) => { seen.push(i); return x + 1 }), [2, 3, 4].filter((x) => x + 1 > 2)); assert.equal(seen.length, 6)',
  ],
  [
    'a callback that throws',
    'const f = (g) => { try { g() } catch (e) { return e.name + e.message } }',
    'assert.equal(f(() => { throw new RangeError("cb") }), "RangeErrorcb")',
  ],
  [
    'closures',
    'const f = (n) => { let c = n; return () => c++ }',
    'const g = f(5), h = f(1); g(); assert.equal(g(), 6); assert.equal(h(), 1)',
  ],
  ['functions of functions', 'const f = (g) => (x) => g(g(x))', 'assert.equal(f((x) => x * 3)(2), 18)'],
  [
    'generators',
    'function* f(n) { for (let i = 0; i < n; i++) yield [i] }',
    'assert.deepStrictEqual([...f(3)], [[0], [1], [2]]); const it = f(1); assert.deepEqual(it.next(), { value: [0], done: false })',
  ],
  [
    'class instances',
    'class Q { #a = []; push(x) { this.#a.push(x); return this } get size() { return this.#a.length } *[Symbol.iterator]() { yield* this.#a } static of(...x) { const q = new Q(); x.forEach((y) => q.push(y)); return q } }; const f = () => new Q()',
    'const q = new Q(); q.push(1).push({ a: 1 }); assert.equal(q.size, 2); assert.deepEqual([...q], [1, { a: 1 }]); assert(q instanceof Q); assert.equal(Q.of(1, 2).size, 2); assert(f() !== f())',
  ],
  [
    'objects with methods',
    'const f = () => { const o = { n: 0, inc() { this.n++; return o } }; return o }',
    'const o = f(); o.inc().inc(); assert.equal(o.n, 2)',
  ],
  [
    'iterable object',
    'const f = () => ({ *[Symbol.iterator]() { yield 1; yield 2 } })',
    'assert.deepEqual(Array.from(f()), [1, 2])',
  ],
  [
    'class of the script',
    'const f = (node) => { let n = 0; while (node) { n += node.val; node = node.next } return n }',
    'class ListNode { constructor(val, next) { this.val = val; this.next = next } }\nassert.equal(f(new ListNode(1, new ListNode(2, null))), 3)',
  ],
  [
    'class of the candidate as argument',
    'class N { constructor(v) { this.v = v } }; const f = (n) => n.v',
    'assert.equal(f(new N(4)), 4)',
  ],
  [
    'built-ins as values',
    'const f = (T) => T === Number ? T("5") : T',
    'assert.equal(f(Number), 5); assert(f(String) === String)',
  ],
  [
    'async',
    'const f = async (x) => { await null; if (x < 0) throw new RangeError("neg"); return [x] }',
    '(async () => { assert.deepEqual(await f(1), [1]); await assert.rejects(f(-1), RangeError); assert.deepEqual(await Promise.all([f(1), f(2)]), [[1], [2]]) })()',
  ],
  [
    'async check',
    'const f = (x) => new Promise((r) => setTimeout(() => r(x), 5))',
    'async function check(candidate) { assert.equal(await candidate(3), 3) }',
  ],
  ['top-level await', 'const f = async (x) => x', 'assert.equal(await f(3), 3)'],
  [
    'async callbacks',
    'const f = async (g) => (await g(1)) + 1',
    '(async () => assert.equal(await f(async (x) => x + 1), 3))()',
  ],
  ['stdout', 'const f = (x) => { console.log("debug", x); return x }', 'assert.equal(f(1), 1)'],
  [
    'patched built-ins of an honest candidate',
    'Array.prototype.last = function () { return this[this.length - 1] }; Array.prototype.map = null; JSON.stringify = null; Object.prototype.extra = 1; const f = (a) => a.last()',
    'assert.equal(f([1, 2]), 2)',
  ],
  ['deepEqual is loose', 'const f = () => ["2"]', 'assert.deepEqual(f(), [2])'],
]

describe('honest candidates', () => {
  it.each(honest)('%s', async (_name, code, script) => {
    const seen = await js.examine(examineJob(code, script, { limits }))
    expect({ ended: seen.ended, evidence: seen.evidence, reason: seen.reason, exception: seen.exception }).toEqual({
      ended: 'passed',
    })
    expect(seen.calls).toBeGreaterThan(0)
    expect(seen.tests.length).toBeGreaterThan(0)
  })
})

/** Candidate, script, how it must end. */
const failing: [string, string, string, string][] = [
  ['wrong value', identity, 'assert.equal(f(1), 2)', 'assertion'],
  ['wrong type', 'const f = () => "1"', 'assert.strictEqual(f(), 1)', 'assertion'],
  ['console.assert', identity, 'console.assert(f(1) === 2); console.assert(f(1) === 1)', 'assertion'],
  ['throws', 'const f = () => { throw new TypeError("x") }', 'assert.equal(f(), 1)', 'exception'],
  ['missing entry', 'const g = 1', 'assert.equal(f(), 1)', 'exception'],
  ['syntax', 'const f = (', 'assert.equal(f(), 1)', 'compile-error'],
  ['throws at definition', 'throw new Error("top")', 'assert.equal(f(), 1)', 'exception'],
  ['loop', 'const f = () => { for (;;); }', 'f()', 'time-limit'],
  ['loop at top', 'for (;;);', 'f()', 'time-limit'],
  [
    'memory',
    'const f = () => { const a = []; for (;;) a.push(new Float64Array(1e5)) }',
    'try { f() } catch {}',
    'memory-limit',
  ],
  ['flood', 'const f = () => { for (;;) console.log("x".repeat(999)) }', 'f()', 'output-limit'],
  ['recursion', 'const f = () => f() + 1', 'f()', 'exception'],
  ['no calls', 'const f = 1', 'assert(true)', 'empty-suite'],
  [
    'mutates what it may not',
    'const f = (a) => { a.length = 0; return 0 }',
    'const a = [1]; f(a); assert.deepEqual(a, [1])',
    'assertion',
  ],
  [
    'rejects',
    'const f = async () => { throw new Error("r") }',
    '(async () => { assert.equal(await f(), 1) })()',
    'exception',
  ],
  [
    'never settles',
    'const f = () => new Promise(() => {})',
    '(async () => { assert.equal(await f(), 1) })()',
    'time-limit',
  ],
  [
    'a script that throws by itself',
    identity,
    'const _ = require("lodash"); if (!_.isEqual(f([1]), [2])) throw "wrong at 1"',
    'assertion',
  ],
  [
    'a script that trips over the result',
    'const f = () => undefined',
    'if (f().length !== 2) throw new Error("no")',
    'exception',
  ],
  ['throws a text', 'const f = () => { throw "text" }', 'assert.equal(f(), 1)', 'exception'],
  ['async assertion', 'const f = async () => 2', 'async function check(c) { assert.equal(await c(), 1) }', 'assertion'],
]

/** What a candidate may try so as to pass without the answer. The right result would be [1, 2] (or 3 for numbers). */
const cheats: [string, string, string, string][] = [
  [
    'a getter that answers differently each time',
    'class M { n = 0; get x() { return this.n++ ? 1 : 4 } }\nfunction f() { return new M() }',
    'const r = f(1); assert.ok(r.x > 3 && r.x < 2)',
    'assertion',
  ],
  ['exit at top', 'process.exit(0)', 'assert.deepEqual(f(), [1, 2])', 'exited'],
  ['exit in the call', 'const f = () => process.exit(0)', 'try { f() } catch {}', 'exited'],
  ['exit in assert.throws', 'const f = () => process.exit(0)', 'assert.throws(() => f())', 'exited'],
  ['exit handler', 'process.on("exit", () => process.exit(0)); const f = () => 0', 'assert.equal(f(), 3)', 'assertion'],
  [
    'uncaught handler',
    'process.on("uncaughtException", () => {}); const f = () => { throw new Error("e") }',
    'assert.equal(f(), 3)',
    'exception',
  ],
  [
    'exit from a promise',
    'Promise.resolve().then(() => process.exit(0)); const f = () => 0',
    '(async () => { await null; assert.equal(f(), 3) })()',
    'assertion|exited',
  ],
  [
    'proxy of everything',
    'const f = () => new Proxy(() => {}, { get: (t, k) => k === Symbol.toPrimitive ? () => 3 : f() , apply: () => f(), ownKeys: () => [], getPrototypeOf: () => Array.prototype })',
    'assert.deepEqual(f(), [1, 2])',
    'assertion',
  ],
  ['valueOf', 'const f = () => ({ valueOf: () => 3, toString: () => "3" })', 'assert.equal(f(), 3)', 'assertion'],
  [
    'valueOf with raw ==',
    'class N { valueOf() { return 3 } }; const f = () => new N()',
    'assert(f() == 3)',
    'assertion',
  ],
  [
    'growing valueOf',
    'let n = 0; const f = () => ({ valueOf: () => n++ })',
    'const r = f(); for (let i = 0; i < 9; i++) if (r == 3) break; assert(r == 3 || r > 2 && r < 4)',
    'assertion',
  ],
  ['toPrimitive', 'const f = () => ({ [Symbol.toPrimitive]: () => 3 })', 'assert(f() == 3)', 'assertion'],
  ['toJSON', 'const f = () => ({ toJSON: () => [1, 2] })', 'assert.deepEqual(f(), [1, 2])', 'assertion'],
  ['boxed number', 'const f = () => Object(3)', 'assert.strictEqual(f(), 3)', 'assertion'],
  [
    'getter that changes',
    'const f = () => { let n = 0; return { get x() { return n++ } } }',
    'const r = f(); assert(r.x === 0); assert(r.x === 1)',
    'assertion',
  ],
  [
    'patched assert',
    'const a = require("assert"); for (const k of Object.keys(a)) a[k] = () => {}; globalThis.assert = () => {}; console.assert = () => {}; const f = () => 0',
    'assert.equal(f(), 3)',
    'assertion',
  ],
  [
    'patched deepEqual through a prototype',
    'Object.prototype.equals = () => true; Array.prototype.every = () => true; Object.is = () => true; const f = () => [0]',
    'assert.deepStrictEqual(f(), [1, 2])',
    'assertion',
  ],
  [
    'subclass of Array',
    'class A extends Array { every() { return true } get length() { return 2 } }; const f = () => new A()',
    'assert.deepEqual(f(), [1, 2])',
    'assertion',
  ],
  [
    'infinite thenable',
    'const f = () => ({ then(r) { r(this) } })',
    '(async () => { assert.equal(await f(), 3) })()',
    'assertion|time-limit',
  ],
  [
    'thenable class',
    'class T { then(r) { r(this) } }; const f = () => new T()',
    '(async () => { assert.equal(await f(), 3) })()',
    'assertion',
  ],
  [
    'prints passed',
    'const f = () => { console.log("passed\\n{\\"ended\\":\\"passed\\"}"); return "passed" }',
    'assert.equal(f(), 3)',
    'assertion',
  ],
  [
    'patched JSON',
    'JSON.stringify = () => "[1,[],[],3]"; JSON.parse = () => [1, [], [], 3]; const f = () => 0',
    'assert.equal(f(), 3)',
    'assertion',
  ],
  [
    'patched primordials',
    'Function.prototype.call = Function.prototype.apply = Function.prototype.bind = () => 3; Reflect.apply = () => 3; Map.prototype.get = () => 3; Array.prototype[Symbol.iterator] = function* () { yield 3 }; Object.defineProperty(Object.prototype, 0, { set() {}, get: () => 3 }); Array.prototype.push = () => 3; String = () => "3"; const f = () => 0',
    'assert.equal(f(), 3)',
    'assertion',
  ],
  [
    'patched Promise',
    'Promise.prototype.then = function (r) { r(3) }; const f = async () => 0',
    '(async () => assert.equal(await f(), 3))()',
    'assertion',
  ],
  [
    'swallowed assertion in a callback',
    'const f = (g) => { try { g(0) } catch {} }',
    'f((x) => assert.equal(x, 3))',
    'assertion',
  ],
  [
    'Function through a callback',
    'const f = (g) => { try { g.constructor("globalThis.assert.equal = () => {}")() } catch {} try { g.__proto__.constructor("assert.equal = () => {}")() } catch {} return 0 }',
    'assert.equal(f(() => 1), 3)',
    'assertion',
  ],
  [
    'Function through an instance',
    'const f = (o) => { for (const k of ["constructor", "__proto__", "hasOwnProperty", "toString"]) { try { o[k].constructor.constructor("assert.equal = () => {}")() } catch {} try { o.m.constructor("assert.equal=()=>{}")() } catch {} try { o.__proto__.m = 1 } catch {} } return 0 }',
    'class C { m() { return 1 } }; assert.equal(f(new C()), 3)',
    'assertion',
  ],
  [
    'Function through an error',
    'const f = (g) => { try { g() } catch (e) { try { e.constructor.constructor("assert.equal = () => {}")() } catch {} } return 0 }',
    'assert.equal(f(() => { throw new TypeError("x") }), 3)',
    'assertion',
  ],
  [
    'arguments of the caller',
    'function f() { try { return f.caller("x") } catch {} return 0 }',
    'assert.equal(f(), 3)',
    'assertion',
  ],
  [
    'polluted arguments do not reach the script',
    'const f = (o) => { o.__proto__.polluted = 3; Object.prototype.x = 3; return {} }',
    'const o = {}; f(o); assert.equal(({}).polluted ?? f(o).x, 3)',
    'assertion',
  ],
  [
    'looks for the host',
    'const f = () => { for (const k of Object.getOwnPropertyNames(globalThis)) if (/host|serve|wire|settle/i.test(k)) return 3; return 0 }',
    'assert.equal(f(), 3)',
    'assertion',
  ],
  [
    'writes __proto__ into a result',
    'const f = () => JSON.parse(\'{"__proto__": {"a": 1}}\')',
    'assert.deepStrictEqual(f(), { a: 1 })',
    'assertion',
  ],
]

describe.each([
  ['failing candidates', failing],
  ['cheats', cheats],
])('%s', (_title, table) => {
  it.each(table)('%s', async (_name, code, script, ended) => {
    const seen = await js.examine(examineJob(code, script, { limits }))
    expect(ended.split('|'), JSON.stringify(seen)).toContain(seen.ended)
    expect(seen.judged).toBe('out-of-process')
  })
})

describe('reports', () => {
  it('names the tests, the failing line and the last call', async () => {
    const seen = await js.examine(
      examineJob(identity, 'assert.equal(f(1), 1)\nassert.equal(f([2]), 3)\nassert.equal(f(3), 3)', { limits }),
    )
    expect(seen.tests).toEqual([
      { name: 'line 1: assert.equal(f(1), 1)', status: 'passed' },
      { name: 'line 2: assert.equal(f([2]), 3)', status: 'failed' },
      { name: 'line 3: assert.equal(f(3), 3)', status: 'not-reached' },
    ])
    expect(seen.evidence).toContain('f([ 2 ]) gave [ 2 ]')
    expect(seen.calls).toBe(2)
  })

  it('gives the line of an exception in the candidate', async () => {
    const seen = await js.examine(examineJob('const f = (x) => {\n  return x.y.z\n}', 'f({})', { limits }))
    expect(seen.exception).toMatchObject({ type: 'TypeError', line: 2 })
  })

  it('examines TypeScript', async () => {
    const job = { language: 'typescript', limits }
    const good = await js.examine(
      examineJob(
        'enum Way { Up = 1 }\nexport function f<T>(x: T): [T, Way] { return [x, Way.Up] }',
        "import assert from 'node:assert'\nconst r: unknown = f<number>(2)\nassert.deepStrictEqual(r, [2, 1])",
        job,
      ),
    )
    expect(good.ended, JSON.stringify(good)).toBe('passed')
    const bad = await js.examine(examineJob('function f(x: number {', 'f(1)', job))
    expect(bad).toMatchObject({ ended: 'compile-error', exception: { line: 1 } })
  })

  it.each([
    [
      'a complete prompt',
      'const helper = (x) => x + 1\nfunction f(x) { return "stub" }',
      'assert.equal(helper(1), 2)\nassert.equal(f(1), 1)',
    ],
    [
      'a prompt that ends open',
      'const helper = (x) => x + 1\nconst f = (x) => {\n  // continue',
      'assert.equal(helper(1), 2)\nassert.equal(f(1), 1)',
    ],
  ])('uses names of %s, but the candidate for the entry point', async (_name, trusted, script) => {
    const seen = await js.examine(examineJob(identity, script, { trusted, limits }))
    expect({ ended: seen.ended, evidence: seen.evidence }).toEqual({ ended: 'passed' })
  })
})
