import { describe, expect, it } from 'vitest'
import { type LanguageRow, languageRow, languageTable } from './languages.js'

const row = (id: string, version: string | null): LanguageRow =>
  languageRow(
    { language: id, isolation: version === null ? null : 'native', version, install: `apt-get install ${id}` },
    id.toUpperCase(),
  )

describe('languages', () => {
  it('has one line for each that is here, and one list of the rest', () => {
    const missing = Array.from({ length: 40 }, (_, i) => row(`missing-${i}`, null))
    const text = languageTable([row('c', 'gcc 12'), row('d', `long ${'x'.repeat(200)}`), ...missing])
    const lines = text.split('\n')
    expect(lines.filter((line) => /^(c|d) +native/.test(line))).toHaveLength(2)
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(100)
    expect(lines.length).toBeLessThan(14)
    for (const { id } of missing) expect(text).toMatch(new RegExp(`\\b${id}\\b`))
    expect(text).toContain('cupel setup')
  })

  it('does not speak of setup where nothing is missing', () => {
    expect(languageTable([row('c', 'gcc 12')])).not.toContain('setup')
  })

  it('gives a row with the name for people', () => {
    expect(row('c', null)).toEqual({
      id: 'c',
      name: 'C',
      available: false,
      version: null,
      isolation: null,
      install: 'apt-get install c',
    })
  })
})
