import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { dataFilesBelow, findData, readData } from './data.js'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cupel-data-'))
  mkdirSync(join(folder, 'o__r'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it.each([
  ['lines', 'a.jsonl', '{"a": 1}\n{"a": 2}\n', [{ a: 1 }, { a: 2 }]],
  ['an array over several lines', 'a.json', '[\n  {"a": 1},\n  {"a": 2}\n]\n', [{ a: 1 }, { a: 2 }]],
  ['one object over several lines', 'a.json', '{\n  "a": 1\n}', [{ a: 1 }]],
  ['lines although the name says otherwise', 'a.json', '{"a": 1}\n{"a": 2}\n', [{ a: 1 }, { a: 2 }]],
  ['an array on one line in a file of lines', 'a.jsonl', '[1, 2]\n', [[1, 2]]],
] as const)('%s are the rows, plain and gzip', async (_, name, text, rows) => {
  writeFileSync(join(folder, 'o__r', name), text)
  expect(await readData({ path: `o__r/${name}` }, folder)).toEqual(rows)
  rmSync(join(folder, 'o__r', name))
  writeFileSync(join(folder, 'o__r', `${name}.gz`), gzipSync(text))
  expect(await readData({ path: `o__r/${name}` }, folder)).toEqual(rows)
})

it('a document that is cut short is refused by its name', async () => {
  writeFileSync(join(folder, 'o__r', 'a.json'), '[{"a": 1},')
  await expect(readData({ path: 'o__r/a.json' }, folder)).rejects.toThrow(/a\.json: line 1 is not JSON/)
  writeFileSync(join(folder, 'o__r', 'a.json'), gzipSync('[{"a": 1}]').subarray(0, 20))
  await expect(readData({ path: 'o__r/a.json' }, folder)).rejects.toThrow(/a\.json cannot be read as text/)
})

it('a folder is there when a file of it is, and its files are in the order of their names, gzipped ones too', () => {
  const path = 'o__r/results/**/*.ndjson'
  expect([findData({ path }, folder), dataFilesBelow(path, folder)]).toEqual([null, []])
  mkdirSync(join(folder, 'o__r/results/b/c'), { recursive: true })
  expect(findData({ path }, folder)).toBeNull()
  for (const name of ['b/c/2.ndjson', 'b/1.ndjson.gz', 'b/1.ndjson', 'a.ndjson', 'b/other.json'])
    writeFileSync(join(folder, 'o__r/results', name), '')
  expect(findData({ path }, folder)).toBe(join(folder, 'o__r/results'))
  expect(dataFilesBelow(path, folder)).toEqual(['a', 'b/1', 'b/c/2'].map((name) => `o__r/results/${name}.ndjson`))
})
