/**
 * The checks of can-ai-code on values, as test scripts of Python and JavaScript. A value is what JSON makes of it, as in the
 * published harness, and compared as Python does: `1`, `1.0` and `true` are equal. A list or an object that is right in part
 * has part of the points, rounded down; a list that is longer or shorter is laid along its beginning or along its end, whichever
 * is better, as the recordings have it.
 */
export interface ValueCheck {
  /** Written the same in Python and JavaScript. */
  readonly args: string
  /** What is taken out of the value: an item by its number, or an entry by its name. */
  readonly take: { readonly item: number } | { readonly entry: string } | null
  /** Whether it is an instance of this is what is compared. */
  readonly type: 'int' | 'list' | null
  /** The value is to be one of them; more than one: whichever. */
  readonly expected: readonly unknown[]
  readonly weight: number
}

type Numbered = ValueCheck & { readonly number: number }

export function pythonChecks(entryPoint: string, checks: readonly Numbered[]): string {
  const calls = distinctCalls(checks)
  return `${python}
_calls = [${calls.map((args) => `lambda: ${entryPoint}(${args})`).join(', ')}]
${tests(checks, (points, check) => `def ${points.name}():\n    assert _points(${specOf(calls, check, pythonValue)}) >= ${points.least}\n`)}`
}

export function javascriptChecks(entryPoint: string, checks: readonly Numbered[]): string {
  const calls = distinctCalls(checks)
  return `${javascript}
const _calls = [${calls.map((args) => `() => ${entryPoint}(${args})`).join(', ')}]
${tests(checks, (points, check) => `function ${points.name}() {\n  _assert(_points(${specOf(calls, check, JSON.stringify)}) >= ${points.least})\n}\n`)}`
}

function distinctCalls(checks: readonly Numbered[]): string[] {
  return [...new Set(checks.map(({ args }) => args))]
}

function tests(
  checks: readonly Numbered[],
  write: (points: { readonly name: string; readonly least: number }, check: Numbered) => string,
): string {
  return checks
    .flatMap((check) =>
      Array.from({ length: check.weight }, (_, i) =>
        write({ name: `test_${check.number}_${i + 1}`, least: i + 1 }, check),
      ),
    )
    .join('')
}

/** The arguments of `_points`: number of the call, what is taken out, type, expected values, weight. */
function specOf(calls: readonly string[], check: Numbered, value: (value: unknown) => string): string {
  const { take } = check
  const taken = take === null ? null : 'item' in take ? take.item : take.entry
  return [calls.indexOf(check.args), value(taken), value(check.type), value(check.expected), check.weight].join(', ')
}

/** JSON, but for three words, is Python. */
function pythonValue(value: unknown): string {
  if (value === null || value === undefined) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (Array.isArray(value)) return `[${value.map(pythonValue).join(', ')}]`
  if (typeof value === 'object')
    return `{${Object.entries(value)
      .map(([key, item]) => `${JSON.stringify(key)}: ${pythonValue(item)}`)
      .join(', ')}}`
  return JSON.stringify(value)
}

const python = `import itertools, json
_given = {}

def _plain(value):
    try:
        return json.loads(json.dumps(value))
    except (TypeError, ValueError):
        if iter(value) is not value:
            raise
    items = list(itertools.islice(value, 10001))
    if len(items) > 10000:
        raise ValueError("it does not come to an end")
    return json.loads(json.dumps(items))

def _value(number):
    if number not in _given:
        try:
            _given[number] = (_plain(_calls[number]()), None)
        except Exception as error:
            _given[number] = (None, error)
    value, error = _given[number]
    if error is not None:
        raise error
    return value

def _alike(one, other):
    length = max(len(one), len(other))
    at = lambda items, index: items[index] if index < len(items) else None
    return length, sum(at(one, index) == at(other, index) for index in range(length))

def _part(got, expected):
    if isinstance(expected, dict):
        if not isinstance(got, dict):
            return 0
        return sum(got.get(key) == value for key, value in expected.items()) / len(expected)
    if isinstance(expected, list):
        if not isinstance(got, list):
            return 0
        ways = [_alike(expected, got)]
        if len(expected) > len(got):
            ways = [_alike(expected, got + [None]), _alike(expected, [None] + got)]
        elif len(expected) < len(got):
            ways = [_alike(expected + [None], got), _alike([None] + expected, got)]
        length, good = min(ways, key=lambda way: way[0] - way[1])
        return good / length
    return 1 if got == expected else 0

def _points(number, take, kind, expected, weight):
    got = _value(number)
    if isinstance(take, int):
        got = got[take]
    elif take is not None:
        got = got.get(take)
    if kind is not None:
        got = isinstance(got, {"int": int, "list": list}[kind])
    if len(expected) > 1:
        return weight if got in expected else 0
    return int(weight * _part(got, expected[0]))
`

const javascript = `const _assert = require('node:assert')
const _given = []
const _isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value)

function _value(number) {
  if (!(number in _given))
    try {
      const text = JSON.stringify(_calls[number]())
      _given[number] = { value: JSON.parse(text), text }
    } catch (error) {
      _given[number] = { error }
    }
  const { value, error } = _given[number]
  if (error !== undefined) throw error
  return value
}

function _equal(one, other) {
  if (typeof one === 'boolean') one = Number(one)
  if (typeof other === 'boolean') other = Number(other)
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((item, index) => _equal(item, other[index]))
  if (_isObject(one) && _isObject(other)) {
    const names = Object.keys(one)
    return names.length === Object.keys(other).length && names.every((name) => Object.hasOwn(other, name) && _equal(one[name], other[name]))
  }
  return one === other
}

function _alike(one, other) {
  const length = Math.max(one.length, other.length)
  let good = 0
  for (let i = 0; i < length; i++) if (_equal(one[i] ?? null, other[i] ?? null)) good++
  return { length, good }
}

function _part(got, expected) {
  if (_isObject(expected)) {
    if (!_isObject(got)) return 0
    const names = Object.keys(expected)
    return names.filter((name) => Object.hasOwn(got, name) && _equal(got[name], expected[name])).length / names.length
  }
  if (Array.isArray(expected)) {
    if (!Array.isArray(got)) return 0
    let ways = [_alike(expected, got)]
    if (expected.length > got.length) ways = [_alike(expected, [...got, null]), _alike(expected, [null, ...got])]
    if (expected.length < got.length) ways = [_alike([...expected, null], got), _alike([null, ...expected], got)]
    const best = ways.reduce((a, b) => (b.length - b.good < a.length - a.good ? b : a))
    return best.good / best.length
  }
  return _equal(got, expected) ? 1 : 0
}

/** As JSON writes it: without a fraction or an exponent; true and false are integers in Python. */
function _isInt(value) {
  return typeof value === 'boolean' || (typeof value === 'number' && /^-?\\d+$/.test(JSON.stringify(value)))
}

function _points(number, take, kind, expected, weight) {
  let got = _value(number)
  if (typeof take === 'number') {
    if (typeof got !== 'string' && !Array.isArray(got)) throw new TypeError('it has no items')
    const items = typeof got === 'string' ? [...got] : got
    if (take >= items.length) throw new RangeError('there is no such item')
    got = items[take]
  } else if (take !== null) {
    if (!_isObject(got)) throw new TypeError('it is no object')
    got = Object.hasOwn(got, take) ? got[take] : null
  }
  if (kind !== null) got = kind === 'int' ? _isInt(got) : Array.isArray(got)
  if (expected.length > 1) return expected.some((one) => _equal(got, one)) ? weight : 0
  return Math.floor(weight * _part(got, expected[0]))
}
`
