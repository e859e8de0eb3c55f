/**
 * Runs the conformance suite for all languages whose toolchains are here, and keeps the result in `docs/conformance.json`,
 * which `npm run docs` shows as a table.
 *
 *   npm run conformance                    every language that is here
 *   npm run conformance -- java kotlin     these; what is recorded of the others stays
 *   npm run conformance -- --install …     brings the toolchains first, as `cupel setup` does (root, apt-get)
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { arch, availableParallelism, release, tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from './root.mjs'
import { builtExecute, installToolchains } from './toolchains.mjs'

const record = join(root, 'docs/conformance.json')
const report = join(root, 'build/conformance.json')

async function main(args) {
  const node = (env, ...rest) =>
    spawnSync(process.execPath, rest, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } }).status ?? 1
  if (node({}, 'scripts/build.mjs') !== 0) return 1
  const { findLanguage, languages } = await builtExecute()
  const named = args.filter((arg) => !arg.startsWith('-')).map((name) => findLanguage(name).name)
  const wanted = named.length > 0 ? named : languages.map(({ name }) => name)
  if (args.includes('--install')) await installToolchains(wanted)

  rmSync(report, { force: true })
  mkdirSync(join(root, 'build'), { recursive: true })
  // Compilers must do their work: what they made before, and is kept, would answer for them.
  const cache = mkdtempSync(join(tmpdir(), 'cupel-conformance-'))
  const env = { CUPEL_CONFORMANCE: wanted.join(','), CUPEL_CONFORMANCE_REPORT: report, CUPEL_CACHE: cache }
  const code = node(env, 'node_modules/vitest/vitest.mjs', 'run', 'src/execute/languages/conformance')
  rmSync(cache, { recursive: true, force: true })
  if (!existsSync(report)) return code || 1
  const rows = JSON.parse(readFileSync(report, 'utf8'))
  const before = existsSync(record) ? JSON.parse(readFileSync(record, 'utf8')).results : []
  const results = merged(before, rows, new Set(wanted))
  writeFileSync(record, `${JSON.stringify({ machine: machine(), results }, null, 2)}\n`)
  console.log(summary(rows, wanted))
  return code
}

/** The new rows, and the old ones of languages that were not asked for. */
function merged(before, rows, wanted) {
  const date = new Date().toISOString().slice(0, 10)
  const kept = before.filter(({ language }) => !wanted.has(language))
  return [...kept, ...rows.map((row) => ({ date, ...row }))].sort((a, b) =>
    a.language === b.language ? (a.isolation < b.isolation ? -1 : 1) : a.language < b.language ? -1 : 1,
  )
}

function machine() {
  const system = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : ''
  const name = /^PRETTY_NAME="?([^"\n]*)/m.exec(system)?.[1] ?? process.platform
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  return {
    cupel: version,
    system: `${name}, kernel ${release().replace(/-.*/, '')}, ${arch()}`,
    node: process.versions.node,
    processors: availableParallelism(),
    user: process.getuid?.() === 0 ? 'root' : 'not root',
  }
}

function summary(rows, wanted) {
  const cases = rows.flatMap((row) => Object.values(row.cases))
  const tested = new Set(rows.map(({ language }) => language))
  const missing = wanted.filter((name) => !tested.has(name))
  const failed = rows.flatMap((row) =>
    Object.entries(row.cases)
      .filter(([, result]) => result !== 'pass')
      .map(([name]) => `  failed: ${row.isolation} ${row.language}: ${name}`),
  )
  return [
    `${tested.size} languages, ${cases.filter((result) => result === 'pass').length} of ${cases.length} cases passed`,
    ...failed,
    ...(missing.length > 0 ? [`not here: ${missing.join(', ')}`] : []),
  ].join('\n')
}

process.exitCode = await main(process.argv.slice(2))
