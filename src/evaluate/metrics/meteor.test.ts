import { describe, expect, it } from 'vitest'
import { meteor } from './meteor.js'
import { stem } from './porter-stem.js'
import { codeWords } from './words.js'

describe('METEOR without synonyms', () => {
  it.each([
    ['return total + len(items)', 'return sum ( items )', 0.551470588235294],
    ['the cats are running', 'cat runs the race', 0.375],
    ['x = getUserName()', 'y = get_user_names()', 0.3758169934640523],
    ['a b c d', 'a b c d', 0.9921875],
    ['a', 'b', 0],
  ])('of %s and %s is what NLTK prints where there is no WordNet', (reference, text, value) => {
    expect(meteor(codeWords(reference), codeWords(text))).toBeCloseTo(value, 9)
  })

  it('punishes the same words in another order', () => {
    const words = ['a', 'b', 'c', 'd', 'e', 'f']
    // One chunk of six, and six chunks.
    expect(meteor(words, words)).toBeCloseTo(1 - 0.5 / 6 ** 3, 12)
    expect(meteor(words, [...words].reverse())).toBeCloseTo(0.5, 12)
    expect(meteor(words, [])).toBe(0)
  })
})

describe("Porter's stems", () => {
  it.each([
    ['caresses', 'caress'],
    ['ponies', 'poni'],
    ['cats', 'cat'],
    ['agreed', 'agre'],
    ['feed', 'feed'],
    ['plastered', 'plaster'],
    ['bled', 'bled'],
    ['hopping', 'hop'],
    ['falling', 'fall'],
    ['filing', 'file'],
    ['conflated', 'conflat'],
    ['happy', 'happi'],
    ['sky', 'sky'],
    ['relational', 'relat'],
    ['conditional', 'condit'],
    ['rational', 'ration'],
    ['hopefulness', 'hope'],
    ['electriciti', 'electr'],
    ['adoption', 'adopt'],
    ['replacement', 'replac'],
    ['probate', 'probat'],
    ['rate', 'rate'],
    ['cease', 'ceas'],
    ['controll', 'control'],
    ['roll', 'roll'],
    ['as', 'as'],
  ])('%s is %s, as in the paper', (word, expected) => {
    expect(stem(word)).toBe(expected)
  })

  it('leaves alone what is too long for a word', () => {
    expect(stem('y'.repeat(100_000))).toHaveLength(100_000)
  })
})
