import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { languages } from '../../languages/index.js'
import type { Engine } from '../engine.js'
import { openWasmEngine } from './engine.js'
import { examineJob, testLimits } from './fixture.js'

let engine: Engine
beforeAll(async () => {
  engine = await openWasmEngine({ because: 'this is a test', workers: 2 })
}, 60_000)
afterAll(() => engine.close())

const run = (language: string, file: string, code: string, stdin = '') =>
  engine.run({ language, files: { [file]: code }, entry: file, stdin }, testLimits)

it('tells what it is and what it runs', async () => {
  expect(engine.isolation).toMatchObject({ level: 'wasm', tier: 'child', because: 'this is a test' })
  expect(engine.isolation.primitives).toEqual(
    expect.arrayContaining(['node-permission', 'no-fs-read', 'no-child-process', 'wasm-memory-cap']),
  )
  const wanted = languages.filter(({ wasm }) => wasm !== undefined).map(({ name }) => name)
  expect(wanted).toEqual(expect.arrayContaining(['c', 'cpp', 'javascript', 'lua', 'php', 'python', 'ruby', 'sql']))
  for (const name of wanted) expect(await engine.version(name), name).toMatch(/\d/)
  expect(await engine.version('haskell')).toBeNull()
  expect(await engine.version('python')).toMatch(/^CPython 3\.\d+\.\d+ \(pyodide \d/)
})

it('names the CPython it really has', async () => {
  const done = await run('python', 'main.py', 'import sys; print("CPython %d.%d.%d" % sys.version_info[:3])')
  expect(await engine.version('python')).toContain(done.stdout.trim())
})

const sql: [string, string, string, string][] = [
  [
    'rows',
    "create table t(a, b); insert into t values (1, 2.0), (null, 'x'), (9007199254740993, 1e20); select * from t; select 0.1, -1.5e-7, 1.0/3;",
    '1|2.0\n|x\n9007199254740993|1.0e+20\n0.1|-1.5e-07|0.333333333333333\n',
    'ok',
  ],
  ['dot commands are skipped', '.mode list\nselect 1;', '1\n', 'ok'],
  ['errors after rows', 'select 1; select * from missing;', '1\n', 'runtime-error'],
  ['host files', "attach '/etc/passwd' as p; select count(*) from p.sqlite_master;", '', 'runtime-error'],
  ['loop', 'with recursive c(n) as (select 1 union all select n + 1 from c) select count(*) from c;', '', 'time-limit'],
]
const lua: [string, string, string, string][] = [
  [
    'input',
    'local a, b = io.read("n", "n")\nio.read("l")\nprint(a + b, io.read("L"), io.read("a"), io.read("l"))',
    '7\tfive\n\tlast\tnil\n',
    'ok',
  ],
  ['lines', 'for l in io.lines() do io.write("<", l, ">") end', '<3 4><five><last>', 'ok'],
  ['exit', 'io.write("x") os.exit(3)', 'x', 'runtime-error'],
  ['error', 'error("bad")', '', 'runtime-error'],
  ['syntax', 'x = = 1', '', 'compile-error'],
  ['loop', 'while true do end', '', 'time-limit'],
  ['loop without hook', 'debug.sethook() while true do end', '', 'time-limit'],
  ['loop that catches', 'while true do pcall(function() while true do end end) end', '', 'time-limit'],
  ['memory', 'local t = {} for i = 1, 1e9 do t[i] = ("x"):rep(1e6) .. i end', '', 'memory-limit'],
  [
    'host',
    'print(os.execute, io.popen("id"), io.open("/etc/passwd"), os.getenv("PATH"))',
    'nil\tnil\tnil\tnil\n',
    'ok',
  ],
]
describe.each([
  ['sql', 'main.sql', sql],
  ['lua', 'main.lua', lua],
])('%s', (language, file, table) => {
  it.each(table)('%s', async (_name, code, stdout, outcome) => {
    const done = await run(language, file, code, '3 4\nfive\nlast')
    expect({ outcome: done.outcome, stdout: done.stdout }, JSON.stringify(done)).toEqual({ outcome, stdout })
    if (outcome === 'runtime-error' && !code.includes('os.exit'))
      expect(done.stderr).toMatch(/missing|bad|unable to open/)
  })
})

const python: [string, string, string, string][] = [
  ['passes', 'def f(a): return sorted(a)', 'def check(candidate):\n    assert candidate([2, 1]) == [1, 2]\n', 'passed'],
  ['bare asserts', 'def f(a): return a', 'assert f((1, 2)) == (1, 2)\nassert f({1: {2}}) == {1: {2}}', 'passed'],
  ['wrong', 'def f(a): return a', 'assert f(1) == 2', 'assertion'],
  ['raises', 'def f(a): return 1 / a', 'f(0)', 'exception'],
  ['syntax', 'def f(a', 'f(0)', 'compile-error'],
  ['loop', 'def f(a):\n    while True: pass', 'f(0)', 'time-limit'],
  ['memory', 'def f(a):\n    x = []\n    while True: x.append(bytearray(10**7))', 'f(0)', 'memory-limit'],
  ['flood', 'def f(a):\n    while True: print("x" * 1000, flush=True)', 'f(0)', 'output-limit'],
  ['exits', 'import os\ndef f(a): os._exit(0)', 'f(0)', 'exited'],
  [
    'always equal',
    'class A:\n    def __eq__(self, o): return True\ndef f(a): return A()',
    'assert f(0) == 3',
    'assertion',
  ],
  ['no calls', 'f = 1', 'assert True', 'empty-suite'],
]
describe('python examinations', () => {
  it.each(python)('%s', async (_name, code, script, ended) => {
    const limits = { ...testLimits, cpuSeconds: 3 }
    const seen = await engine.examine(examineJob(code, script, { language: 'python', limits }))
    expect(seen.ended, JSON.stringify(seen)).toBe(ended)
    expect(seen.judged).toBe('out-of-process')
  })
})

it.each([
  [
    'javascript',
    ['const f = (x) => x + 1', 'const f = (x) => { for (;;); }', 'const f = ('],
    ['assert.equal(f(1), 2)', 'assert.equal(f(1), 3)'],
  ],
  [
    'python',
    ['def f(x): return x + 1', 'def f(x):\n    while x == 1: pass\n    return 3', 'def f('],
    ['assert f(1) == 2', 'assert f(2) == 3', 'assert f(1) == 3'],
  ],
])('fills a matrix for %s', async (language, programs, tests) => {
  const job = { language, trusted: '', entryPoint: 'f', programs, tests, perTestSeconds: 1, limits: testLimits }
  const rows: boolean[][] = []
  for await (const { program, row } of engine.matrix(job)) rows[program] = [...row]
  expect(rows).toEqual(
    language === 'python'
      ? [
          [true, true, false],
          [false, true, false],
          [false, false, false],
        ]
      : [
          [true, false],
          [false, false],
          [false, false],
        ],
  )
})

it('refuses a language it does not have', async () => {
  await expect(run('cobol', 'main.cob', '')).rejects.toThrow(/cobol cannot run in WebAssembly/)
})
