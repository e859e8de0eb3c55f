import fc from 'fast-check'
import { expect, it } from 'vitest'
import { KeyTable } from './key-table.js'
import { sha256 } from './verdict-key.js'

it('answers as a Map does', () => {
  const entry = fc.tuple(fc.nat(60), fc.integer({ min: 0, max: 2 ** 32 - 2 }))
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 200 }), (entries) => {
      const table = new KeyTable(4)
      const map = new Map<string, number>()
      for (const [name, value] of entries) {
        table.set(sha256(`${name}`), value)
        map.set(sha256(`${name}`), value)
      }
      expect(table.size).toBe(map.size)
      for (let name = 0; name <= 61; name++) expect(table.get(sha256(`${name}`))).toBe(map.get(sha256(`${name}`)))
    }),
  )
})

it('holds a million keys in less than 64 MB', () => {
  const table = new KeyTable()
  const key = (i: number) => Math.imul(i, 0x9e3779b1).toString(16).replace('-', 'f').padStart(32, '0')
  for (let i = 0; i < 1_000_000; i++) table.set(key(i), i % 12)
  expect(table.bytes).toBeLessThan(64e6)
  expect(table.get(key(123_456))).toBe(123_456 % 12)
})

it('tells keys apart that share their first words', () => {
  const table = new KeyTable(4)
  for (const last of ['0', '1', '2', '3', '4', '5']) table.set(`${'0'.repeat(31)}${last}`, Number(last))
  for (const last of ['0', '1', '2', '3', '4', '5']) expect(table.get(`${'0'.repeat(31)}${last}`)).toBe(Number(last))
})
