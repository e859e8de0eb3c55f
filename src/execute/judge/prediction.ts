/**
 * Predictions: the text of one becomes a program that gives its value, so that it is judged as every other candidate is. It
 * has to be one expression by itself: `== x or True` decides nothing, as it would if it were pasted into an assertion. A
 * predicted input is a call of `f` with plain data or functions; the candidate's `f` only notes its arguments, the
 * benchmark's own gives the value. A predicted trace is compared with that of the benchmark's own function, as it runs here.
 *
 * Not covered: whether the value was predicted or computed.
 */
import type { AssertionSuite, PredictionSuite } from '../../kernel/index.js'

const entryPoint = 'prediction'

export function predictionProgram(
  text: string,
  { function: predicted, asserted, traced }: Pick<PredictionSuite, 'function' | 'asserted' | 'traced'> = {},
): string {
  if (asserted) return assertedProgram(text)
  // Every JSON string is a Python string.
  const expression = `compile(${JSON.stringify(text.trim())}, 'prediction', 'eval')`
  if (predicted === undefined || traced) return `def ${entryPoint}():\n    return eval(${expression}, {})\n`
  // What stands beside `f` may be used in a call of it.
  return `def ${entryPoint}():
    calls, names = [], {}
    exec(${JSON.stringify(predicted)}, names)
    names['f'] = lambda *args, **kwargs: calls.append((list(args), kwargs))
    eval(${expression}, names)
    return calls
`
}

/** The right side of the first assertion of an equality; without any assertion all of the text is the expression. */
function assertedProgram(text: string): string {
  return `def ${entryPoint}():
    import ast
    text = ${JSON.stringify(text.trim())}
    try:
        statements = ast.parse(text).body
    except SyntaxError:
        lines = [line.strip() for line in text.splitlines()]
        statements = ast.parse(next(line for line in lines if line.startswith('assert'))).body
    found = next((one for one in statements if isinstance(one, ast.Assert)), None)
    if found is None:
        return eval(compile(text, 'prediction', 'eval'), {})
    test = found.test
    if not isinstance(test, ast.Compare) or len(test.ops) != 1 or not isinstance(test.ops[0], ast.Eq):
        raise ValueError('an assertion that something equals something is asked for')
    return eval(compile(ast.Expression(test.comparators[0]), 'prediction', 'eval'), {})
`
}

export function predictionTest({ expected, function: predicted, traced }: PredictionSuite): AssertionSuite {
  if (traced) return { kind: 'assertions', trusted: '', script: traceTest(predicted ?? '', expected), entryPoint }
  const script =
    predicted === undefined
      ? `def check(candidate):\n    assert candidate() == (${expected}\n)\n`
      : `${predicted}

${plainData}
def check(candidate):
    calls = candidate()
    assert type(calls) is list and len(calls) == 1, 'one call of f is asked for'
    args, kwargs = calls[0]
    assert f(*map(taken, args), **{name: taken(value) for name, value in kwargs.items()}) == (${expected}
)
`
  return { kind: 'assertions', trusted: '', script, entryPoint }
}

/** Only lines of `source` count: what it calls elsewhere is left out. */
function traceTest(source: string, call: string): string {
  return `import sys

def path(lines):
    return [line for i, line in enumerate(lines) if i == 0 or line != lines[i - 1]]

def traced():
    lines, names = [], {}
    exec(compile(${JSON.stringify(source)}, 'traced', 'exec'), names)
    call = compile(${JSON.stringify(call)}, 'call', 'eval')

    def note(frame, event, _):
        if frame.f_code.co_filename != 'traced':
            return None
        if event == 'line':
            lines.append(frame.f_lineno)
        return note

    before = sys.gettrace()
    sys.settrace(note)
    try:
        eval(call, names)
    except Exception:
        pass  # a call that raises has a trace too
    finally:
        sys.settrace(before)
    return path(lines)

def check(candidate):
    predicted = candidate()
    assert type(predicted) is list and path(predicted) == traced(), 'another trace'
`
}

/** An object of the prediction's own could answer whatever the function asks it; a function can only be called. */
const plainData = `
def is_plain_data(value):
    kind = type(value)
    if kind is dict:
        return all(map(is_plain_data, value)) and all(map(is_plain_data, value.values()))
    if kind in (list, tuple, set, frozenset):
        return all(map(is_plain_data, value))
    return kind in (int, float, complex, bool, str, bytes, bytearray, range, type(None))

def taken(value):
    def function(*args, **kwargs):
        result = value(*args, **kwargs)
        assert is_plain_data(result), 'a function that is an argument gives no plain data'
        return result

    assert callable(value) or is_plain_data(value), 'an argument is no plain data'
    return function if callable(value) else value
`
