/**
 * Runs one of the benchmarks of Cupel itself, `bench/NAME.mjs`, whose default export is
 * `async () => ({ ratios, details })`. Ratios compare two things on this machine, so they mean something elsewhere.
 *
 *   npm run --silent bench -- NAME [--json]
 *   npm run --silent bench -- --list
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './root.mjs'

export function benchNames(folder = join(root, 'bench')) {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((file) => file.endsWith('.mjs'))
    .map((file) => file.slice(0, -'.mjs'.length))
    .sort()
}

/** A small table: a name and a value per line, names aligned. */
export function table(record) {
  const rows = Object.entries(record ?? {})
  const width = Math.max(0, ...rows.map(([name]) => name.length))
  return rows.map(([name, value]) => `  ${name.padEnd(width)}  ${show(value)}`).join('\n')
}

function show(value) {
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : value.toPrecision(4)
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** Installs and builds in a fresh clone; what that prints goes to stderr, since stdout is the result. */
function prepare() {
  if (existsSync(join(root, 'dist', 'execute', 'index.js'))) return true
  /** @type {import('node:child_process').StdioOptions} */
  const stdio = ['ignore', 2, 2]
  return ['install.mjs', 'build.mjs'].every(
    (script) => spawnSync(process.execPath, [join(root, 'scripts', script)], { cwd: root, stdio }).status === 0,
  )
}

async function main(args) {
  const names = benchNames()
  if (args.includes('--list')) {
    console.log(names.join('\n'))
    return 0
  }
  const wanted = args.filter((arg) => !arg.startsWith('-'))
  const [name] = wanted
  if (wanted.length !== 1 || !names.includes(name)) {
    console.error(name ? `no benchmark is called ${wanted.join(' ')}` : 'name a benchmark')
    console.error(names.length === 0 ? 'there are none yet' : `there are: ${names.join(', ')}`)
    return 2
  }
  if (!prepare()) return 1
  const { default: bench } = await import(pathToFileURL(join(root, 'bench', `${name}.mjs`)).href)
  const { ratios, details } = await bench()
  if (args.includes('--json')) console.log(JSON.stringify({ name, ratios, details }))
  else console.log(`${name}\nratios\n${table(ratios)}\ndetails\n${table(details)}`)
  return 0
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) process.exitCode = await main(process.argv.slice(2))
