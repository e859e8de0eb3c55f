import { describe, expect, it } from 'vitest'
import { cutAtStops, generatedAsserts } from './index.js'

describe('cutAtStops', () => {
  it.each([
    ['a\ndef b\nclass c', ['\nclass', '\ndef'], 'a'],
    ['\ndef b', ['\ndef'], ''],
    ['abc', ['\ndef'], 'abc'],
    ['abc', [], 'abc'],
    ['abc', [''], 'abc'],
    ['aSTOPbSTOP', ['STOPb', 'STOP'], 'a'],
  ])('%j with %j gives %j', (text, stops, cut) => expect(cutAtStops(text, stops)).toBe(cut))
})

describe('generatedAsserts', () => {
  it('splits at `assert `, keeps parts that name the entry point, cuts at the stop sequences', () => {
    const text =
      "f(1) == 2\nassert f(2) == 3, 'two'\n\n# check\nassert g(1) == 1\nassert f(3) == 4\nprint(f(9))\nassert f(4) == 5\n\ndef f(x):\n  pass"
    expect(generatedAsserts(text, 'f(')).toEqual([
      'assert f(1) == 2',
      "assert f(2) == 3, 'two'",
      'assert f(3) == 4',
      'assert f(4) == 5',
    ])
  })
  it('keeps repetitions and their order: multiplicity is part of the score', () => {
    expect(generatedAsserts('foo(1) == 1\nassert foo(1) == 1', ' foo ')).toEqual([
      'assert foo(1) == 1',
      'assert foo(1) == 1',
    ])
  })
  it('keeps a line break after `assert`, which Python then refuses, as the released code does', () => {
    expect(generatedAsserts('\n    foo(1) == 1\n', 'foo')).toEqual(['assert \n    foo(1) == 1'])
  })
  it('gives nothing for texts without the entry point', () => {
    expect(generatedAsserts('', 'foo')).toEqual([])
    expect(generatedAsserts('bar() == 1', 'foo')).toEqual([])
    expect(generatedAsserts('\ndef foo(): pass', 'foo')).toEqual([])
  })
})
