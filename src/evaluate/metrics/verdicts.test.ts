import { expect, it } from 'vitest'
import { countTable, countVerdicts } from './verdicts.js'

it('counts in the order of verdictKinds and leaves out what did not occur', () => {
  const counts = countVerdicts(['infrastructure', 'wrong', 'passed', 'wrong'])
  expect(counts).toEqual({ passed: 1, wrong: 2, infrastructure: 1 })
  expect(Object.keys(counts)).toEqual(['passed', 'wrong', 'infrastructure'])
})

it('counts over all problems of a table', () => {
  expect(
    countTable(
      new Map([
        ['a', ['passed', 'refused']],
        ['b', ['passed']],
        ['c', []],
      ]),
    ),
  ).toEqual({
    passed: 2,
    refused: 1,
  })
})
