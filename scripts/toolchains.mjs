/**
 * What the tests and benchmarks run that npm does not bring, as Debian packages. Cupel itself needs none of them:
 * a language whose toolchain is missing falls back to WebAssembly or is listed as not available.
 */
import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** `for`: who needs it. Only what the tests need is installed by `npm test`. */
export const toolchains = [
  { apt: 'python3', for: 'tests', why: 'most benchmarks are in Python', there: () => existsSync('/usr/bin/python3') },
  {
    apt: 'gcc',
    for: 'tests',
    why: 'builds the native sandbox helper, and runs C programs',
    there: () => onPath('gcc'),
  },
  {
    apt: 'libc6-dev',
    for: 'tests',
    why: 'the C headers, which gcc only recommends',
    there: () => existsSync('/usr/include/stdio.h'),
  },
  { apt: 'perl', for: 'tests', why: 'a language that has no WebAssembly engine here', there: () => onPath('perl') },
  { apt: 'bubblewrap', for: 'bench', why: 'what start-up times are compared with', there: () => onPath('bwrap') },
]

function onPath(command) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, command), constants.X_OK)
      return folder !== ''
    } catch {
      return false
    }
  })
}

/** Installs what is missing if this machine lets us, and says honestly what stays missing. Never fails. */
export function installToolchains(purpose) {
  const wanted = toolchains.filter((tool) => tool.for === purpose)
  const missing = wanted.filter((tool) => !tool.there())
  if (missing.length === 0) return
  const packages = missing.map((tool) => tool.apt)
  const tell = (why) => {
    console.log(`not installed: ${packages.join(', ')} (${why}). Tests that need them will fail or be skipped:`)
    for (const tool of missing) console.log(`  ${tool.apt}: ${tool.why}`)
  }
  if (!onPath('apt-get')) return tell('no apt-get here: install them by other means')
  if (process.getuid?.() !== 0) return tell(`not root: run sudo apt-get install ${packages.join(' ')}`)

  console.log(`installing ${packages.join(', ')} …`)
  const apt = (...args) =>
    spawnSync('apt-get', ['-q', '-y', ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
  // Lists first: on a fresh machine there are none, and old ones name versions that are gone.
  const update = apt('update')
  const install = apt('install', '--no-install-recommends', ...packages)
  if (install.status === 0) return
  console.error(`${update.stderr}${install.stderr}`.trim().split('\n').slice(-6).join('\n'))
  tell('apt-get failed, see above')
}
