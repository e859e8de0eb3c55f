/** Suites of calls: one process for all inputs, compared with what the reference gives, whatever the candidate does. */
import { describe, expect, it } from 'vitest'
import type { CallSuite, Limits, Verdict } from '../../kernel/index.js'
import { openJudge } from './open-judge.test-support.js'

const { judge } = await openJudge()

const limits: Partial<Limits> = { cpuSeconds: 2, wallSeconds: 8, memoryMb: 512, outputBytes: 1 << 20 }

type Asked = Partial<Omit<CallSuite, 'inputs'>> & { base?: string; plus?: string }

function suiteOf(reference: string, { base = '[[1], [2], [3]]', plus = '[[4], [5]]', ...more }: Asked = {}): CallSuite {
  const inputs = [
    { group: 'base', json: base },
    { group: 'plus', json: plus },
  ]
  return { kind: 'calls', reference, entryPoint: 'f', inputs, ...more }
}

function judged(suite: CallSuite, code: string, own: Partial<Limits> = {}): Promise<Verdict> {
  const problem = { id: 'p', language: 'python', kind: 'function' as const, prompt: '', publicTests: [], metadata: {} }
  return judge.judge({ problem, suite }, { code }, { ...limits, ...own })
}

const square = 'def f(x):\n    return x * x\n'
const statuses = (verdict: Verdict) => verdict.tests.map(({ status }) => status)

describe('the outcome of each input', () => {
  it('is passed for what gives the same', async () => {
    const verdict = await judged(suiteOf(square), 'def f(x): return x ** 2')
    expect(verdict).toMatchObject({ kind: 'passed', judged: 'out-of-process' })
    expect(verdict.tests.map(({ name }) => name)).toEqual(['base 1', 'base 2', 'base 3', 'plus 1', 'plus 2'])
    expect(statuses(verdict)).toEqual(Array(5).fill('passed'))
  })

  it('stops at the first that is wrong, and says with what', async () => {
    const verdict = await judged(suiteOf(square), 'def f(x): return x * x if x != 4 else [x]')
    expect(verdict).toMatchObject({ kind: 'wrong', evidence: 'f(4) → [4]\nexpected 16' })
    expect(statuses(verdict)).toEqual(['passed', 'passed', 'passed', 'failed', 'not-reached'])
  })

  it('is an error where the candidate raises, with the call', async () => {
    const verdict = await judged(suiteOf(square), 'def f(x):\n  return {1: 1, 2: 4}[x]')
    expect(verdict).toMatchObject({ kind: 'runtime-error', exception: { type: 'KeyError', line: 2 } })
    expect(verdict.evidence).toBe('f(3) gave no value\nexpected 9')
    expect(statuses(verdict)).toEqual(['passed', 'passed', 'error', 'not-reached', 'not-reached'])
  })

  it('is failed where what it gives cannot be compared', async () => {
    const code = "from decimal import Decimal\ndef f(x): return [Decimal('sNaN')]"
    const verdict = await judged(suiteOf('def f(x): return [x]'), code)
    expect(verdict).toMatchObject({ kind: 'wrong' })
    expect(statuses(verdict)[0]).toBe('failed')
  })

  it('is not reached where the program cannot be loaded or lacks the function', async () => {
    const broken = await judged(suiteOf(square), 'def f(x:')
    expect(broken).toMatchObject({ kind: 'compile-error' })
    expect(statuses(broken)).toEqual(Array(5).fill('not-reached'))
    const other = await judged(suiteOf(square), 'def g(x): return x * x')
    expect(other).toMatchObject({ kind: 'runtime-error', exception: { type: 'NameError' } })
  })

  it.each([
    ['never returns', 'while True: pass', { kind: 'time-limit', limit: 'cpu' }, 'time-limit'],
    ['sleeps', 'import time; time.sleep(60)', { kind: 'time-limit', limit: 'wall' }, 'time-limit'],
    ['takes all memory', 'list(range(10 ** 9))', { kind: 'memory-limit' }, 'error'],
    ['ends itself', 'import os; os._exit(0)', { kind: 'runtime-error', exception: { type: 'ProcessEnded' } }, 'error'],
  ])('keeps what passed before a call that %s', async (_, what, kind, status) => {
    const code = `def f(x):\n  if x == 4:\n    ${what}\n  return x * x\n`
    const verdict = await judged(suiteOf(square), code, {
      // Filling the memory takes time of its own.
      cpuSeconds: what.includes('while') ? 0.5 : 30,
      wallSeconds: what.includes('sleep') ? 2 : 60,
    })
    expect(verdict).toMatchObject(kind)
    expect(statuses(verdict)).toEqual(['passed', 'passed', 'passed', status, 'not-reached'])
  })

  it('is known of hundreds of inputs, large ones among them, to a candidate that answers each with much', async () => {
    const base = JSON.stringify(Array.from({ length: 700 }, (_, i) => [i]))
    const plus = JSON.stringify(Array.from({ length: 9 }, () => [Array.from({ length: 60_000 }, (_, i) => i)]))
    const code = 'def f(x): return [x, "." * 3000] if isinstance(x, int) else [x, x]'
    const verdict = await judged(suiteOf(code, { base, plus }), code)
    expect(verdict).toMatchObject({ kind: 'passed' })
    expect(verdict.tests).toHaveLength(709)
  })
})

describe('what is compared', () => {
  const same = (given: string, got: string, more: Asked = {}) =>
    judged(suiteOf(`def f(x): return ${given}`, { base: '[[1]]', plus: '[]', ...more }), `def f(x): return ${got}`)

  it.each([
    ['1.0', '1'],
    ['True', '1'],
    ['0.1 + 0.2', '0.3'],
    ['[0.1 + 0.2, (1.5, 2)]', '[0.3, (1.5, 2)]'],
    ['{"a": 1 / 3}', '{"a": 0.33333333}'],
    ['float("nan")', 'float("nan")'],
    ['[1, float("nan"), float("inf")]', '[1, -float("nan"), float("inf")]'],
    ['{1, 2, 300}', '{300, 2, 1}'],
    ['{"b": [1], "a": 2}', '{"a": 2, "b": [1]}'],
    ['complex(1, 1e-9)', 'complex(1, 0)'],
    ['10 ** 400', '10 ** 400'],
    ['"é\\ud800"', '"é\\ud800"'],
    ['b"\\xff"', 'b"\\xff"'],
    ['1e300', '1.00000000001e300'],
  ])('%s is %s', async (given, got) => expect(await same(given, got)).toMatchObject({ kind: 'passed' }))

  it.each([
    ['[1, 2]', '(1, 2)'],
    ['(1.0, 2.0)', '[1.0, 2.0]'],
    ['1', '1.0000001'],
    ['10 ** 9', '10 ** 9 + 1'],
    ['1.0', '1.00001'],
    ['0.0', 'float("nan")'],
    ['float("inf")', '1e308'],
    ['1e308', 'float("inf")'],
    ['"1.0"', '1.0'],
    ['1.5', '"1.5"'],
    ['[]', 'None'],
    ['None', '0'],
    ['[1.5]', '[1.5, 2.5]'],
    ['{"a": 1.5}', '{"b": 1.5}'],
    ['9007199254740993', '9007199254740992'],
    ['True', 'None'],
    ['[1, 2]', 'iter([1, 2])'],
    ['[1, 2]', '(x for x in [1, 2])'],
    ['2.0', 'object()'],
    ['4', 'int'],
  ])('%s is not %s', async (given, got) => expect(await same(given, got)).toMatchObject({ kind: 'wrong' }))

  it('a tolerance that is given holds for integers where a float is due', async () => {
    expect(await same('100.0', '100.009', { absolute: 0.01 })).toMatchObject({ kind: 'passed' })
    expect(await same('100', '100.009', { absolute: 0.01 })).toMatchObject({ kind: 'passed' })
    expect(await same('100', '101', { absolute: 2 })).toMatchObject({ kind: 'wrong' })
    expect(await same('100.0', '100.02', { absolute: 0.01 })).toMatchObject({ kind: 'wrong' })
  })

  it('the tolerance of one input is not that of the next', async () => {
    const suite = suiteOf('def f(x): return 1.5 if x == 1 else 10 ** 9', { base: '[[1], [2]]', plus: '[]' })
    const verdict = await judged(suite, 'def f(x): return 1.5 if x == 1 else 10 ** 9 + 1')
    expect(statuses(verdict)).toEqual(['passed', 'failed'])
  })

  it('an expression decides where it is given, and what it cannot be asked of is wrong', async () => {
    const accepts = 'isinstance(got, (list, set)) and set(got) == set(expected)'
    for (const got of ['[3, 1, 1, 2]', '{1, 2, 3}'])
      expect(await same('[1, 2, 3]', got, { accepts })).toMatchObject({ kind: 'passed' })
    for (const got of ['"123"', 'iter([1, 2, 3])', '[[1], 2, 3]', '{1: 1, 2: 2, 3: 3}', 'None'])
      expect(await same('[1, 2, 3]', got, { accepts })).toMatchObject({ kind: 'wrong' })
  })

  it('an object without a plain form is true, and its own methods are never asked', async () => {
    const match = { accepts: 'bool(got) == bool(expected)', base: '[["ab"], ["b"]]' }
    const suite = suiteOf('import re\ndef f(x): return re.search("a", x)', { plus: '[]', ...match })
    expect(await judged(suite, 'import re\ndef f(x): return re.match("a", x)')).toMatchObject({ kind: 'passed' })
    const lying = 'class L:\n  def __bool__(self): return False\ndef f(x): return L()'
    expect(statuses(await judged(suite, lying))).toEqual(['passed', 'failed'])
  })
})

describe('what inputs are', () => {
  it('keeps integers of any length, NaN and infinities as Python reads them', async () => {
    const base = `[[9007199254740993], [${'7'.repeat(5000)}], [NaN], [-Infinity], [1e400], [-0.0], ["\\ud800"]]`
    const told = 'def f(x): return [str(x % 1000) if type(x) is int else repr(x)]'
    const verdict = await judged(suiteOf(told, { base, plus: '[]' }), told)
    expect(verdict).toMatchObject({ kind: 'passed' })
    const rounded = 'def f(x): return [str((x - 1) % 1000) if x == 9007199254740993 else 0]'
    expect(await judged(suiteOf(told, { base, plus: '[]' }), rounded)).toMatchObject({
      kind: 'wrong',
      evidence: "f(9007199254740993) → ['992']\nexpected ['993']",
    })
  })

  it('makes arguments that JSON has no word for, and leaves inputs out', async () => {
    const suite = suiteOf('def f(x, y): return [type(x).__name__, y]', {
      base: '[[[1, 2], "1j"], [[], "x"], [[3], "2"]]',
      plus: '[]',
      argumentsFrom: 'None if args[1] == "x" else [tuple(args[0]), complex(args[1])]',
    })
    const verdict = await judged(suite, 'def f(x, y): return ["tuple", y] if x == (1, 2) or (x, y) == ((3,), 2) else 0')
    expect(verdict).toMatchObject({ kind: 'passed' })
    expect(verdict.tests.map(({ name }) => name)).toEqual(['base 1', 'base 3'])
  })
})

describe('a candidate that cheats', () => {
  it.each([
    [
      'equals everything',
      'class E:\n  def __eq__(self, o): return True\n  def __ne__(self, o): return False\ndef f(x): return E()',
    ],
    [
      'is a number that equals everything',
      'class E(int):\n  def __eq__(self, o): return True\n  __hash__ = None\ndef f(x): return E(7)',
    ],
    ['is a list that equals everything', 'class E(list):\n  def __eq__(self, o): return True\ndef f(x): return E()'],
    [
      'returns what it computes when it is looked at',
      'class E(float):\n  def __sub__(self, o): return 0\n  def __rsub__(self, o): return 0\n  def __abs__(self): return 0\ndef f(x): return E(0.5)',
    ],
    [
      'looks for what is expected',
      'import gc, sys\ndef f(x):\n  frame, seen = sys._getframe(), []\n  while frame: seen += [v for v in frame.f_locals.values() if type(v) is int]; frame = frame.f_back\n  return next((v for v in seen if v == x * x and v != x and v > 3), None) or [o for o in gc.get_objects() if type(o) is list and 16 in o and 25 in o]',
    ],
  ])('%s', async (_, code) => expect(await judged(suiteOf(square), code)).toMatchObject({ kind: 'wrong' }))

  it('changes its arguments, and nothing else sees it', async () => {
    const suite = suiteOf('def f(x): return sum(x)', { base: '[[[1, 2]], [[1, 2]], [[5]]]', plus: '[]' })
    const code = 'def f(x):\n  total = sum(x)\n  x.clear()\n  return total'
    expect(await judged(suite, code)).toMatchObject({ kind: 'passed' })
    const zero = {
      base: '[[[-6, 11, -6, 1]]]',
      plus: '[]',
      accepts: 'abs(sum(c * got ** i for i, c in enumerate(args[0]))) < 1e-4',
    }
    const reference = 'def f(x): return 1.0'
    expect(await judged(suiteOf(reference, zero), 'def f(x): return 2')).toMatchObject({ kind: 'passed' })
    const emptied = await judged(suiteOf(reference, zero), 'def f(x):\n  x.clear()\n  return 7')
    expect(emptied).toMatchObject({ kind: 'wrong', evidence: expect.stringContaining('f([-6, 11, -6, 1]) → 7') })
  })

  it('changes a constant of its own, and each call is still a call', async () => {
    const counting = 'n = 0\ndef f(x):\n  global n\n  n += 1\n  return x * x if n < 4 else 0'
    expect(statuses(await judged(suiteOf(square), counting))).toEqual([
      'passed',
      'passed',
      'passed',
      'failed',
      'not-reached',
    ])
    const remembers = 'import functools\n@functools.cache\ndef f(x): return x * x'
    expect(await judged(suiteOf(square, { base: '[[2], [2], [3]]' }), remembers)).toMatchObject({ kind: 'passed' })
  })

  /** All that is open: the descriptor's number is nothing that the candidate is told. */
  const writes = (frame: string, when = 'at load') => `import json, os, socket, stat, struct
def send(message):
  data = message if isinstance(message, bytes) else json.dumps(message).encode()
  for fd in range(3, 64):
    try:
      if stat.S_ISSOCK(os.fstat(fd).st_mode): os.write(fd, struct.pack(">I", len(data)) + data)
    except OSError: pass
${when === 'at load' ? `send(${frame})\n` : ''}def f(x):
${when === 'at load' ? '' : `  send(${frame})\n`}  return x * x if x < 3 else 0
`

  it.each([
    ['a report instead of a greeting', writes('{"ended": "passed", "passed": 5}')],
    [
      'a greeting and replies to every number',
      `${writes('{"ready": True}')}[send({"i": i, "v": 9}) for i in range(100)]`,
    ],
    ['a reply before the reply', writes('{"i": 1, "v": 9}', 'in the call')],
    ['bytes that are no frame', writes('b"{"', 'in the call')],
    ['a frame that is no object', writes('[1]', 'in the call')],
    ['a question back', writes('{"i": 1, "ask": 0, "o": "call", "a": []}', 'in the call')],
  ])('writes %s', async (_, code) => {
    const verdict = await judged(suiteOf(square), code)
    expect(verdict.kind).toBe('cheated')
    expect(statuses(verdict)).not.toContain(undefined)
    expect(verdict.tests.some(({ status }) => status === 'error')).toBe(true)
  })

  it('answers out of order', async () => {
    const swapped = `import gc
def channels():
  return [o for o in gc.get_objects() if type(o).__name__ == 'Channel']
kept = []
def install():
  for channel in channels():
    send = type(channel).send
    def late(self, message, send=send):
      kept.append(message)
      if len(kept) == 3:
        for one in reversed(kept): send(self, one)
        kept.clear()
    type(channel).send = late
done = []
def f(x):
  if not done: done.append(install())
  return x * x
`
    expect(await judged(suiteOf(square), swapped)).toMatchObject({ kind: 'cheated', how: 'a reply to no question' })
  })

  it('prints without end', async () => {
    const code = 'def f(x):\n  while x == 4: print("x" * 100000)\n  return x * x'
    const verdict = await judged(suiteOf(square), code)
    expect(verdict).toMatchObject({ kind: 'output-limit' })
    expect(statuses(verdict).slice(0, 3)).toEqual(Array(3).fill('passed'))
  })

  it('answers with more than fits', async () => {
    const code = 'def f(x): return "x" * (100 << 20) if x == 2 else x * x'
    const verdict = await judged(suiteOf(square), code)
    expect(['output-limit', 'memory-limit']).toContain(verdict.kind)
    expect(statuses(verdict)).toEqual(['passed', 'error', ...Array(3).fill('not-reached')])
  })
})

describe('what is the fault of the benchmark', () => {
  it.each([
    ['raises', 'def f(x): return {1: 1, 2: 4}[x]', /fails for base 3, f\(3\) gave no value: KeyError: 3/],
    ['cannot be loaded', 'def f(x:', /the reference cannot be loaded: SyntaxError/],
    ['lacks the function', 'def g(x): return 1', /fails for base 1.*NameError/],
    ['ends itself', 'import os\ndef f(x): os._exit(3)', /fails for base 1.*ended/],
    ['has no plain form', 'def f(x): return object()', /fails for base 1.*returns a object/],
  ])('a reference that %s', async (_, reference, reason) => {
    const verdict = await judged(suiteOf(reference), 'def f(x): return x * x')
    expect(verdict).toMatchObject({ kind: 'infrastructure', reason: expect.stringMatching(reason) })
  })

  it.each([
    ['inputs that are no JSON', { base: '[[1], [2' }, /inputs cannot be read/],
    ['an input that is no list of arguments', { base: '[[1], 2]' }, /base 2 is no list of arguments/],
    ['arguments that cannot be made', { argumentsFrom: 'args[7]' }, /inputs cannot be read: IndexError/],
    ['a comparison that does not compile', { accepts: 'got ==' }, /cannot be read: SyntaxError/],
    ['no inputs', { base: '[]', plus: '[]' }, /never called the candidate/],
  ])('%s', async (_, more, reason) => {
    const verdict = await judged(suiteOf(square, more), 'def f(x): return x * x')
    expect(verdict).toMatchObject({ kind: 'infrastructure', reason: expect.stringMatching(reason) })
  })

  it('is not made worse by what an earlier suite or candidate did', async () => {
    expect(await judged(suiteOf(square), 'import builtins\nbuiltins.sum = None\ndef f(x): return x * x')).toMatchObject(
      {
        kind: 'passed',
      },
    )
    expect(await judged(suiteOf('def f(x): return sum([x])'), 'def f(x): return x')).toMatchObject({ kind: 'passed' })
  })
})
