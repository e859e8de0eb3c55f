/**
 * The committed copy of what the tests prove, `docs/acceptance.json`, against that of the last full test run.
 *
 *   node scripts/acceptance.mjs --check   exit 1 when they differ
 *   node scripts/acceptance.mjs --write   copy the last run's
 */
import { copyFileSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './root.mjs'

const measured = join(root, 'build/acceptance.json')
const committed = join(root, 'docs/acceptance.json')

/** One line per point that differs, from `{ "90.d": { status, tests } }` of then and of now. */
export function differences(before, after) {
  const points = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return points.flatMap((point) => {
    const [was, is] = [before[point], after[point]]
    if (was?.status !== is?.status) return [`${point}: ${was?.status ?? 'absent'} → ${is?.status ?? 'absent'}`]
    return JSON.stringify(was.tests) === JSON.stringify(is.tests) ? [] : [`${point}: other tests`]
  })
}

function main(args) {
  if (!existsSync(measured)) {
    console.error('build/acceptance.json is not there: run all the tests first (npm test)')
    return 1
  }
  if (args.includes('--write')) {
    copyFileSync(measured, committed)
    console.log('docs/acceptance.json written')
    return 0
  }
  if (!args.includes('--check')) {
    console.error('usage: node scripts/acceptance.mjs --check | --write')
    return 2
  }
  const before = existsSync(committed) ? JSON.parse(readFileSync(committed, 'utf8')) : {}
  const after = JSON.parse(readFileSync(measured, 'utf8'))
  const lines = differences(before, after)
  if (lines.length === 0) return 0
  console.error(`docs/acceptance.json differs from the last test run:\n  ${lines.join('\n  ')}`)
  console.error('If that is meant, run: npm run acceptance -- --write')
  return 1
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) process.exitCode = main(process.argv.slice(2))
