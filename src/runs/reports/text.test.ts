import { describe, expect, it } from 'vitest'
import { hostile } from './hostile.test-support.js'
import { bytes, clip, counted, milliseconds, number, visible, visibleLine } from './text.js'

describe('visible', () => {
  it.each([
    ['\u001b[31m', '␛[31m'],
    ['\u0000\u007f\u009b', '␀␡⟦U+009B⟧'],
    ['a\u202eb', 'a⟦U+202E⟧b'],
    ['\u200b\u2066\ufeff', '⟦U+200B⟧⟦U+2066⟧⟦U+FEFF⟧'],
    ['\ud800x', '⟦U+D800⟧x'],
    ['\uffff\u{1fffe}', '⟦U+FFFF⟧⟦U+1FFFE⟧'],
    ['a\r\nb\rc', 'a\nb␍c'],
    ['tab\tline\n日本 😀', 'tab\tline\n日本 😀'],
  ])('writes out %j', (text, shown) => expect(visible(text)).toBe(shown))

  it('leaves nothing of the hostile texts that is invisible or no character', () => {
    for (const text of hostile) expect(visible(text)).not.toMatch(/(?![\t\n])[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029\uffff]/u)
  })

  it('makes one line of it, cut to a length', () => {
    expect(visibleLine(' a\n\tb ')).toBe('a b')
    expect(visibleLine('abcdef', 3)).toBe('abc…')
  })
})

describe('clip', () => {
  it('says how much it left out', () => {
    expect(clip('abc', 3)).toEqual({ text: 'abc', leftOut: 0 })
    expect(clip('abcde', 3)).toEqual({ text: 'abc', leftOut: 2 })
  })

  it('does not cut a pair in two', () => {
    expect(clip('ab😀c', 3)).toEqual({ text: 'ab', leftOut: 3 })
  })
})

it('writes amounts with their units', () => {
  expect([number(999), number(16400), number(1234567)]).toEqual(['999', '16,400', '1,234,567'])
  expect([counted(1, 'problem'), counted(2000, 'problem')]).toEqual(['1 problem', '2,000 problems'])
  expect([milliseconds(12.34), milliseconds(1500)]).toEqual(['12.3 ms', '1.5 s'])
  expect([bytes(0), bytes(1536), bytes(1023 * 1024 * 1024)]).toEqual(['0 B', '1.5 KiB', '1023 MiB'])
})
