import { expect, it } from 'vitest'
import { optimisations, optimisedAtK } from './optimised-at-k.js'

const program = {
  baseline: [1.0, 1.2, 1.1],
  candidates: [
    { passRate: 100, costs: [0.99] },
    { passRate: 90, costs: [0.5] },
    { passRate: 100, costs: [1.05] },
  ],
}

it('[system 12.a] wants every test and a mean below the least of the baseline', () => {
  expect(optimisations(program)).toEqual([true, false, false])
  expect(optimisedAtK([program], 5)).toBe(1)
})

it('takes the mean of the candidate, not its best, and nothing that was not measured', () => {
  const candidates = [
    { passRate: 100, costs: [0.5, 1.6] },
    { passRate: 100, costs: [] },
    { passRate: 100, costs: [1.0] },
  ]
  expect(optimisations({ baseline: [1, 2], candidates })).toEqual([false, false, false])
})

it('is the share of programs that one of the first k candidates optimised', () => {
  const late = { ...program, candidates: [...program.candidates].reverse() }
  expect([1, 2, 3].map((k) => optimisedAtK([program, late], k))).toEqual([0.5, 0.5, 1])
  expect(() => optimisedAtK([], 1)).toThrow('there are none')
  expect(() => optimisedAtK([program], 0)).toThrow('k is 0')
  expect(() => optimisations({ ...program, baseline: [] })).toThrow('nothing was measured')
})
