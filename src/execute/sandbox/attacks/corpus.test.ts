import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { families } from './attack.js'
import { loadAttacks } from './corpus.js'
import { attackTable } from './table.js'

const attacks = loadAttacks()
const sourceOf = ({ program }: (typeof attacks)[number]) => String(Object.values(program.files)[0])

describe('the attack corpus', () => {
  it('holds at least 140 programs in at least nine languages, some in every family', () => {
    expect(attacks.length).toBeGreaterThanOrEqual(140)
    expect(new Set(attacks.map(({ language }) => language)).size).toBeGreaterThanOrEqual(9)
    for (const family of families)
      expect(attacks.filter((one) => one.family === family).length, family).toBeGreaterThan(5)
  })

  it('names every attack once, and says what it tries', () => {
    expect(new Set(attacks.map(({ name }) => name)).size).toBe(attacks.length)
    for (const { name, tries } of attacks) expect(tries.length, name).toBeGreaterThan(10)
  })

  it('expects something of every attack, and never everything', () => {
    for (const { name, expect: expected } of attacks) {
      expect(expected.length, name).toBeGreaterThan(0)
      expect(expected.length, name).toBeLessThanOrEqual(4)
      expect(new Set(expected).size, name).toBe(expected.length)
    }
  })

  it('lets no attack end well without having said so itself', () => {
    for (const attack of attacks)
      if (attack.expect.includes('ok'))
        expect(sourceOf(attack) + JSON.stringify(attack.program), attack.name).toMatch(/held/)
  })

  it('holds no two identical programs', () => {
    const sources = attacks
      .filter(({ family }) => family !== 'names')
      .map((attack) => sourceOf(attack).replace(/^.*tries.*$/m, ''))
    expect(new Set(sources).size).toBe(sources.length)
  })

  it('keeps those that signal what they can name from running where that would reach the host', () => {
    for (const attack of attacks)
      if (/kill\w*\(-1|kill\(pid, 9|kill 'KILL', -1|kill\(1, number|CANARY_PID, SIGKILL/.test(sourceOf(attack)))
        expect(attack.needs, attack.name).toMatch(/pid-ns/)
  })

  it('is described in docs/security.md as it is', () => {
    const document = readFileSync(new URL('../../../../docs/security.md', import.meta.url), 'utf8')
    expect(document, 'the table must be the one that attackTable() makes').toContain(attackTable(attacks))
  })
})
