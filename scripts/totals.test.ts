import { expect, it } from 'vitest'
import { totals, totalsLine } from './totals.mjs'

const report = (extra: object) => ({
  numPassedTests: 3,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [{ status: 'passed', assertionResults: [{ status: 'passed' }] }],
  ...extra,
})

it('is the plain line CI reads', () => {
  expect(totalsLine(totals(report({})))).toBe('3 passed, 0 failed')
})

it('tells skipped and todo tests', () => {
  expect(totalsLine(totals(report({ numPendingTests: 2, numTodoTests: 1 })))).toBe('3 passed, 0 failed, 3 skipped')
})

it('counts a failed test once, and a file that did not load once', () => {
  const testResults = [
    { status: 'failed', assertionResults: [{ status: 'failed' }, { status: 'passed' }] },
    { status: 'failed', assertionResults: [] },
  ]
  expect(totals(report({ numFailedTests: 1, testResults })).failed).toBe(2)
})
