import { describe, expect, it } from 'vitest'
import { exceptionOf, framesIn, isReply, repliesIn, shownCall, textOf } from './frames.js'

describe('frames among what a program prints', () => {
  it('are found wherever the mark stands, also behind a line without its end', () => {
    expect(framesIn('hello abc v i1\nabc\nabc v i2\nmore', 'abc')).toEqual(['v i1', 'v i2'])
  })

  it('do not count when the last line was cut off', () => {
    expect(repliesIn({ stdout: '\nabc v i1\n\nabc v i12' }, 'abc')).toEqual(['v i1'])
  })
})

describe('a reply', () => {
  it.each([
    'v n',
    'v u',
    'v i-12345678901234567890',
    'v d7ff8000000000000',
    'v s',
    'v shello%20%u d800'.replace('u d', 'ud'),
    'v [2 [0 (1 t',
    'v {1 sa [1 i1',
    'v M1 [1 i1 <2 i1 i2',
    'v n m 0 [1 i1 m 3 n',
    'v [3 :Long i1 :int[] [1 i2 :Dictionary<string,List<int>> M0',
    'p i1',
    'e sTypeError sno%20such',
    'q sError s',
  ])('is %s', (line) => expect(isReply(line)).toBe(true))

  it.each([
    '',
    'v',
    'v ',
    'v i',
    'v i1 i2',
    'v x1',
    'v [2 i1',
    'v :Long',
    'v : i1',
    'v :Long :Long i1',
    'v [1 i1 i2',
    'v [-1',
    'v [9999999999',
    'v {1 sa',
    'v d12',
    'v s%4',
    'v sA B',
    'v n m',
    'v n m x n',
    'v n m 0',
    'e sTypeError',
    'e i1 sx',
    'g i1',
    'done',
    `v ${'[1 '.repeat(500)}n`,
  ])('is not «%s»', (line) => expect(isReply(line)).toBe(false))
})

describe('for people', () => {
  it('a call shows what it got and gave', () => {
    expect(shownCall('sf (3 i1 [2 sa%20b n M1 t d3ff8000000000000', 'v {1 sx d8000000000000000')).toBe(
      'f(1, ["a b", null], {true: 1.5}) → {"x": -0.0}',
    )
  })

  it('an exception and a missing reply are said', () => {
    expect(shownCall('sf (0', 'e sValueError sbad%20%c3%a9')).toBe('f() threw ValueError: bad é')
    expect(shownCall('sf (0')).toBe('f() gave no value')
    expect(exceptionOf('e sA sb%0ac')).toEqual({ type: 'A', message: 'b\nc' })
  })

  it('a text of many millions of letters is one', () => {
    expect(isReply(`v s${'a'.repeat(20_000_000)}`)).toBe(true)
    expect(isReply(`v s${'a'.repeat(20_000_000)}%4`)).toBe(false)
  })

  it('a value of a million items is cut, not walked', () => {
    expect(shownCall('sf (0', `v [1000000 ${'i1 '.repeat(1_000_000).trim()}`).length).toBeLessThan(700)
  })

  it('lone surrogates survive', () => {
    expect(textOf('%ud800%c3%a9%ud83d')).toBe('\ud800é\ud83d')
  })
})
