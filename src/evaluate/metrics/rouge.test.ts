import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rougeL } from './rouge.js'
import { plainWords } from './words.js'

const words = (text: string) => text.split(' ')

/** The table of every textbook. */
function byTable(a: readonly string[], b: readonly string[]): number {
  let row = new Array<number>(b.length + 1).fill(0)
  for (const one of a) {
    const next = [0]
    for (const [j, other] of b.entries())
      next.push(one === other ? (row[j] as number) + 1 : Math.max(row[j + 1] as number, next[j] as number))
    row = next
  }
  return row[b.length] as number
}

describe('ROUGE-L', () => {
  it("is that of the paper's example for both of its candidates", () => {
    const reference = words('police killed the gunman')
    expect(rougeL(reference, words('police kill the gunman'))).toBeCloseTo(3 / 4, 12)
    expect(rougeL(reference, words('the gunman kill police'))).toBeCloseTo(2 / 4, 12)
  })

  it('is 0 without common words, and for nothing', () => {
    expect(rougeL(['a'], ['b'])).toBe(0)
    expect(rougeL([], [])).toBe(0)
  })

  it('is the mean of precision and recall that punishes the lesser', () => {
    // 2 of 2 and 2 of 6
    expect(rougeL(words('a b c d e f'), words('b e'))).toBeCloseTo((2 * 1 * (1 / 3)) / (4 / 3), 12)
  })

  it('finds the longest common subsequence that the table finds, also beyond 32 words', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 100, size: 'max' })
    fc.assert(
      fc.property(text, text, (a, b) => {
        const total = a.length + b.length
        expect(rougeL(a, b)).toBeCloseTo(total === 0 ? 0 : (2 * byTable(a, b)) / total, 12)
      }),
      { numRuns: 200 },
    )
  })

  it('looks at letters and digits alone in the words of the published evaluator', () => {
    expect(plainWords('df.groupBy("A_1")')).toEqual(['df', 'groupby', 'a', '1'])
  })
})
