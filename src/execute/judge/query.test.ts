import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Isolation, QuerySuite } from '../../kernel/index.js'
import { Sandbox } from '../sandbox/sandbox.js'
import { Judge } from './judge.js'
import { endsOrdered } from './query.js'
import { readRows, rowDifference } from './result-rows.js'

const database = `CREATE TABLE pet (name TEXT, age INT, weight REAL);
INSERT INTO pet VALUES ('Tom', 3, 4.5), ('Rex', 7, 0.1), ('It''s, "it"
NULL', 7, NULL), ('7', 1, 0.2);
`
const problem = { id: 'q', language: 'sql', kind: 'completion', prompt: '', publicTests: [], metadata: {} } as const
const limits = { cpuSeconds: 2, wallSeconds: 10, memoryMb: 256, outputBytes: 1 << 20 }

for (const isolation of ['native', 'wasm'] as const)
  describe(`queries, ${isolation satisfies Isolation['level']}`, () => {
    let sandbox: Sandbox
    let judge: Judge
    beforeAll(async () => {
      sandbox = await Sandbox.open({ isolation })
      judge = new Judge(sandbox)
    })
    afterAll(() => sandbox.close())
    const verdict = (expected: string, code: string, more: Partial<QuerySuite> = {}) =>
      judge.judge({ problem, suite: { kind: 'query', database, expected, ...more } }, { code }, limits)

    it.each([
      [
        'the same rows in another order',
        'SELECT name FROM pet',
        'SELECT name FROM pet ORDER BY age DESC',
        {},
        'passed',
      ],
      [
        'order that is asked for',
        'SELECT name FROM pet ORDER BY name',
        'SELECT name FROM pet ORDER BY name DESC',
        {},
        'wrong',
      ],
      [
        'order that does not count',
        'SELECT name FROM pet ORDER BY name',
        'SELECT name FROM pet',
        { rows: 'any-order' },
        'passed',
      ],
      ['a row too few', 'SELECT age FROM pet', 'SELECT DISTINCT age FROM pet', {}, 'wrong'],
      [
        'rows as often as they come',
        'SELECT age FROM pet',
        'SELECT age FROM pet WHERE age < 7 UNION ALL SELECT 7 UNION ALL SELECT 3',
        {},
        'wrong',
      ],
      ['columns in another order', 'SELECT name, age FROM pet', 'SELECT age, name FROM pet', {}, 'wrong'],
      [
        'columns in any order',
        'SELECT name, age FROM pet',
        'SELECT age, name FROM pet',
        { columns: 'any-order' },
        'passed',
      ],
      ['text that looks like a number', 'SELECT 7', "SELECT '7'", {}, 'wrong'],
      ['NULL and its name', 'SELECT NULL', "SELECT 'NULL'", {}, 'wrong'],
      ['a whole number that is real', 'SELECT 7', 'SELECT 7.0', {}, 'passed'],
      ['the last places of a sum', 'SELECT 0.3', 'SELECT 0.1 + 0.2', {}, 'passed'],
      ['a comment at the end', 'SELECT 1', 'SELECT 1 -- done', {}, 'passed'],
      ['an error', 'SELECT 1', 'SELECT nothing FROM pet', {}, 'runtime-error'],
      ['nothing asked where nothing is found', 'SELECT 1 FROM pet WHERE 0', '-- SELECT', {}, 'wrong'],
      ['nothing found where nothing is found', 'SELECT 1 FROM pet WHERE 0', 'SELECT 2 FROM pet WHERE 0', {}, 'passed'],
      [
        'a table that the query empties first',
        'SELECT age FROM pet',
        'DELETE FROM pet; SELECT age FROM pet',
        {},
        'wrong',
      ],
      ['an expected query that fails', 'SELECT nothing FROM pet', 'SELECT 1', {}, 'infrastructure'],
      [
        'a query without end',
        'SELECT 1',
        'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n',
        {},
        'time-limit',
      ],
    ] as const)('%s', async (_, expected, code, more, kind) => {
      const made = await verdict(expected, code, more)
      expect(made.kind, JSON.stringify(made)).toBe(kind)
    })

    it('what one query changes no other sees', async () => {
      expect((await verdict('SELECT 4', 'DROP TABLE pet; SELECT 4')).kind).toBe('passed')
      expect((await verdict('SELECT count(*) FROM pet', 'SELECT 4')).kind).toBe('passed')
    })
  })

describe('rows as SQLite writes them', () => {
  it.each([
    [
      "1,'a''b,\nc',NULL\n-2.5e+10,X'00',9223372036854775807\n",
      [
        [1, "'a''b,\nc'", null],
        [-2.5e10, "X'00'", 9223372036854775807n],
      ],
    ],
    ['', []],
    ["'open", null],
    ['1,\n', null],
    ['free text\n', null],
  ] as const)('%j', (output, rows) => {
    expect(readRows(output)).toEqual(rows)
  })

  it('a text may be as long as all output, and full of quotes', () => {
    const text = `'${"''".repeat(9_000_000)}${'a'.repeat(9_000_000)}'`
    expect(readRows(`1,${text}\n`)).toEqual([[1, text]])
    expect(readRows(`1,${text}'\n`)).toBeNull()
  })

  it('whole numbers are the same or they are not', () => {
    const options = { ordered: false, anyColumns: false }
    expect(rowDifference([[5_000_000_000]], [[5_000_000_001]], options)).not.toBeNull()
    expect(rowDifference([[5e9 + 0.5]], [[5e9 + 0.500001]], options)).toBeNull()
  })

  it('columns change places in all rows or in none', () => {
    const rows = [
      [1, 2, 1],
      [4, 3, 1],
    ]
    const moved = (columns: number[], one = columns) =>
      rows.map((row, i) => (i === 0 ? columns : one).map((at) => row[at] as number))
    for (const ordered of [false, true]) {
      expect(rowDifference(rows, moved([2, 0, 1]), { ordered, anyColumns: true })).toBeNull()
      expect(rowDifference(rows, moved([0, 1, 2], [1, 0, 2]), { ordered, anyColumns: true })).not.toBeNull()
    }
    expect(
      rowDifference(
        rows,
        [
          [1, 2, 1],
          [4, 3, 1, 9],
        ],
        { ordered: false, anyColumns: true },
      ),
    ).not.toBeNull()
  })

  it('near numbers pair up whatever their order', () => {
    const options = { ordered: false, anyColumns: false }
    expect(
      rowDifference(
        [
          [0.3, 1],
          [0.3, 2],
        ],
        [
          [0.1 + 0.2, 2],
          [0.1 + 0.2, 1],
        ],
        options,
      ),
    ).toBeNull()
    expect(
      rowDifference(
        [
          [0.3, 1],
          [0.3, 2],
        ],
        [
          [0.1 + 0.2, 2],
          [0.3, 2],
        ],
        options,
      ),
    ).toMatch(/expected a row/)
  })
})

it.each([
  ['SELECT a FROM t ORDER BY a', true],
  ['select a from t order\n by a limit 3', true],
  ['SELECT a FROM (SELECT a FROM t ORDER BY a LIMIT 3)', false],
  ["SELECT 'ORDER BY' FROM t -- ORDER BY a", false],
  ['SELECT a FROM t WHERE b = (SELECT max(b) FROM (SELECT b FROM t ORDER BY b))', false],
])('%j asks for order: %s', (query, ordered) => {
  expect(endsOrdered(query)).toBe(ordered)
})
