/**
 * Installs the npm dependencies if they are missing or older than the lock file.
 * Uses nothing but Node itself, since it runs before anything is installed.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './root.mjs'

/** Why an install is needed, or null. npm writes `node_modules/.package-lock.json` at the end of an install. */
export function whyInstall(base = root) {
  const installed = join(base, 'node_modules/.package-lock.json')
  const lock = join(base, 'package-lock.json')
  if (!existsSync(installed)) return 'dependencies are not installed'
  if (existsSync(lock) && statSync(lock).mtimeMs > statSync(installed).mtimeMs)
    return 'package-lock.json is newer than node_modules'
  return null
}

/** Returns whether the dependencies are there afterwards; says what to do if not. */
export function installIfNeeded(base = root) {
  const why = whyInstall(base)
  if (why === null) return true
  console.log(`${why}: installing …`)
  const locked = existsSync(join(base, 'package-lock.json'))
  let run = npm([locked ? 'ci' : 'install', '--no-audit', '--no-fund'], base)
  // `npm ci` refuses a lock file that lacks a package built for another platform, which is what npm writes where the
  // registry holds only some platforms. `npm install` takes the same versions, and `--no-save` leaves the lock as it is.
  if (locked && run.status !== 0 && isIncompleteLock(npmSaid(run)))
    run = npm(['install', '--no-save', '--no-audit', '--no-fund'], base)
  if (run.status === 0) return true
  const said = npmSaid(run)
  console.error(said.trim().split('\n').slice(0, 20).join('\n'))
  console.error(installAdvice(said))
  return false
}

/** Whether all that `npm ci` finds missing in the lock file is without a version: packages it could not look up. */
export function isIncompleteLock(said) {
  const complaints = said.split('\n').filter((line) => /(Missing|Invalid): /.test(line))
  return complaints.length > 0 && complaints.every((line) => /Missing: \S+@ from lock file/.test(line))
}

/** One sentence on what to do, from what npm said. */
export function installAdvice(said) {
  if (/ENOENT.*npm|npm.*ENOENT/.test(said) && !/npm error/.test(said))
    return 'npm was not found: install Node.js with npm, then run the command again.'
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET|network/i.test(said))
    return 'The npm registry could not be reached: check the network, a proxy, or `npm config get registry`; then run the command again.'
  if (/ENOSPC/.test(said)) return 'The disk is full: free some space, then run the command again.'
  if (/EACCES|EPERM/.test(said))
    return 'npm may not write here: check who owns this folder, then run the command again.'
  if (/EUSAGE|in sync/.test(said))
    return 'package.json and package-lock.json do not agree: run `npm install`, and commit the lock file.'
  return 'npm could not install the dependencies; what it said is above.'
}

function npmSaid(run) {
  return `${run.stderr ?? ''}${run.error?.message ?? ''}`
}

/** npm as the one that started us, if it did: `npm` itself is no program on Windows. */
function npm(args, cwd) {
  const cli = process.env.npm_execpath
  const scripted = cli !== undefined && /\.c?js$/.test(cli)
  return spawnSync(scripted ? process.execPath : 'npm', scripted ? [cli, ...args] : args, {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'inherit', 'pipe'],
    shell: !scripted && process.platform === 'win32',
  })
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) process.exitCode = installIfNeeded() ? 0 : 1
