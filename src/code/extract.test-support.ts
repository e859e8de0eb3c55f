/** What the tables of extractor cases share. */
import { describe, expect, it } from 'vitest'
import { type ExtractHow, type ExtractOptions, extractCode } from './extract.js'

export const add = 'def add(a, b):\n    return a + b'
export const draft = 'def add(a, b):\n    return a - b'
export const fence = (code: string, tag = 'python', mark = '```') => `${mark}${tag}\n${code}\n${mark}`
export const python: ExtractOptions = { language: 'python', entryPoint: 'add' }

export type Row = [name: string, reply: string, code: string | null, how: ExtractHow, options?: ExtractOptions]

/** Tests each row, and that extraction of the extracted code changes nothing. */
export function checkRows(title: string, rows: readonly Row[]): void {
  describe(title, () => {
    it.each(rows)('%s', (_name, reply, code, how, options = python) => {
      const found = extractCode(reply, options)
      expect(found.code).toBe(code)
      expect(found.how).toBe(how)
      if (code !== null && how !== 'continuation' && how !== 'inline code') {
        expect(extractCode(fence(code, options.language, '`````'), options).code).toBe(code)
      }
    })
  })
}
