import { describe, expect, it } from 'vitest'
import { openSyntax } from '../../code/index.js'
import { similarities, similarityOf } from './similarity.js'

const python = { language: 'python', parse: await openSyntax('python') } as const

describe('five figures of a pair', () => {
  it('are all 100 for the reference itself, but for the penalty of METEOR', () => {
    const found = similarityOf('a = b.split(c)\nreturn a', 'a = b.split(c)\nreturn a', python)
    expect(Object.keys(found)).toEqual([...similarities])
    for (const [name, value] of Object.entries(found)) expect(value, name).toBeCloseTo(100, name === 'METEOR' ? 0 : 9)
    expect(found.METEOR).toBeLessThan(100)
  })

  it('see no difference between quotes, and each its own between names', () => {
    const { BLEU, METEOR } = similarityOf('f("a")', "f('a')", null)
    expect([BLEU, METEOR]).toEqual([expect.closeTo(100, 9), expect.closeTo(100 * (1 - 0.5 / 6 ** 3), 9)])
    const names = similarityOf('get_user_name', 'get_group_name', null)
    // BLEU: 4 of 5 words, 2 of 4 pairs, none of 3 and of 2 longer ones, each one more; ROUGE: 2 of 3; METEOR: one word, another.
    expect(names.BLEU).toBeCloseTo(100 * ((5 / 6) * (3 / 5) * (1 / 4) * (1 / 3)) ** 0.25, 9)
    expect(names['ROUGE-L']).toBeCloseTo(200 / 3, 9)
    expect(names.METEOR).toBe(0)
    expect(similarityOf('f(getUserName)', 'f(getGroupName)', null).METEOR).toBeGreaterThan(70)
  })

  it('are four for a language without trees', () => {
    expect(similarityOf('a', 'a', null).CodeBLEU).toBeNull()
  })
})
