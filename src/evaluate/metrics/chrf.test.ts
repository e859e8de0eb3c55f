import { describe, expect, it } from 'vitest'
import { chrf } from './chrf.js'

describe('chrF', () => {
  it.each([
    ['return total + len(items)', 'return sum ( items )', 42.34063402716156],
    ['the cats are running', 'cat runs the race', 24.259727949909646],
    ['x = getUserName()', 'y = get_user_names()', 28.178308799428553],
    ['a b c d', 'a b c d', 100],
    ['a', 'b', 0],
  ])('of %s and %s is what sacreBLEU prints', (reference, text, value) => {
    expect(chrf(reference, text)).toBeCloseTo(value, 9)
  })

  it('counts recall more than precision, and leaves white space out', () => {
    expect(chrf('abcdef', 'abcdefghijkl')).toBeGreaterThan(chrf('abcdefghijkl', 'abcdef'))
    expect(chrf('a b\tc', 'ab\nc')).toBe(100)
    expect(chrf('', 'a')).toBe(0)
    // One of two characters matches and no pair: precision and recall 1/2 and 0, on average 1/4.
    expect(chrf('ab', 'ac')).toBeCloseTo(25, 10)
  })

  it('takes a character of two code units for one', () => {
    expect(chrf('😀', '😁')).toBe(0)
  })
})
