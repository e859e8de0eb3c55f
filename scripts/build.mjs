/**
 * `npm run build`: catalogues, TypeScript, and the files that programs read at run time, into `dist/`.
 * Does nothing if nothing changed. Prints one line; TypeScript's errors if there are any.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import { writeIndexes } from './catalogue.mjs'
import { root } from './root.mjs'

const assetPattern =
  /\.(md|py|mjs|cjs|js|css|c|h|java|kt|cs|json|jsonl|gz|sql|lua|sh|pl|R|pm|rb|php|cpp|d|go|rs|scala|rkt|ts\.txt)$/
const notAsset = /(^|\/)(README\.md$|__pycache__\/|conformance\/|[^/]*\.test\.[^/]*$)/
/** Programs that a sandbox runs, in any language; TypeScript among them is not ours to compile. */
const corpusPattern = /^execute\/sandbox\/attacks\/[^/]+\/[^/]+$/
const info = join(root, 'build/tsc.tsbuildinfo')
const stamp = join(root, 'build/build.stamp')

/** Whether a file below `src/`, by its relative path, is copied as it is. */
export function isAsset(path) {
  return (assetPattern.test(path) || corpusPattern.test(path)) && !notAsset.test(path)
}

/** The files of `dist/` that a file below `src/` becomes; none for tests, type declarations and others. */
export function outputsOf(path) {
  if (isAsset(path)) return [path]
  if (!/\.ts$/.test(path) || /\.(test|test-support|test-server|d)\.ts$/.test(path)) return []
  const stem = path.slice(0, -'.ts'.length)
  return [`${stem}.js`, `${stem}.js.map`, `${stem}.d.ts`]
}

/** Relative paths, with `/`, of all files below a folder. */
function filesBelow(folder) {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)).replaceAll(sep, '/'))
    .sort()
}

function fingerprint(sources) {
  const hash = createHash('sha256')
  const config = ['tsconfig.json', 'tsconfig.build.json', 'package-lock.json', 'scripts/build.mjs']
  for (const path of [...config.map((file) => `../${file}`), ...sources]) {
    const file = join(root, 'src', path)
    if (!existsSync(file)) continue
    const { mtimeMs, size } = statSync(file)
    hash.update(`${path} ${mtimeMs} ${size}\n`)
  }
  return hash.digest('hex')
}

function compile() {
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  const args = [tsc, '-p', 'tsconfig.build.json', '--incremental', '--tsBuildInfoFile', info]
  return spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' })
}

/** The command line is started by its path, so it needs its first line and its mode. */
function makeExecutable(main) {
  if (!existsSync(main)) return
  if (!readFileSync(main, 'utf8').startsWith('#!/usr/bin/env node\n'))
    throw new Error('src/cli/main.ts must begin with the line #!/usr/bin/env node')
  chmodSync(main, 0o755)
}

function build() {
  const dist = join(root, 'dist')
  const written = writeIndexes()
  const sources = filesBelow(join(root, 'src'))
  const outputs = new Set(sources.flatMap(outputsOf))
  const present = filesBelow(dist)
  const complete = [...outputs].every((path) => existsSync(join(dist, path)))
  const print = fingerprint(sources)
  if (complete && present.length === outputs.size && existsSync(stamp) && readFileSync(stamp, 'utf8') === print)
    return 'up to date'

  // What a deleted or renamed source left behind would still be imported and packed.
  for (const path of present) if (!outputs.has(path)) rmSync(join(dist, path))
  rmSync(stamp, { force: true })
  // TypeScript trusts its record and would not write again what somebody deleted.
  if (!complete) rmSync(info, { force: true })
  mkdirSync(join(root, 'build'), { recursive: true })
  if ([...outputs].some((path) => path.endsWith('.d.ts'))) {
    const { status, stdout, stderr } = compile()
    if (status !== 0) throw new Error(`TypeScript found errors\n${stdout}${stderr}`.trim())
  }
  for (const path of sources.filter(isAsset)) {
    mkdirSync(dirname(join(dist, path)), { recursive: true })
    copyFileSync(join(root, 'src', path), join(dist, path))
  }
  makeExecutable(join(dist, 'cli/main.js'))
  writeFileSync(stamp, print)
  return `${outputs.size} files${written.length > 0 ? `, catalogues written: ${written.join(', ')}` : ''}`
}

function main() {
  const start = performance.now()
  try {
    console.log(`build: ${build()} (${((performance.now() - start) / 1000).toFixed(1)} s)`)
    return 0
  } catch (error) {
    console.error(`build: ${error.message}`)
    return 1
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) process.exitCode = main()
