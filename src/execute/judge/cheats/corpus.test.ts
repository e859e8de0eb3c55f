import { describe, expect, it } from 'vitest'
import { type CorpusLanguage, cheatSuite, loadCheats, loadHonest } from './corpus.js'

const cheats = loadCheats()
const honest = loadHonest()
const of = <T extends { language: CorpusLanguage }>(rows: readonly T[], language: CorpusLanguage): T[] =>
  rows.filter((row) => row.language === language)

describe('cheat corpus', () => {
  it.each([
    ['python', 34, 20],
    ['javascript', 16, 8],
  ] as const)('holds enough %s programs', (language, fewestCheats, fewestHonest) => {
    expect(of(cheats, language).length).toBeGreaterThanOrEqual(fewestCheats)
    expect(of(honest, language).length).toBeGreaterThanOrEqual(fewestHonest)
  })

  it('names every program once per language', () => {
    for (const rows of [cheats, honest])
      expect(new Set(rows.map((row) => `${row.language}/${row.name}`)).size).toBe(rows.length)
  })

  it('never expects a cheat to pass, and always says what it tries', () => {
    for (const cheat of cheats) {
      expect(cheat.expect.length, cheat.name).toBeGreaterThan(0)
      expect(new Set(cheat.expect).size, cheat.name).toBe(cheat.expect.length)
      expect(cheat.expect, cheat.name).not.toContain('passed')
      expect(cheat.tries.length, cheat.name).toBeGreaterThan(10)
    }
  })

  it('covers the attacks on values, frames, results, frameworks, exits, output, channel, files, state and time', () => {
    const items = new Set(cheats.map((cheat) => cheat.item))
    for (const item of [9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 21, 22, 23]) expect(items).toContain(item)
  })

  it('holds no two identical programs', () => {
    const bodies = [...cheats, ...honest].map((row) => row.code.replace(/^(?:#|\/\/|--|;;) .*\r?\n/gm, '').trim())
    expect(new Set(bodies).size).toBe(bodies.length)
  })

  it('keeps the bytes that make honest programs awkward', () => {
    const code = (language: CorpusLanguage, name: string) => of(honest, language).find((row) => row.name === name)?.code
    expect(code('python', 'bom')?.startsWith('\uFEFF')).toBe(true)
    expect(code('python', 'crlf')).toMatch(/\r\n/)
    expect(code('javascript', 'crlf')).toMatch(/\r\n/)
    expect(code('python', 'tabs')).toMatch(/\n\t\t/)
  })

  it('arms the programs that kill others only inside a private process namespace', () => {
    for (const cheat of cheats)
      if (/os\.kill(pg)?\((-1|0|os\.getppid)/.test(cheat.code)) expect(cheat.code, cheat.name).toContain('if CONTAINED')
  })

  it('faces all of them with the same four tests', () => {
    expect(cheatSuite('python').script.match(/assert /g)).toHaveLength(4)
    expect(cheatSuite('javascript').script.match(/assert\./g)).toHaveLength(4)
    expect(cheatSuite('python').entryPoint).toBe('add')
  })
})
