/**
 * Writes the reference pages in `docs/` from the built definitions, and the table of systems from `cupel systems`.
 *
 *   npm run docs              write what is stale
 *   npm run docs -- --check   name what is stale and exit 1
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { catalogues } from './catalogues.mjs'
import { cataloguePage, conformanceTable, systemsPage } from './pages.mjs'
import { root } from './root.mjs'

/** Pages that can be made now: file → text. A catalogue that is not there yet has no page. */
async function pages() {
  const made = new Map()
  const { problemFacts } = await import(pathToFileURL(join(root, 'dist/evaluate/index.js')).href)
  for (const { folder, name, title } of catalogues) {
    const index = join(root, folder.replace(/^src/, 'dist'), 'index.js')
    if (!existsSync(index)) continue
    const { [name]: found } = await import(pathToFileURL(index).href)
    const definitions =
      name === 'benchmarks' ? found.map((one) => ({ ...one, counted: problemFacts(one.name) })) : found
    const record = join(root, 'docs/conformance.json')
    const table =
      name === 'languages' && existsSync(record) ? conformanceTable(JSON.parse(readFileSync(record, 'utf8'))) : null
    made.set(`docs/${name}.md`, cataloguePage(title, folder, definitions, table))
  }
  const systems = systemsJson()
  if (systems) made.set('docs/systems.md', systemsPage(systems))
  return made
}

/** The rows that `cupel systems --json` prints, or null where there is no such command yet. */
function systemsJson() {
  const cli = join(root, 'dist/cli/main.js')
  if (!existsSync(cli)) return null
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'systems', '--json'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  })
  if (status !== 0 && /unknown command/.test(stderr)) return null
  if (status !== 0) throw new Error(`cupel systems --json failed: ${stderr.trim()}`)
  const parsed = JSON.parse(stdout)
  return Array.isArray(parsed) ? parsed : parsed.systems
}

async function main(args) {
  const check = args.includes('--check')
  const made = await pages()
  const stale = [...made].filter(([file, text]) => {
    const path = join(root, file)
    return !existsSync(path) || readFileSync(path, 'utf8').replaceAll('\r\n', '\n') !== text
  })
  if (stale.length === 0) {
    if (!check) console.log('docs: up to date')
    return 0
  }
  const names = stale.map(([file]) => file).join(', ')
  if (check) {
    console.error(`stale pages: ${names}. Run: npm run build && npm run docs`)
    return 1
  }
  mkdirSync(join(root, 'docs'), { recursive: true })
  for (const [file, text] of stale) writeFileSync(join(root, file), text)
  console.log(`docs written: ${names}`)
  return 0
}

process.exitCode = await main(process.argv.slice(2))
