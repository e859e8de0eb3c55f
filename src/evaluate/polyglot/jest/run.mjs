/** `node run.mjs REPORT FILE…`: runs the tests of the files and writes what Jest's `--json` would, as far as it is read. */
import { writeFileSync } from 'node:fs'
import { register } from 'node:module'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import * as globals from './globals.mjs'

// As they are before the code under test is loaded.
const write = writeFileSync
const { stringify } = JSON
const leave = process.reallyExit.bind(process)
const { runAll, ...names } = globals
for (const [name, value] of Object.entries(names))
  Object.defineProperty(globalThis, name, { value: Object.freeze(value), enumerable: true })
register('./hooks.mjs', import.meta.url)

const [report, ...files] = process.argv.slice(2)
try {
  for (const file of files) await import(pathToFileURL(resolve(file)).href)
} catch (error) {
  console.error(error)
  console.error(`the tests cannot be loaded: ${String(error?.message ?? error).split('\n')[0]}`)
  process.exit(1)
}
const results = []
await runAll((ancestorTitles, { title, failures }) => {
  const status = failures.length === 0 ? 'passed' : 'failed'
  for (const failure of failures)
    console.error(`${[...ancestorTitles, title].join(' › ')}: ${failure?.message ?? failure}`)
  results.push({ ancestorTitles, title, status })
})
const failed = results.filter(({ status }) => status === 'failed').length
write(
  report,
  stringify({
    numTotalTests: results.length,
    numPassedTests: results.length - failed,
    numFailedTests: failed,
    success: failed === 0,
    testResults: [{ status: failed === 0 ? 'passed' : 'failed', assertionResults: results }],
  }),
)
// Not `process.exit`: what waits for the end of the process would come after the report.
leave(failed === 0 ? 0 : 1)
