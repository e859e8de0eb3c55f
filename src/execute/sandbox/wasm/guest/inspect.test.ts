/** The guest's console against node's own. */
import { readFileSync } from 'node:fs'
import util from 'node:util'
import vm from 'node:vm'
import { expect, it } from 'vitest'

const source = readFileSync(new URL('./inspect.js', import.meta.url), 'utf8')
const { printf } = vm.runInThisContext(source) as { printf: (args: unknown[]) => string }

class Point {
  x = 1
  tag = 'p'
}
class Stack extends Array {}
const grid = Array.from({ length: 5 }, (_, r) => Array.from({ length: 8 }, (_, c) => r * c))
const holes = [undefined]
holes[5] = undefined
holes.length = 8
const circular: Record<string, unknown> = { a: 1 }
circular.self = circular

const values: [string, unknown[]][] = [
  ['primitives', ['a', 1, -0, 5n, null, undefined, true, Number.NaN, Symbol('s')]],
  ['quotes', [["it's", 'say "x"', `both ' and "`, 'new\nline', '\\']]],
  ['nested', [{ x: null, y: { z: [[]], w: [[1]] } }]],
  ['too deep', [{ a: { b: { c: { d: 1 } } } }, [[[[1]]]]]],
  ['three levels', [{ a: { b: { c: {} } } }]],
  ['squares', [Array.from({ length: 30 }, (_, i) => i * i)]],
  ['a hundred and more', [Array.from({ length: 120 }, (_, i) => i)]],
  ['101', [Array.from({ length: 101 }, (_, i) => i)]],
  ['words', [['alpha', 'beta', 'gamma', 'delta', 'epsilon', 'zeta', 'eta', 'theta', 'iota', 'kappa']]],
  ['six', [[1, 2, 3, 4, 5, 6]]],
  ['seven', [[1, 2, 3, 4, 5, 6, 7]]],
  ['seven mixed', [[1, 'b', 3, null, 5, { a: 1 }, 7]]],
  ['floats', [[0.1, 0.25, 1e21, -3.5, 1e-7, 100, 7]]],
  ['grid', [grid]],
  ['long object', [{ first: 'a'.repeat(30), second: 'b'.repeat(30), third: [1, 2, 3] }]],
  [
    'list of objects',
    [
      [
        { id: 1, name: 'one', tags: ['x', 'y'] },
        { id: 2, name: 'two', tags: [] },
      ],
    ],
  ],
  ['classes', [new Point(), [new Point()], Point, class {}]],
  ['subclass of Array', [Stack.from([1, 2])]],
  [
    'collections',
    [
      new Map<unknown, unknown>([
        ['a', 1],
        [{ k: 1 }, [2]],
      ]),
      new Set([1, '2']),
      new Map(),
      new Set(),
    ],
  ],
  ['holes', [holes]],
  ['functions', [() => 1, function named() {}, async () => {}, [Math.max], Object.assign(() => 1, { a: 1 })]],
  ['typed', [new Uint8Array([1, 2]), new Float64Array(3)]],
  ['dates and patterns', [[/a+/g, new Date(0)]]],
  ['keys', [{ 'a-b': 1, 2: 3, $x: 4, [Symbol('s')]: 5 }]],
  ['null prototype', [Object.assign(Object.create(null), { a: 1 })]],
  [
    'accessors',
    [
      {
        get a() {
          return 1
        },
        set b(_v: number) {},
      },
    ],
  ],
  ['boxed', [[Object(1), Object('s'), Object(true)]]],
  ['directives', ['%s|%d|%i|%f|%j|%o|%%|%c|', 'a', '4.5', 4.5, '1.5', { a: [1] }, [1], 'css', 'rest', { a: 1 }]],
  ['few arguments', ['%s %s', 'a']],
  ['percent alone', ['100%']],
  ['circular', [circular]],
  ['long strings', [['x'.repeat(100), 'y']]],
]
const unlike = new Set(['circular', 'directives'])

it.each(values.filter(([name]) => !unlike.has(name)))('%s', (_name, args) => {
  expect(printf(args)).toBe(util.format(...args))
})

it('marks a cycle and follows the directives', () => {
  expect(printf([circular])).toContain('[Circular *1]')
  expect(printf(['%s|%d|%i|%f|%j|%%|%c|', 'a', '4.5', 4.5, '1.5', { a: [1] }, 'css', 'rest', { a: 1 }])).toBe(
    util.format('%s|%d|%i|%f|%j|%%|%c|', 'a', '4.5', 4.5, '1.5', { a: [1] }, 'css', 'rest', { a: 1 }),
  )
})
