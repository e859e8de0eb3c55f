import { InvalidArgumentError } from 'commander'
import { describe, expect, it } from 'vitest'
import { isolationChoice, nameList, positive, whole, wholeList, wholePositive } from './options.js'

describe('option values', () => {
  it.each(['0', '-1', 'x', '', ' ', 'Infinity', 'NaN', '1e999'])('%j is no number above 0', (text) => {
    expect(() => positive(text)).toThrow(InvalidArgumentError)
  })

  it.each(['1.5', '1e99', '0'])('%j is no whole number above 0', (text) => {
    expect(() => wholePositive(text)).toThrow(InvalidArgumentError)
  })

  it('reads numbers and lists', () => {
    expect([positive('0.5'), wholePositive('1e3'), whole('0')]).toEqual([0.5, 1000, 0])
    expect(wholeList('1, 10,1')).toEqual([1, 10])
    expect(nameList('HumanEval/0, HumanEval/1*,')).toEqual(['HumanEval/0', 'HumanEval/1*'])
    expect(isolationChoice('remote:https://host/path')).toBe('remote:https://host/path')
    for (const other of [
      'remote',
      'remote:',
      'remote:host',
      'remote:file:///x',
      'http://host',
      'naitve',
      'remote:HTTP:x',
    ])
      expect(() => isolationChoice(other)).toThrow(/Allowed choices are auto, native, wasm, remote:http/)
    expect(() => whole('-1')).toThrow(InvalidArgumentError)
    expect(() => wholeList('1,,2')).toThrow(InvalidArgumentError)
    expect(() => nameList(' , ')).toThrow(InvalidArgumentError)
  })
})
