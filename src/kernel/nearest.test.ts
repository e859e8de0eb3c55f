import { expect, it } from 'vitest'
import { nearest } from './nearest.js'

it('gives the nearest names first, at most three, and none that are far', () => {
  expect(nearest('humanevl', ['mbpp', 'humaneval', 'humaneval-x', 'apps'])).toEqual(['humaneval'])
  expect(nearest('aaaa', ['aaab', 'aabb', 'aaaa', 'aaba', 'aaca'])).toEqual(['aaaa', 'aaab', 'aaba'])
  expect(nearest('Samples', ['samples'])).toEqual(['samples'])
  expect(nearest('x', [])).toEqual([])
})
