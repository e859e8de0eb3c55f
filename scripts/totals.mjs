/**
 * Prints the plain closing line of CI, `N passed, N failed` with `, N skipped` where some were, from Vitest's JSON
 * report `build/vitest.json`. Exits 1 if anything failed or nothing ran.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './root.mjs'

/** Counts the tests of a report; a file that failed without a failed test (it did not load) counts as one failure. */
export function totals(report) {
  const brokenFiles = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((assertion) => assertion.status === 'failed'),
  ).length
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles,
    skipped: report.numPendingTests + report.numTodoTests,
  }
}

export function totalsLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}

function main() {
  const path = join(root, 'build/vitest.json')
  // No report: the tests did not get to their end, which is a failure and not a run of no tests.
  const counts = existsSync(path)
    ? totals(JSON.parse(readFileSync(path, 'utf8')))
    : { passed: 0, failed: 1, skipped: 0 }
  console.log(totalsLine(counts))
  return counts.failed === 0 && counts.passed > 0 ? 0 : 1
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) process.exitCode = main()
