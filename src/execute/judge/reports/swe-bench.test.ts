/** Evaluation logs of SWE-bench runs, as published with the outcome of each instance. */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { readReport } from './index.js'

const folder = join(process.env.CUPEL_DATA ?? '', 'aorwall__SWE-bench-docker/evaluations/20240402_sweagent_gpt4')
const noLogs = !process.env.CUPEL_DATA || !existsSync(folder)
if (noLogs) console.log('SWE-bench logs are not read: aorwall__SWE-bench-docker is not below CUPEL_DATA')

/** What pytest printed: from the command that runs the tests to its return code. */
function sectionOf(path: string): string {
  const bytes = readFileSync(path)
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString()
  const from = text.indexOf('Test Script:')
  return text.slice(from, text.indexOf('Return Code:', from)).replace(/^.*$\n?$/, '')
}

/**
 * The lists of tests that an instance needs are not published with the logs, so a log without a failed test stands for
 * resolved here. Where that differs, a test failed that is in neither list.
 */
const failedBeside: Readonly<Record<string, readonly string[]>> = {
  'psf__requests-2317': ['test_requests.py::RequestsTestCase::test_conflicting_post_params'],
  'psf__requests-2674': [
    'test_requests.py::RequestsTestCase::test_conflicting_post_params',
    'test_requests.py::test_urllib3_pool_connection_closed',
  ],
}

it.skipIf(noLogs)('every published SWE-bench log is read in full and says what its report.json says', () => {
  const resolved = new Set<string>(JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')).resolved)
  const differ = new Map<string, string[]>()
  let logs = 0
  for (const kind of ['logs', 'eval_logs'])
    for (const file of readdirSync(join(folder, kind))) {
      logs++
      const instance = file.split('.')[0] as string
      const { tests, broken } = readReport('pytest', {
        stdout: sectionOf(join(folder, kind, file)),
        stderr: '',
        files: [],
      })
      // Broken would mean that pytest's counts are not those of the lines that were read.
      expect(broken, file).toBeUndefined()
      expect(tests.length, file).toBeGreaterThan(0)
      // As its harness names them: up to the first blank.
      const listed = readReport('swe-bench-pytest', {
        stdout: sectionOf(join(folder, kind, file)),
        stderr: '',
        files: [],
      })
      const named = new Map(listed.tests.map(({ name, status }) => [name, status]))
      expect(listed.broken, file).toBeUndefined()
      for (const { name, status } of tests) {
        const short = name.split(' ')[0] as string
        const worst = tests.every((other) => other.name.split(' ')[0] !== short || other.status === 'passed')
        if (status === 'passed') expect(named.get(short) === 'passed', `${file} ${name}`).toBe(worst)
      }
      const failed = tests.filter(({ status }) => status === 'failed' || status === 'error').map(({ name }) => name)
      if ((failed.length === 0) !== resolved.has(instance)) differ.set(`${kind} ${instance}`, failed)
    }
  expect(logs).toBe(50)
  const expected = ['logs', 'eval_logs'].flatMap((kind) =>
    Object.entries(failedBeside).map(([instance, failed]) => [`${kind} ${instance}`, failed] as const),
  )
  console.log(`${logs} logs of SWE-bench: ${differ.size} resolved with a failed test outside its lists`)
  expect(Object.fromEntries(differ)).toEqual(Object.fromEntries(expected))
})
