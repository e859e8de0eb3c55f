/** Rows that SQLite printed as literals, read back, and compared with those that were expected. */

/** Text and blobs as the shell writes them (`'it''s'`, `X'00'`), so that `1` and `'1'` are different cells. */
export type Cell = number | bigint | string | null

/** Null if the output is no such rows. */
export function readRows(output: string): Cell[][] | null {
  const rows: Cell[][] = []
  let row: Cell[] = []
  const token = /(NULL)|([xX]?'[^']*')|([+-]?(?:Inf|\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?))/y
  for (let at = 0; at < output.length; ) {
    token.lastIndex = at
    const found = token.exec(output)
    if (!found) return null
    at = token.lastIndex
    if (found[2]) {
      // A quote within a text is doubled; a pattern would need room for each, and texts may be long.
      const from = found.index
      while (output[at] === "'") {
        const end = output.indexOf("'", at + 1)
        if (end < 0) return null
        at = end + 1
      }
      row.push(output.slice(from, at))
    } else row.push(found[1] ? null : numberOf(found[3] as string))
    const next = output[at++]
    if (next === '\n' || next === undefined) {
      rows.push(row)
      row = []
    } else if (next !== ',') return null
  }
  return row.length > 0 ? null : rows
}

function numberOf(text: string): number | bigint {
  if (/Inf/.test(text)) return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  const value = Number(text)
  return /^[+-]?\d+$/.test(text) && !Number.isSafeInteger(value) ? BigInt(text) : value
}

/** Sums and means of floats come out differently in the last places when rows are added in another order. */
const relative = 1e-9

function sameCell(a: Cell, b: Cell): boolean {
  if (a === b) return true
  if (typeof a !== 'number' || typeof b !== 'number') return false
  // Two that are whole are counted, not measured.
  if (Number.isSafeInteger(a) && Number.isSafeInteger(b)) return false
  return Math.abs(a - b) <= relative * Math.max(1, Math.abs(a), Math.abs(b))
}

const sameRow = (a: readonly Cell[], b: readonly Cell[]) =>
  a.length === b.length && a.every((cell, i) => sameCell(cell, b[i] as Cell))

const rank = (cell: Cell) => (cell === null ? 0 : typeof cell === 'string' ? 2 : 1)
const byKindAndValue = (a: Cell, b: Cell) =>
  rank(a) - rank(b) || ((a as number) < (b as number) ? -1 : (a as number) > (b as number) ? 1 : 0)

/** Null where they are the same, else the difference in words. */
export function rowDifference(
  expected: readonly Cell[][],
  got: readonly Cell[][],
  { ordered, anyColumns }: { readonly ordered: boolean; readonly anyColumns: boolean },
): string | null {
  if (expected.length !== got.length) return `expected ${expected.length} rows, got ${got.length}`
  const width = expected[0]?.length ?? 0
  const other = got.find((row) => row.length !== width)
  if (other) return `expected ${width} columns, got ${other.length}`
  if (!anyColumns) return inOneOrder(expected, got, ordered)
  let first: string | null = null
  let tries = 0
  for (const columns of columnOrders(expected, got, width)) {
    const moved = got.map((row) => columns.map((column) => row[column] as Cell))
    const difference = inOneOrder(expected, moved, ordered)
    if (difference === null) return null
    first ??= difference
    if (++tries === mostOrders) break
  }
  return first ?? 'its columns hold other values'
}

/** Columns with the same cells in them can be taken for one another: of ten there are millions of orders. */
const mostOrders = 1000

/** Each order of the columns that brings those with the same cells together; all rows have the same. */
function* columnOrders(expected: readonly Cell[][], got: readonly Cell[][], width: number): Generator<number[]> {
  const column = (rows: readonly Cell[][], at: number) => rows.map((row) => row[at] as Cell).sort(byKindAndValue)
  const all = [...Array(width).keys()]
  const given = all.map((at) => column(got, at))
  const fitting = all.map((at) => {
    const wanted = column(expected, at)
    return all.filter((other) => sameRow(wanted, given[other] as Cell[]))
  })
  function* from(chosen: number[]): Generator<number[]> {
    if (chosen.length === width) return yield chosen
    for (const next of fitting[chosen.length] as number[]) if (!chosen.includes(next)) yield* from([...chosen, next])
  }
  yield* from([])
}

function inOneOrder(wanted: readonly Cell[][], given: readonly Cell[][], ordered: boolean): string | null {
  if (ordered) {
    const at = wanted.findIndex((row, i) => !sameRow(row, given[i] as Cell[]))
    return at < 0 ? null : `row ${at + 1}: expected ${shown(wanted[at])}, got ${shown(given[at])}`
  }
  const left = unequal(wanted, given)
  // What is not equal to the last digit may still be near.
  const unmatched = left.given
  for (const row of left.wanted) {
    const at = unmatched.findIndex((other) => sameRow(row, other))
    if (at < 0) return `expected a row ${shown(row)}, got ${shown(unmatched[0])}`
    unmatched.splice(at, 1)
  }
  return null
}

/** The rows of each side that have no equal on the other. */
function unequal(wanted: readonly Cell[][], given: readonly Cell[][]): { wanted: Cell[][]; given: Cell[][] } {
  const key = (row: readonly Cell[]) => row.map((cell) => `${typeof cell} ${cell}`).join('\u0000')
  const counts = new Map<string, number>()
  for (const row of wanted) counts.set(key(row), (counts.get(key(row)) ?? 0) + 1)
  const take = (row: readonly Cell[]) => {
    const count = counts.get(key(row)) ?? 0
    counts.set(key(row), count - 1)
    return count > 0
  }
  const rest = given.filter((row) => !take(row))
  const missing = wanted.filter((row) => {
    const count = counts.get(key(row)) ?? 0
    if (count > 0) counts.set(key(row), count - 1)
    return count > 0
  })
  return { wanted: missing, given: rest }
}

function shown(row: readonly Cell[] | undefined): string {
  const text = row === undefined ? 'none' : `(${row.map((cell) => (cell === null ? 'NULL' : String(cell))).join(', ')})`
  return text.length > 120 ? `${text.slice(0, 120)}…` : text
}
