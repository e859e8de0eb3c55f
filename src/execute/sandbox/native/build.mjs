/**
 * Compiles the warden (program and library) with the machine's C compiler. The result is kept under a name made from
 * the sources, so an upgrade never meets an old build. Nothing is downloaded.
 */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const sources = readdirSync(here)
  .filter((name) => /\.[ch]$/.test(name))
  .sort()

/** What makes warm those interpreters that do not load the warden themselves. */
const warm = { 'node-addon.c': 'warden-node.node', 'preload.c': 'warden-preload.so' }

/** What Cupel keeps for the next time. */
export function cacheFolder() {
  if (process.env.CUPEL_CACHE) return process.env.CUPEL_CACHE
  if (process.env.XDG_CACHE_HOME) return join(process.env.XDG_CACHE_HOME, 'cupel')
  return join(homedir(), '.cache', 'cupel')
}

/** @returns {string | null} the first C compiler that answers */
export function findCompiler() {
  for (const cc of [process.env.CC, 'cc', 'gcc', 'clang']) {
    if (!cc) continue
    try {
      execFileSync(cc, ['--version'], { stdio: 'ignore' })
      return cc
    } catch {}
  }
  return null
}

/**
 * @returns {{ok: boolean, folder: string, message: string}} `folder` holds `warden`, `warden.so`, and what keeps
 * other interpreters warm where that can be built
 */
export function buildWarden() {
  if (process.platform !== 'linux') return { ok: false, folder: '', message: 'native isolation needs Linux' }
  const hash = createHash('sha256')
  for (const name of sources) hash.update(readFileSync(join(here, name)))
  const folder = join(cacheFolder(), `warden-${process.arch}-${hash.digest('hex').slice(0, 16)}`)
  if (existsSync(join(folder, 'warden')) && existsSync(join(folder, 'warden.so')))
    return { ok: true, folder, message: 'built before' }
  const cc = findCompiler()
  if (!cc)
    return {
      ok: false,
      folder,
      message: 'no C compiler found (install gcc and libc6-dev, then run `npm rebuild` or any cupel command)',
    }
  let work
  try {
    mkdirSync(dirname(folder), { recursive: true })
    accessSync(dirname(folder), constants.W_OK)
    work = mkdtempSync(`${folder}.`)
    const flags = ['-O2', '-std=gnu11', '-Wall', '-Wextra', '-fno-plt']
    const library = [...flags, '-shared', '-fPIC']
    execFileSync(cc, [...flags, '-DWARDEN_PROGRAM', join(here, 'warden.c'), '-o', join(work, 'warden')], {
      stdio: 'pipe',
    })
    execFileSync(cc, [...library, join(here, 'warden.c'), '-o', join(work, 'warden.so')], { stdio: 'pipe' })
    for (const [from, to] of Object.entries(warm)) {
      try {
        execFileSync(cc, [...library, join(here, from), '-o', join(work, to), '-ldl'], { stdio: 'pipe' })
      } catch {} // then each program starts its own interpreter
    }
    try {
      renameSync(work, folder)
    } catch {
      rmSync(work, { recursive: true, force: true }) // another process was faster
    }
    return { ok: existsSync(join(folder, 'warden')), folder, message: `compiled with ${cc}` }
  } catch (error) {
    if (work) rmSync(work, { recursive: true, force: true })
    const lines = String(error.stderr ?? error.message)
      .trim()
      .split('\n')
    const detail = lines.find((line) => line.includes('error:')) ?? lines[0]
    return { ok: false, folder, message: `the C helper could not be built: ${detail}` }
  }
}
