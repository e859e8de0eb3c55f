import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Program } from '../../../kernel/index.js'
import { testIsolation, testLimits } from './fixture.js'
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

const run = (code: string, more: Partial<Program> = {}) =>
  js.run({ language: 'javascript', files: { 'main.js': code, ...more.files }, entry: 'main.js', ...more }, testLimits)

const input = '3 4\nfive\nlast'
const outputs: [string, string, string][] = [
  [
    'console.log',
    'console.log("a", 1, [1, "b"], {x: null, y: {z: [[]]}}, undefined, -0, 5n, () => 1)',
    "a 1 [ 1, 'b' ] { x: null, y: { z: [ [] ] } } undefined -0 5n [Function (anonymous)]\n",
  ],
  ['print', 'print("x", 2)', 'x 2\n'],
  ['format', 'console.log("%s is %d and %j%%", "a", 1.5, {b: 1}, "rest")', 'a is 1.5 and {"b":1}% rest\n'],
  [
    'maps',
    'console.log(new Map([["a", 1]]), new Set([1, "2"]), [undefined, , 3])',
    "Map(1) { 'a' => 1 } Set(2) { 1, '2' } [ undefined, <1 empty item>, 3 ]\n",
  ],
  [
    'classes',
    'class P { constructor() { this.x = 1 } }; console.log(new P(), P, [new P()])',
    'P { x: 1 } [class P] [ P { x: 1 } ]\n',
  ],
  ['readFileSync 0', 'console.log(require("fs").readFileSync(0, "utf8").split("\\n").length)', '3\n'],
  [
    'readFileSync /dev/stdin',
    'console.log(String(require("node:fs").readFileSync("/dev/stdin")).length)',
    `${input.length}\n`,
  ],
  [
    'readline events',
    'const rl = require("readline").createInterface({ input: process.stdin }); const l = []; rl.on("line", (x) => l.push(x)).on("close", () => console.log(l.join("|")))',
    '3 4|five|last\n',
  ],
  [
    'readline iterator',
    '(async () => { for await (const l of require("readline").createInterface({ input: process.stdin })) console.log("<" + l + ">") })()',
    '<3 4>\n<five>\n<last>\n',
  ],
  [
    'readline question',
    'const rl = require("readline").createInterface({ input: process.stdin, output: process.stdout }); rl.question("n? ", (a) => { console.log(a); rl.close() })',
    'n? 3 4\n',
  ],
  [
    'stdin events',
    'let s = ""; process.stdin.setEncoding("utf8"); process.stdin.on("data", (d) => { s += d }); process.stdin.on("end", () => console.log(s.length))',
    `${input.length}\n`,
  ],
  [
    'stdin iterator',
    '(async () => { let s = ""; for await (const c of process.stdin) s += c; console.log(s.split("\\n")[1]) })()',
    'five\n',
  ],
  ['stdout.write', 'process.stdout.write("no newline")', 'no newline'],
  [
    'order of turns',
    'setTimeout(() => console.log("t2"), 5); setTimeout(() => console.log("t1"), 0); Promise.resolve().then(() => console.log("m")); process.nextTick(() => console.log("n")); console.log("s")',
    's\nm\nn\nt1\nt2\n',
  ],
  [
    'exit handlers',
    'process.on("exit", (c) => console.log("bye", c)); setTimeout(() => console.log("late"))',
    'late\nbye 0\n',
  ],
  [
    'modules',
    'import fs, { readFileSync } from "fs"; import assert from "node:assert"; assert.deepEqual([1], [1]); const s = await Promise.resolve(fs.readFileSync(0, "utf8")); console.log(s === "" , typeof readFileSync)',
    'false function\n',
  ],
  ['unicode', 'console.log([..."añ😀"].length, "añ😀", Buffer.from("añ").length)', '3 añ😀 3\n'],
  ['deep recursion', 'const d = (n) => n === 0 ? 0 : 1 + d(n - 1); console.log(d(8000))', '8000\n'],
  ['top-level return', 'console.log(1); return; console.log(2)', '1\n'],
]
describe('programs', () => {
  it.each(outputs)('%s', async (_name, code, stdout) => {
    const done = await run(code, { stdin: input })
    expect({ out: done.stdout, err: done.stderr, outcome: done.outcome }).toEqual({
      out: stdout,
      err: '',
      outcome: 'ok',
    })
  })

  it('reads several files, arguments and environment', async () => {
    const files = {
      'main.js':
        'const { twice } = require("./lib/twice"); console.log(twice(process.argv[2]), process.env.WHO, require("./d.json").k)',
      'lib/twice.js': 'exports.twice = (x) => x + require("../plus").plus',
      'plus.js': 'module.exports = { plus: "+" }',
      'd.json': '{"k":[1]}',
    }
    const done = await run('', { files, args: ['arg'], env: { WHO: 'me' } })
    expect(done.stdout).toBe('arg+ me [ 1 ]\n')
  })

  it('runs TypeScript and gives its syntax errors', async () => {
    const good = await js.run(
      {
        language: 'typescript',
        entry: 'main.ts',
        files: { 'main.ts': 'enum E { A = 3 }\nconst x: number = E.A as number\nconsole.log(x satisfies number)' },
      },
      testLimits,
    )
    expect(good.stdout).toBe('3\n')
    const bad = await js.run(
      { language: 'typescript', entry: 'main.ts', files: { 'main.ts': 'const x: = 3' } },
      testLimits,
    )
    expect(bad.outcome).toBe('compile-error')
    expect(bad.stderr).toContain('main.ts:1')
  })
})

const endings: [string, string, string, number | null, RegExp][] = [
  ['exit code', 'console.log("x"); process.exit(3); console.log("never")', 'runtime-error', 3, /^$/],
  ['exit 0', 'process.exit()', 'ok', 0, /^$/],
  ['exitCode', 'process.exitCode = 4', 'runtime-error', 4, /^$/],
  ['throw', 'null.x', 'runtime-error', 1, /TypeError: [\s\S]*main\.js:1/],
  ['throw in timer', 'setTimeout(() => { throw new RangeError("late") }, 1)', 'runtime-error', 1, /RangeError: late/],
  ['unhandled rejection', 'async function main() { throw new Error("lost") }\nmain()', 'runtime-error', 1, /lost/],
  ['handled rejection', 'async function main() { throw new Error("kept") }\nmain().catch(() => {})', 'ok', 0, /^$/],
  ['syntax', 'let = = 1', 'compile-error', 1, /SyntaxError/],
  ['loop', 'for (;;) {}', 'time-limit', null, /^$/],
  ['loop in catch', 'for (;;) { try { for (;;) {} } catch {} }', 'time-limit', null, /^$/],
  ['microtask loop', 'const f = () => { Promise.resolve().then(f) }; f()', 'time-limit', null, /^$/],
  ['memory', 'const a = []; for (;;) a.push(new Float64Array(1e5).fill(1))', 'memory-limit', null, /^$/],
  ['flood', 'for (;;) console.log("x".repeat(1000))', 'output-limit', null, /^$/],
  ['recursion', 'function f() { return f() + 1 }; f()', 'runtime-error', 1, /stack/],
  ['host require', 'require("child_process")', 'runtime-error', 1, /Cannot find module/],
  ['host file', 'require("fs").readFileSync("/etc/passwd")', 'runtime-error', 1, /ENOENT/],
  [
    'host through constructors',
    'console.log.constructor("return globalThis.process.binding")().x',
    'runtime-error',
    1,
    /TypeError/,
  ],
]
describe('endings', () => {
  it.each(endings)('%s', async (_name, code, outcome, exitCode, stderr) => {
    const done = await run(code)
    expect({
      outcome: done.outcome,
      exitCode: done.exitCode,
      reason: done.reason,
      stderr: done.stderr.slice(0, 500),
    }).toMatchObject({ outcome, exitCode })
    expect(done.stderr).toMatch(stderr)
    expect(done.cpuMs).toBeGreaterThan(0)
  })
})
