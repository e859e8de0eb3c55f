/** Python problems as problems of other languages: what types they have, and that their tests tell right from wrong. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Judge, Sandbox } from '../../execute/index.js'
import type { JudgedProblem } from '../../kernel/index.js'
import { mxevalProblem } from '../mxeval-rows.js'
import { Untranslatable, targets, translated } from './translate.js'
import { type Type, type Value, typeOf } from './values.js'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await Sandbox.open({ isolation: 'native' })
})
afterAll(() => sandbox.close())

function python(reference: string, script: string, name = 'total_by_key'): JudgedProblem {
  return {
    problem: { id: 'p', language: 'python', kind: 'function', prompt: '', publicTests: [], metadata: {} },
    suite: { kind: 'assertions', trusted: '', script, entryPoint: name },
    reference,
  }
}

const nested = python(
  `def total_by_key(rows, weights, default=None):
    """
    Sums the values of each key */ with a weight \\\\u each.
    >>> total_by_key([{'a': [1]}], {'a': 2.0}, None)
    {'a': 2.0}
    """
    out = {}
    for row in rows:
        for key, values in row.items():
            out[key] = out.get(key, 0) + sum(values) * weights.get(key, default or 1)
    return [out, len(rows) > 1, (sorted(out), {1, 2})]
`,
  `assert total_by_key([{'a': [1, 2], 'b "q"\\n\\u00e9': []}, {'a': [2**40]}], {'a': 0.5}, None)[1]
assert total_by_key([], {}, 3) == [{}, False, ([], {1, 2})]
for weight in (1, 2.5):
    total_by_key([{'c': [-1, 3]}], {'c': weight}, None)
`,
)

const javaBody = `        Map<String, Double> out = new TreeMap<>();
        for (Map<String, List<Long>> row : rows)
            for (Map.Entry<String, List<Long>> entry : row.entrySet()) {
                double sum = 0;
                for (long value : entry.getValue()) sum += value;
                double weight = weights.getOrDefault(entry.getKey(), (double) (defaultOf(default0)));
                out.merge(entry.getKey(), sum * weight, Double::sum);
            }
        return Arrays.asList(out, rows.size() > 1, Arrays.asList(new ArrayList<>(out.keySet()), new HashSet<>(Arrays.asList(1, 2))));
    }
    static int defaultOf(Integer value) { return value == null ? 1 : value; }
}`

const typescriptBody = `  const out: { [key: string]: number } = {}
  for (const row of rows)
    for (const [key, values] of Object.entries(row))
      out[key] = (out[key] ?? 0) + values.reduce((sum, value) => sum + value, 0) * (weights[key] ?? default0 ?? 1)
  return [out, rows.length > 1, [Object.keys(out).sort(), new Set([1, 2])]]
}`

describe('a problem with lists, dictionaries and floats in each other', () => {
  it.each([
    ['java', javaBody, 'sum * weight'],
    ['typescript', typescriptBody, '?? 0) +'],
  ])('[system 4.b] in %s compiles, its solution passes and a mutated one fails', async (language, body, part) => {
    const row = await translated(sandbox, nested, targets.get(language)!)
    expect(row.prompt).not.toMatch(/\*\/[^\n]*weight/)
    const problem = mxevalProblem(row)
    const judge = new Judge(sandbox)
    const limits = { cpuSeconds: 10, wallSeconds: 60, memoryMb: 1024 }
    const verdictOf = (code: string) => judge.judge(problem, { code: row.prompt + code }, limits)
    expect(await verdictOf(body)).toMatchObject({ kind: 'passed', judged: 'out-of-process' })
    const mutated = body.replace(part, part.replace('*', '+').replace('?? 0) +', '?? 0) -'))
    expect(mutated).not.toBe(body)
    expect(await verdictOf(mutated)).toMatchObject({ kind: 'wrong' })
  })

  it('its docstring shows what it showed, and nothing of the tests', async () => {
    const { prompt } = await translated(sandbox, nested, targets.get('typescript')!)
    expect(prompt).toContain('> totalByKey([{a: [1]}], {a: 2.0}, null)')
    expect(prompt).not.toMatch(/1099511627776|0\.5/)
    expect(prompt).toContain(
      'rows: Array<{ [key: string]: Array<number> }>, weights: { [key: string]: number }, default0',
    )
  })
})

it('a prompt without a docstring says and shows what it did', async () => {
  const prompt = '"""Write a function that adds one.\nassert f(1) == 2\n"""\n'
  const judged = python('def f(x):\n    return x + 1\n', 'assert f(1) == 2\nassert f(7) == 8', 'f')
  const row = await translated(
    sandbox,
    { ...judged, problem: { ...judged.problem, prompt } },
    targets.get('javascript')!,
  )
  expect(row.prompt).toBe('/**\n * Write a function that adds one.\n *\n * > f(1)\n * 2\n */\nfunction f(x) {\n')
})

describe('the type of values', () => {
  const int = (value: number | string): Value => ({ kind: 'int', value: String(value) })
  const none: Value = { kind: 'none' }
  const list = (...items: Value[]): Value => ({ kind: 'list', items })
  const tuple = (...items: Value[]): Value => ({ kind: 'tuple', items })
  it.each<[string, Value[], unknown]>([
    ['no value says nothing', [], { kind: 'unknown' }],
    ['127 and -128 need eight bits', [int(127), int(-128)], { kind: 'int', bits: 8 }],
    ['128 needs nine', [int(128)], { kind: 'int', bits: 9 }],
    ['zero and minus one need one', [int(0), int(-1)], { kind: 'int', bits: 1 }],
    ['integers beyond any machine', [int(`1${'0'.repeat(30)}`)], { kind: 'int', bits: 101 }],
    ['an integer beside a float is one', [int(1), { kind: 'float', value: '0.5' }], { kind: 'float' }],
    ['None makes the others optional', [none, int(1), none], { kind: 'optional', of: { kind: 'int', bits: 2 } }],
    ['an empty list learns from the others', [list(), list(int(1))], { kind: 'list', item: { kind: 'int', bits: 2 } }],
    ['an empty list alone says nothing of its items', [list()], { kind: 'list', item: { kind: 'unknown' } }],
    [
      'a list of texts and numbers',
      [list(int(1), { kind: 'string', value: 'a' })],
      { kind: 'list', item: { kind: 'any' } },
    ],
    [
      'tuples of two lengths are lists',
      [tuple(int(1)), tuple(int(1), int(1))],
      { kind: 'list', item: { kind: 'int', bits: 2 } },
    ],
    ['True is no integer', [{ kind: 'bool', value: true }, int(1)], { kind: 'any' }],
  ])('%s', (_, values, type) => {
    expect(typeOf(values)).toEqual(type as Type)
  })
})

describe('what has no counterpart', () => {
  it.each([
    ['an exception', 'def f(x):\n    raise ValueError\n', 'try:\n    f(1)\nexcept ValueError:\n    pass', /ValueError/],
    ['a changed argument', 'def f(x):\n    x.append(1)\n', 'a = []\nf(a)\nassert a == [1]', /called with copies/],
    ['bytes', 'def f(x):\n    return x\n', "assert f(b'1') == b'1'", /type bytes/],
    [
      'a solution that fails',
      'def f(x):\n    return 1\n',
      'assert f(1) == 2',
      /does not pass its tests: AssertionError/,
    ],
    ['tests without a call', 'def f(x):\n    return 1\n', 'assert True', /never call/],
    ['names of arguments', 'def f(x):\n    return x\n', 'assert f(x=1) == 1', /by name/],
    ['a number of arguments that varies', 'def f(x, y=1):\n    return x\n', 'f(1)\nf(1, 2)', /number of arguments/],
  ])('%s', async (_, reference, script, reason) => {
    const row = translated(sandbox, python(reference, script, 'f'), targets.get('java')!)
    await expect(row).rejects.toThrow(reason)
    await expect(row).rejects.toBeInstanceOf(Untranslatable)
  })
})
