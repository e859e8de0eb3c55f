import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Program } from '../../../kernel/index.js'
import { testIsolation, testLimits } from './fixture.js'
import { probeHardening } from './flags.js'
import { type PythonChildren, pythonChildren, runPython } from './python.js'

let children: PythonChildren
beforeAll(async () => {
  children = await pythonChildren((await probeHardening()).flags, 1)
}, 120_000)
afterAll(() => Promise.all([children.runners.close(), children.examiners.close()]))

const run = (code: string, more: Partial<Program> = {}) =>
  runPython(
    children.runners,
    { language: 'python', files: { 'main.py': code }, entry: 'main.py', ...more },
    testLimits,
    testIsolation,
  )

const outputs: [string, string, string][] = [
  ['input()', 'a, b = map(int, input().split())\nprint(a + b, input())', '7 five\n'],
  ['iteration', 'import sys\nfor line in sys.stdin: print(repr(line))', "'3 4\\n'\n'five\\n'\n'läst'\n"],
  [
    'readline then rest',
    'import sys\nprint(repr(sys.stdin.readline()), repr(sys.stdin.read()), repr(sys.stdin.read()))',
    "'3 4\\n' 'five\\nläst' ''\n",
  ],
  [
    'buffer',
    'import sys\nprint(sys.stdin.buffer.readline(), sys.stdin.buffer.read())',
    "b'3 4\\n' b'five\\nl\\xc3\\xa4st'\n",
  ],
  ['open(0)', 'print(len(open(0).read().split()))', '4\n'],
  ['stdout.buffer', 'import sys\nsys.stdout.buffer.write(b"\\xc3\\xa4\\n")', 'ä\n'],
  ['main guard not last', 'if __name__ == "__main__":\n    print(1)\nx = 2', '1\n'],
  ['globals of functions', 'n = 3\ndef f(): return g() + n\ndef g(): return 1\nprint(f())', '4\n'],
  [
    'future import and comprehension scope',
    'from __future__ import annotations\nk = 2\nprint([k * i for i in range(3)])',
    '[0, 2, 4]\n',
  ],
  [
    'asyncio',
    'import asyncio\nasync def m():\n    await asyncio.sleep(0.01)\n    return await asyncio.gather(*(asyncio.sleep(0, i) for i in range(3)))\nprint(asyncio.run(m()))',
    '[0, 1, 2]\n',
  ],
  [
    'deep recursion',
    'import sys\nsys.setrecursionlimit(20000)\ndef f(n): return 0 if n == 0 else 1 + f(n - 1)\nprint(f(15000))',
    '15000\n',
  ],
  [
    'standard library',
    'import sqlite3, json, unittest, collections, random\nprint(sqlite3.connect(":memory:").execute("select 1+1").fetchone(), json.dumps({"a": 1}))',
    '(2,) {"a": 1}\n',
  ],
  ['own file system', 'open("x.txt", "w").write("hi"); print(open("x.txt").read(), __file__)', 'hi main.py\n'],
  [
    'modules named like ours',
    'import sys\nprint([m for m in ("wire", "candidate", "examiner", "perform") if m in sys.modules or m in globals()])',
    '[]\n',
  ],
  ['atexit', 'import atexit\natexit.register(lambda: print("bye"))', 'bye\n'],
]
describe('programs', () => {
  it.each(outputs)('%s', async (_name, code, stdout) => {
    const done = await run(code, { stdin: '3 4\nfive\nläst' })
    expect({ out: done.stdout, err: done.stderr, outcome: done.outcome }).toEqual({
      out: stdout,
      err: '',
      outcome: 'ok',
    })
  })

  it('imports its other files, has arguments and its environment only', async () => {
    const files = {
      'main.py':
        'import sys, os, lib.tool\nprint(lib.tool.double(sys.argv[1]), os.environ.get("WHO"), "PATH" in os.environ)',
      'lib/tool.py': 'def double(x): return x * 2',
    }
    const done = await run('', { files, args: ['ab'], env: { WHO: 'me' } })
    expect(done.stdout, done.stderr).toBe('abab me False\n')
  })

  it('leaves nothing to the next program', async () => {
    await run('import builtins, os\nbuiltins.left = 1\nopen("/tmp/left", "w").write("x")')
    const next = await run('import builtins, os\nprint(hasattr(builtins, "left"), os.path.exists("/tmp/left"))')
    expect(next.stdout).toBe('False False\n')
  })

  it('has random numbers of its own in every run', async () => {
    const [a, b] = [
      await run('import random; print(random.random())'),
      await run('import random; print(random.random())'),
    ]
    expect(a.stdout).not.toBe(b.stdout)
  })
})

const endings: [string, string, string, number | null, RegExp][] = [
  ['exit code', 'import sys\nprint(1)\nsys.exit(3)', 'runtime-error', 3, /^$/],
  ['exit without code', 'raise SystemExit', 'ok', 0, /^$/],
  ['exit with text', 'exit("no")', 'runtime-error', 1, /^no\n$/],
  ['os._exit', 'import os\nos._exit(5)', 'runtime-error', 5, /^$/],
  [
    'exception',
    'def f():\n    return 1 / 0\nf()',
    'runtime-error',
    1,
    /^Traceback \(most recent call last\):\n {2}File "main.py", line 3[\s\S]*ZeroDivisionError: division by zero\n$/,
  ],
  ['syntax', 'x = (', 'compile-error', 1, /File "main.py", line 1[\s\S]*SyntaxError/],
  ['recursion', 'def f(): return f()\nf()', 'runtime-error', 1, /RecursionError/],
  ['loop', 'while True: pass', 'time-limit', null, /^$/],
  [
    'loop that catches everything',
    'while True:\n    try:\n        while True: pass\n    except BaseException: pass',
    'time-limit',
    null,
    /^$/,
  ],
  ['long C code', 'x = 3 ** (3 ** 20)\nprint(len(str(x % 10**5000000)))', 'time-limit', null, /^$/],
  ['memory', 'x = []\nwhile True: x.append(bytearray(10_000_000))', 'memory-limit', null, /MemoryError/],
  ['flood', 'while True: print("x" * 1000)', 'output-limit', null, /^$/],
]
describe('endings', () => {
  it.each(endings)('%s', async (_name, code, outcome, exitCode, stderr) => {
    const done = await run(code)
    expect({ outcome: done.outcome, exitCode: done.exitCode }, JSON.stringify(done).slice(0, 900)).toEqual({
      outcome,
      exitCode,
    })
    expect(done.stderr).toMatch(stderr)
    expect(done.cpuMs).toBeGreaterThan(0)
  })
})
