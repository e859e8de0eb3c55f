import { describe, expect, it } from 'vitest'
import type { JudgedProblem, Limits, TestSuite, Verdict } from '../../kernel/index.js'
import { openJudge } from './open-judge.test-support.js'

const { judge } = await openJudge()

const limits: Partial<Limits> = { cpuSeconds: 2, wallSeconds: 8, memoryMb: 512, outputBytes: 1 << 20 }

function problem(suite: TestSuite, language = 'python'): JudgedProblem {
  return {
    problem: {
      id: 'p',
      language,
      kind: suite.kind === 'stdio' ? 'stdio' : 'function',
      prompt: '',
      publicTests: [],
      metadata: {},
    },
    suite,
  }
}

function assertions(
  script: string,
  code: string,
  more: { trusted?: string; mode?: 'in-process' } = {},
): Promise<Verdict> {
  return judge.judge(problem({ kind: 'assertions', trusted: '', script, entryPoint: 'f', ...more }), { code }, limits)
}

describe('sets that cross are iterated as they were', () => {
  for (const made of [
    '{12, 13, 14, 15, 16}',
    'frozenset([12, 13, 14, 15, 16])',
    'set([33, 1, 70])',
    "{'b', 'a', 'd', 'c', 'e'}",
  ]) {
    it(`${made}, to the candidate`, async () => {
      const script = `made = ${made}\nassert f(made) == list(made)`
      expect(await assertions(script, 'def f(s): return list(s)')).toMatchObject({ kind: 'passed' })
    })
    it(`${made}, back from it`, async () => {
      const code = `def f(): return ${made}\ndef in_order(): return list(f())`
      expect(await assertions('assert list(f()) == in_order()', code)).toMatchObject({ kind: 'passed' })
    })
  }
})

describe('what the prompt defines for its tests is not the program’s to redefine', () => {
  const helper = 'def twice(x):\n    return 2 * x\n\n\n'
  const prompts: [where: string, open: string][] = [
    ['before a function that is left open', 'def f(x):\n    while True:\n'],
    ['before the second of that name', 'def f(x):\n    pass\n\n\ndef f(x):\n    return (\n'],
    ['in a prompt that is a program', "def f(x):\n    'doubles'\n"],
  ]
  for (const [where, open] of prompts)
    it(where, async () => {
      const more = { trusted: helper + open }
      const bending = 'def twice(x): return 0\ndef f(x): return 0'
      expect(await assertions('assert f(3) == twice(3)', bending, more)).toMatchObject({ kind: 'wrong' })
      const honest = `${helper}def f(x): return x + x`
      expect(await assertions('assert f(3) == twice(3)', honest, more)).toMatchObject({ kind: 'passed' })
    })
})

describe('nothing that a program gives leads to the weaker mode', () => {
  const frame = `
import os, socket, struct, sys
def send(value):
    frame = sys._getframe()
    while "request" not in frame.f_locals: frame = frame.f_back
    data = b'{"i":%d,%s}' % (frame.f_locals["request"]["i"], value)
    socket.socket(socket.AF_UNIX, socket.SOCK_STREAM, 0, 3).sendall(struct.pack(">I", len(data)) + data)
`
  it('an exception class of its own, passed back, is its own again', async () => {
    const script = 'kind = f(None)\nassert f(kind) is True'
    const code = 'class Own(ValueError): pass\ndef f(x): return Own if x is None else x is Own'
    expect(await assertions(script, code)).toMatchObject({ kind: 'passed', judged: 'out-of-process' })
    expect(await assertions(script, code.replace('x is Own', '0'))).toMatchObject({
      kind: 'wrong',
      judged: 'out-of-process',
    })
  })

  it('neither does an argument that it makes contain itself', async () => {
    const inner = '{"t":"was","n":0,"v":[]}'
    const code = `${frame}def f(x): send(b'"v":null,"m":{"0":{"t":"was","n":0,"v":[${inner}]}}')`
    const verdict = await assertions('items = [1]\nf(items)\nassert f(items) == 5', code)
    expect(verdict).toMatchObject({ kind: 'cheated', judged: 'out-of-process' })
  })

  it('nor a built-in that is no type', async () => {
    const code = `${frame}def f(x): send(b'"v":{"t":"builtin","v":"__loader__"}')`
    const verdict = await assertions('assert f(f(1)) == 5', code)
    expect(verdict).toMatchObject({ kind: 'cheated', judged: 'out-of-process' })
  })
})

describe('a module that the tests leave to the program to import', () => {
  const script = 'assert math.isclose(f(), 5)'
  it('is the real one, whatever the program calls so', async () => {
    const own = 'class math:\n  isclose = lambda *_: True\n'
    for (const mode of [{}, { mode: 'in-process' }] as const) {
      expect(await assertions(script, `${own}def f(): return 4`, mode)).toMatchObject({ kind: 'wrong' })
      expect(await assertions(script, 'import math\ndef f(): return 5.0', mode)).toMatchObject({ kind: 'passed' })
      expect(await assertions(script, 'def f(): return 5', mode)).toMatchObject({ exception: { type: 'NameError' } })
    }
  })

  it('is none where the tests do more with the name', async () => {
    const own = 'def string(x): return x + 1\nstring.digits = 1\ndef f(): return 4'
    expect(await assertions('assert string(f()) == 5 and string.digits == 1', own)).toMatchObject({ kind: 'passed' })
    const other = 'class string:\n  most = 5\ndef f(): return 5'
    expect(await assertions('assert f() == string.most', other)).toMatchObject({ kind: 'passed' })
  })
})

describe('nothing that a program says of its errors makes its verdict nobody’s', () => {
  const raising = (line: string) => `raise SyntaxError("far", ("solution.py", ${line}, 0, ""))`
  it.each(['10**30', '-1', '2**31'])('a line %s', async (line) => {
    for (const code of [raising(line), `def f(): ${raising(line)}`]) {
      const verdict = await assertions('assert f() == 1', code)
      expect(verdict).toMatchObject({ kind: 'runtime-error', exception: { type: 'SyntaxError' } })
      expect(verdict).not.toHaveProperty('exception.line')
    }
  })

  it.each([
    ['line', 'class E(Exception): cupel_line = "far"'],
    ['name', 'class M(type): __name__ = property(lambda self: 5)\nclass E(Exception, metaclass=M): pass'],
  ])('in the weaker mode, a %s that is none', async (_, own) => {
    const verdict = await assertions('assert f() == 1', `${own}\ndef f(): raise E()`, { mode: 'in-process' })
    expect(verdict).toMatchObject({ kind: 'cheated', judged: 'in-process' })
  })
})

describe('values that cross', () => {
  const values = [
    '1',
    '-0.0',
    '1.5',
    'True',
    'None',
    '10**400',
    '"é\\ud800"',
    'b"\\x00\\xff"',
    '(1, [2, (3,)])',
    '{"a": {1: (2,)}}',
    '{1, 2}',
    'frozenset({1})',
    'float("inf")',
    '1+2j',
    'range(3)',
    'collections.deque([1, 2], 5)',
    'collections.Counter("aab")',
    'collections.OrderedDict([(2, 1), (1, 2)])',
    'decimal.Decimal("1.10")',
    'fractions.Fraction(1, 3)',
    'datetime.datetime(2024, 1, 2, 3, 4, 5, 6)',
    'datetime.timedelta(1, 2, 3)',
    'slice(1, 2)',
    'bytearray(b"x")',
    'datetime.datetime(2024, 1, 2, tzinfo=datetime.timezone.utc)',
    '{1: 2}.keys()',
    '...',
    'int',
    '[[1], [2]] * 2',
  ]
  it.each(values)('%s, there and back, with its type', async (value) => {
    const imports = 'import collections, decimal, fractions, datetime\n'
    const script = `${imports}v = ${value}\nr = f(v)\nassert type(r) is type(v) and repr(r) == repr(v), repr(r)`
    expect(await assertions(script, 'def f(x): return x')).toMatchObject({ kind: 'passed', judged: 'out-of-process' })
  })

  it('nan', async () => {
    expect(await assertions('assert f(float("nan")) != f(float("nan"))', 'def f(x): return x')).toMatchObject({
      kind: 'passed',
    })
  })

  it.each([
    ['tuple is not list', 'assert f() == [1]', 'def f(): return (1,)', 'wrong'],
    ['1 is True for Python', 'assert f() == True', 'def f(): return 1', 'passed'],
    [
      'a namedtuple equals its tuple',
      'assert f() == (1, 2)',
      'from collections import namedtuple\ndef f(): return namedtuple("P", "a b")(1, 2)',
      'passed',
    ],
    [
      'a defaultdict equals its dict',
      'assert f() == {1: [2]}',
      'from collections import defaultdict\ndef f():\n d = defaultdict(list)\n d[1].append(2)\n return d',
      'passed',
    ],
    [
      'an enum of ints equals its int',
      'assert f() == 1',
      'from enum import IntEnum\nclass E(IntEnum): A = 1\ndef f(): return E.A',
      'passed',
    ],
    [
      'a list that lies about itself is what it holds',
      'assert f() == [1]',
      'class L(list):\n def __eq__(s, o): return True\ndef f(): return L()',
      'wrong',
    ],
    [
      'an int that lies',
      'assert f() == 5',
      'class I(int):\n def __eq__(s, o): return True\n def __hash__(s): return 5\ndef f(): return I(3)',
      'wrong',
    ],
    [
      'an object that equals everything equals nothing plain',
      'assert f() == 5',
      'class X:\n def __eq__(s, o): return True\ndef f(): return X()',
      'wrong',
    ],
    [
      'nor is it near anything',
      'assert abs(f() - 3.5) < 1e-6',
      'class X:\n def __sub__(s, o): return 0.0\n def __abs__(s): return 0.0\ndef f(): return X()',
      'runtime-error',
    ],
    [
      'nor does it hold anything',
      'assert 5 in f()',
      'class X:\n def __contains__(s, o): return True\n def __iter__(s): return iter([])\ndef f(): return X()',
      'wrong',
    ],
    ['a list in itself', 'assert f() == [1]', 'def f():\n x = []\n x.append(x)\n return x', 'runtime-error'],
  ])('%s', async (_, script, code, kind) => {
    expect((await assertions(script, code)).kind).toBe(kind)
  })
})

describe('calls that cross', () => {
  it.each([
    [
      'arguments changed in place',
      'a = [3, [1], {"k": 1}]\ninner = a[1]\nassert f(a) is None\nassert a == [[1, 2], {"k": 2}, 9] and a[0] is inner',
      'def f(x):\n x[1].append(2)\n x[2]["k"] = 2\n x.append(9)\n x.pop(0)',
      'passed',
    ],
    [
      'nested containers keep their identity',
      'a = [[1]]\ninner = a[0]\nf(a)\nassert inner == [1, 2]',
      'def f(x): x[0].append(2)',
      'passed',
    ],
    [
      'a result that is an argument',
      'a = [2, 1]\nassert f(a) is a and a == [1, 2]',
      'def f(x):\n x.sort()\n return x',
      'passed',
    ],
    ['keywords and defaults', 'assert f(1, b=2) == [1, 2, 3]', 'def f(a, b, c=3): return [a, b, c]', 'passed'],
    [
      'functions of the test as arguments',
      'seen = []\nassert f(lambda x: seen.append(x) or x * 2, [1, 2]) == [2, 4] and seen == [1, 2]',
      'def f(g, xs): return [g(x) for x in xs]',
      'passed',
    ],
    [
      'exceptions of the test inside a callback',
      'def boom(x): raise KeyError(x)\ntry:\n  f(boom); assert False\nexcept KeyError as e: assert e.args == (1,)',
      'def f(g): return g(1)',
      'passed',
    ],
    [
      'built-in functions and types as arguments',
      'assert f(len, str) == ["1", 1]',
      'def f(g, t): return [t(1), g("a")]',
      'passed',
    ],
    ['iterators as arguments', 'assert f(iter([1, 2, 3])) == 6', 'def f(it): return sum(it)', 'passed'],
    ['generators as results', 'assert list(f(3)) == [0, 1, 2]', 'def f(n):\n for i in range(n): yield i', 'passed'],
    [
      'closures as results',
      'add = f(2)\nassert add(3) == 5 and add(4) == 6',
      'def f(n): return lambda x: x + n',
      'passed',
    ],
    [
      'objects as results',
      's = f()\ns.push(1); s.push(2)\nassert s.items == [1, 2] and len(s) == 2',
      'class S:\n def __init__(self): self.items = []\n def push(self, x): self.items.append(x)\n def __len__(self): return len(self.items)\ndef f(): return S()',
      'passed',
    ],
    [
      'coroutines',
      'import asyncio\nasync def main(): return await f(2)\nassert asyncio.run(main()) == 4',
      'async def f(x): return x * 2',
      'passed',
    ],
    [
      'exceptions keep their type',
      'try:\n  f(); assert False\nexcept ValueError as e: assert str(e) == "no" and e.args == ("no",)',
      'def f(): raise ValueError("no")',
      'passed',
    ],
    [
      'own exceptions are below their base',
      'try:\n  f(); assert False\nexcept LookupError as e: assert type(e).__name__ == "Gone"',
      'class Gone(KeyError): pass\ndef f(): raise Gone(1)',
      'passed',
    ],
    [
      'own exceptions by name',
      'try:\n  f(); assert False\nexcept Gone: pass',
      'class Gone(Exception): pass\ndef f(): raise Gone(1)',
      'passed',
    ],
    [
      'other names of the candidate',
      'assert helper(2) == 4 and LIMIT == 7',
      'LIMIT = 7\ndef helper(x): return x * 2\ndef f(): pass',
      'passed',
    ],
    [
      'a class as the entry point',
      'x = f(3)\nassert x.value == 3 and isinstance(x, f)',
      'class f:\n def __init__(self, v): self.value = v',
      'passed',
    ],
    [
      'a shared container',
      'a = []\nb = [a, a]\nf(b)\nassert b == [[1], [1]] and b[0] is b[1] and b[0] is a',
      'def f(x): x[0].append(1)',
      'passed',
    ],
    [
      'an argument changed before an exception',
      'a = [1]\ntry:\n  f(a)\nexcept ValueError: pass\nassert a == [1, 2]',
      'def f(x):\n x.append(2)\n raise ValueError',
      'passed',
    ],
  ])('%s', async (_, script, code, kind) => {
    const verdict = await assertions(script, code)
    expect(verdict.kind, JSON.stringify(verdict)).toBe(kind)
  })

  it('an object that answers differently each time is read once', async () => {
    const moody = (method: string, answers: string) =>
      `class M:\n    n = -1\n    def ${method}(self, *a):\n        self.n += 1\n        return ${answers}[self.n % 2]\ndef f(): return M()`
    const twice = (read: string) => `r = f()\na = ${read}\nb = ${read}\nassert a != b`
    expect((await assertions(twice('float(r)'), moody('__float__', '[1.0, 2.0]'))).kind).toBe('wrong')
    expect((await assertions(twice('r.x'), moody('__getattr__', '[1, 2]'))).kind).toBe('wrong')
    expect((await assertions(twice('list(r)'), moody('__iter__', '[iter([1]), iter([2])]'))).kind).toBe('wrong')
    // A call may change an object; then it is read again.
    const counter =
      'class C:\n    def __init__(self): self.n = 0\n    def up(self): self.n += 1\n    def __int__(self): return self.n\ndef f(): return C()'
    expect(
      (await assertions('c = f()\nassert int(c) == 0 and c.n == 0\nc.up()\nassert int(c) == 1 and c.n == 1', counter))
        .kind,
    ).toBe('passed')
  })

  it('names of the prompt are the prompt’s, but the program must have them', async () => {
    const trusted = 'def double(x):\n    return x * 2\n\ndef f(x):\n    """Four times."""\n'
    const script = 'def check(candidate):\n    assert candidate(3) == double(double(3))'
    expect(await assertions(script, 'def double(x): return x\ndef f(x): return x', { trusted })).toMatchObject({
      kind: 'wrong',
    })
    expect(await assertions(script, 'def double(x): return 0\ndef f(x): return 4 * x', { trusted })).toMatchObject({
      kind: 'passed',
    })
    expect(await assertions(script, 'def f(x): return 4 * x', { trusted })).toMatchObject({
      kind: 'runtime-error',
      exception: { type: 'NameError' },
    })
  })

  it('what cannot cross is judged in process, and the verdict says so', async () => {
    const script =
      'class Node:\n  def __init__(self, v, n=None): self.v, self.n = v, n\nassert f(Node(1, Node(2))) == 3'
    const right = 'def f(n): return n.v + (f(n.n) if n.n else 0)'
    expect(await assertions(script, right)).toMatchObject({ kind: 'passed', judged: 'in-process' })
    expect(await assertions(script, 'def f(n): return 1')).toMatchObject({ kind: 'wrong', judged: 'in-process' })
    expect((await assertions(script, 'import os\ndef f(n): os._exit(0)')).kind).toBe('runtime-error')
    expect(
      (
        await assertions(
          script,
          'import os\nos.write(3, b"\\x00\\x00\\x00\\x12{\\"ended\\":\\"passed\\"}")\ndef f(n): return 1',
        )
      ).kind,
    ).toBe('cheated')
  })

  it('a script that never calls the candidate shows nothing', async () => {
    expect(await assertions('assert 1 == 1', 'def f(): pass')).toMatchObject({ kind: 'infrastructure' })
  })

  it('a broken test script is not the candidate’s failure', async () => {
    expect(await assertions('assert f( ==', 'def f(): pass')).toMatchObject({ kind: 'infrastructure' })
    expect(await assertions('assert f() == \0', 'def f(): pass')).toMatchObject({ kind: 'infrastructure' })
  })

  it('need a module that is not there: that is not the fault of the program', async () => {
    const needs = 'import no_such_module\nassert f() == 1'
    const lacking = { kind: 'infrastructure', reason: expect.stringContaining('no_such_module') }
    expect(await assertions(needs, 'def f(): return 1')).toMatchObject(lacking)
    expect(await assertions(needs, 'import no_such_module\ndef f(): return 1')).toMatchObject(lacking)
  })

  it('are there: what the program needs itself, or says so, is its own fault', async () => {
    const own = { kind: 'runtime-error', exception: { type: 'ModuleNotFoundError' } }
    expect(await assertions('assert f() == 1', 'import no_such_module\ndef f(): return 1')).toMatchObject(own)
    const raises = 'def f(): raise ModuleNotFoundError("no_such_module")'
    expect(await assertions('import json\nassert f() == 1', raises)).toMatchObject(own)
    expect(await assertions('assert f() == 1\nimport no_such_module', 'def f(): return 1')).toMatchObject(own)
  })

  it('names the assertion that failed, those before and those after, with evidence', async () => {
    const verdict = await assertions(
      'def check(candidate):\n    assert candidate(1) == 1\n    assert candidate(2) == 4\n    assert candidate(3) == 9',
      'def f(x): return x',
    )
    expect(verdict).toMatchObject({
      kind: 'wrong',
      tests: [{ status: 'passed' }, { status: 'failed' }, { status: 'not-reached' }],
      evidence: 'assert candidate(2) == 4\nf(2) → 2',
    })
  })

  it('gives the line of the exception in the program', async () => {
    expect(await assertions('assert f(0) == 1', '# one\ndef f(x):\n    return 1 / x')).toMatchObject({
      kind: 'runtime-error',
      exception: { type: 'ZeroDivisionError', line: 3 },
    })
    expect(await assertions('assert f(0) == 1', 'x = 1\ndef f(x:')).toMatchObject({
      kind: 'compile-error',
      exception: { line: 2 },
    })
  })

  it.each([
    ['memory', 'def f(x): return [0] * 10**9', 'memory-limit'],
    ['time in a call', 'def f(x):\n while True: pass', 'time-limit'],
    ['time at definition', 'while True: pass', 'time-limit'],
    ['waiting', 'import time\ndef f(x): time.sleep(60)', 'time-limit'],
    ['output', 'def f(x):\n while True: print("x" * 1000)', 'output-limit'],
    ['a result larger than any test', 'def f(x): return "x" * (70 << 20)', 'output-limit'],
    ['a generator without end', 'def f(x):\n while True: yield 1', 'wrong'],
    ['no code', '  \n', 'no-code'],
  ])('limits: %s', async (_, code, kind) => {
    expect((await assertions('assert f(1) == 1', code)).kind).toBe(kind)
  })

  it.each([
    ['CRLF', 'def f(x):\r\n    return x\r\n'],
    ['tabs', 'def f(x):\n\tif x:\n\t\treturn x\n'],
    ['a byte-order mark', '\uFEFFdef f(x): return x'],
    ['a callable object', 'class F:\n def __call__(self, x): return x\nf = F()'],
    ['a partial', 'from functools import partial\nf = partial(lambda a, b: b, 1)'],
    ['a decorated function', 'from functools import lru_cache\n@lru_cache\ndef f(x): return x'],
    ['a lambda', 'f = lambda x: x'],
    ['a main block', 'def f(x): return x\nif __name__ == "__main__":\n    print(f(int(input())))'],
    ['a dataclass', 'from dataclasses import dataclass\n@dataclass\nclass P:\n    x: int\ndef f(x): return P(x).x'],
  ])('candidates like any other: %s', async (_, code) => {
    const verdict = await assertions('assert f(1) == 1', code)
    expect(verdict.kind, JSON.stringify(verdict)).toBe('passed')
  })
})

describe('programs with input and output', () => {
  const stdio = (code: string, checker: Extract<TestSuite, { kind: 'stdio' }>['checker'], stdout: string) =>
    judge.judge(problem({ kind: 'stdio', cases: [{ stdin: '3 4\n', stdout }], checker }), { code }, limits)
  it.each([
    ['lines', { kind: 'lines' }, 'print("7  ")\nprint()', '7\n', 'passed'],
    ['exact', { kind: 'exact' }, 'print("7 ")', '7\n', 'wrong'],
    ['tokens', { kind: 'tokens' }, 'print(" 1\\n2")', '1 2', 'passed'],
    ['floats', { kind: 'floats', absolute: 1e-6, relative: 1e-6 }, 'print(1 / 3)', '0.333333', 'passed'],
    ['floats do not forgive words', { kind: 'floats', absolute: 1, relative: 1 }, 'print("x")', 'y', 'wrong'],
    ['set', { kind: 'set' }, 'print("b\\na\\na")', 'a\nb\na\n', 'passed'],
    ['set with multiplicity', { kind: 'set' }, 'print("b\\na")', 'a\nb\na\n', 'wrong'],
    [
      'buffer',
      { kind: 'tokens' },
      'import sys\nprint(sum(map(int, sys.stdin.buffer.readline().split())))',
      '7',
      'passed',
    ],
    [
      'iteration',
      { kind: 'tokens' },
      'import sys\nfor line in sys.stdin: print(sum(map(int, line.split())))',
      '7',
      'passed',
    ],
    ['os.write', { kind: 'tokens' }, 'import os\nos.write(1, b"7")', '7', 'passed'],
    ['a crash after the right answer', { kind: 'tokens' }, 'print(7)\n1/0', '7', 'runtime-error'],
    [
      'a program as checker',
      {
        kind: 'program',
        language: 'python',
        source: 'import sys\nsys.exit(0 if int(open(sys.argv[2]).read()) % 7 == 0 else 1)',
      },
      'print(14)',
      '7',
      'passed',
    ],
    [
      'a program as checker refuses',
      { kind: 'program', language: 'python', source: 'import sys\nsys.exit(1)' },
      'print(14)',
      '7',
      'wrong',
    ],
    [
      'a checker that the output breaks, but not the answer',
      {
        kind: 'program',
        language: 'python',
        source: 'import sys, os\nif open(sys.argv[2]).read() != "7": os.abort()',
      },
      'print("x")',
      '7',
      'wrong',
    ],
    [
      'a checker that breaks by itself',
      { kind: 'program', language: 'python', source: 'import os\nos.abort()' },
      'print(14)',
      '7',
      'infrastructure',
    ],
    [
      'a checker that breaks is nobody’s failure',
      { kind: 'program', language: 'python', source: 'import sys\nsys.exit(3)' },
      'print(14)',
      '7',
      'infrastructure',
    ],
  ] as const)('%s', async (_, checker, code, stdout, kind) => {
    const verdict = await stdio(code, checker, stdout)
    expect(verdict.kind, JSON.stringify(verdict)).toBe(kind)
  })

  it('say which exception ended them, and in which line', async () => {
    const code = 'def f(n):\n    return 1 // n\n\nprint(f(0))\n'
    const verdict = await stdio(code, { kind: 'tokens' }, '7')
    const exception = { type: 'ZeroDivisionError', message: expect.stringContaining('zero'), line: 2 }
    expect(verdict).toMatchObject({ kind: 'runtime-error', exception })
  })
})

describe('scripts of test classes and functions', () => {
  const script = `import unittest

class Account(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.start = 10

    def setUp(self):
        self.account = f(self.start)

    def test_adds(self):
        self.account.add(5)
        self.assertEqual(self.account.total, 15)

    def test_refuses(self):
        with self.assertRaises(ValueError):
            self.account.add(-1)

    @unittest.skip('slow')
    def test_slow(self):
        self.fail('it is not run')

class TestPlain:
    def setup_method(self):
        self.account = f(1)

    def test_starts(self):
        assert self.account.total == 1

def test_alone():
    assert f(2).total == 2

if __name__ == '__main__':
    unittest.main()
`
  const right = `class f:
    def __init__(self, start):
        self.total = start
    def add(self, more):
        if more < 0:
            raise ValueError('less than nothing')
        self.total += more
`
  const names = ['Account.test_adds', 'Account.test_refuses', 'TestPlain.test_starts', 'test_alone']
  const modes = [{}, { mode: 'in-process' }] as const

  it('have not passed where they were not run', async () => {
    const patched = `import unittest\nunittest.TestSuite.run = lambda self, result: result\n${right}`
    const verdict = await assertions(script, patched, { mode: 'in-process' })
    expect(verdict).toMatchObject({ kind: 'runtime-error', exception: { message: 'the test did not come to its end' } })
  })

  it('pass where every test does', async () => {
    for (const mode of modes)
      expect(await assertions(script, right, mode)).toMatchObject({
        kind: 'passed',
        judged: 'mode' in mode ? 'in-process' : 'out-of-process',
        tests: names.map((name) => ({ name, status: 'passed' })),
      })
  })

  it('say which test failed, and go on with the others', async () => {
    for (const mode of modes)
      expect(await assertions(script, right.replace('+= more', '+= 1'), mode)).toMatchObject({
        kind: 'wrong',
        evidence: expect.stringMatching(/^Account.test_adds[\s\S]*11 != 15/),
        tests: [{ status: 'failed' }, { status: 'passed' }, { status: 'passed' }, { status: 'passed' }],
      })
  })

  it('tell an exception of the program from an assertion that does not hold', async () => {
    for (const mode of modes)
      expect(await assertions(script, right.replace('raise ValueError', 'raise KeyError'), mode)).toMatchObject({
        kind: 'runtime-error',
        exception: { type: 'KeyError' },
        tests: [{ status: 'passed' }, { status: 'error' }, { status: 'passed' }, { status: 'passed' }],
      })
  })

  it('fail as a whole with the fixtures of their class', async () => {
    const broken = script.replace('cls.start = 10', 'cls.start = f(1).missing')
    expect(await assertions(broken, right)).toMatchObject({
      kind: 'runtime-error',
      tests: [{ status: 'error' }, { status: 'error' }, { status: 'passed' }, { status: 'passed' }],
    })
  })

  it('are not passed by a program that skips them, ends the process or leaves tests out', async () => {
    const wrong = right.replace('+= more', '+= 1')
    for (const cheat of [
      'import unittest\ndef f(start):\n    raise unittest.SkipTest("no")',
      'import os\ndef f(start):\n    os._exit(0)',
      'import sys\ndef f(start):\n    sys.exit(0)',
    ])
      for (const mode of modes)
        expect((await assertions(script, cheat, mode)).kind, cheat).toMatch(/^(?:wrong|runtime-error|cheated)$/)
    // Out of its reach a patched unittest changes nothing; beside it, this would pass: why that mode is the weaker one.
    const patching = `${wrong}\nimport unittest\nunittest.TestCase.run = lambda self, result=None: None`
    expect(await assertions(script, patching)).toMatchObject({ kind: 'wrong', judged: 'out-of-process' })
  })

  it("that need fixtures of pytest are nobody's failure", async () => {
    for (const mode of modes)
      for (const fixture of [
        'def test_it(tmp_path):\n    assert f(1)',
        'class TestIt:\n    def test_it(self, tmp_path): pass',
      ])
        expect(await assertions(fixture, right, mode)).toMatchObject({
          kind: 'infrastructure',
          reason: expect.stringContaining('tmp_path'),
        })
  })

  it('may get mocks from decorators', async () => {
    const mocked = `import unittest
from unittest.mock import patch

class Mocked(unittest.TestCase):
    @patch('time.time')
    def test_it(self, clock):
        clock.return_value = 5
        self.assertEqual(f(3).now(), 5)

@patch('time.time')
def test_alone(clock):
    clock.return_value = 6
    assert f(3).now() == 6
`
    const program = `${right}    def now(self):\n        import time\n        return time.time()\n`
    // What is patched is patched where the tests run.
    expect(await assertions(mocked, program, { mode: 'in-process' })).toMatchObject({ kind: 'passed' })
    expect(await assertions(mocked, program)).toMatchObject({ kind: 'wrong' })
  })

  it('are not what a script calls itself', async () => {
    const calling = 'def test_total(start):\n    assert f(start).total == start\ntest_total(3)'
    for (const mode of modes) {
      const { kind, tests } = await assertions(calling, right, mode)
      expect([kind, tests]).toEqual(['passed', [{ name: 'line 2', status: 'passed' }]])
    }
  })

  it('that call nothing show nothing', async () => {
    expect(await assertions('def test_it():\n    assert True', right)).toMatchObject({ kind: 'infrastructure' })
  })
})
