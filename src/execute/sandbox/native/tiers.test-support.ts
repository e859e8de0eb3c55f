/**
 * Runs scripts as users whom the machine gives less: without root (tier B), and where user namespaces are refused as
 * Docker's default seccomp profile refuses them (tier B'). Needs a built `dist`.
 */
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll } from 'vitest'

const built = fileURLToPath(new URL('../../../../dist/execute/index.js', import.meta.url))
const blocker = fileURLToPath(new URL('./refuse-namespaces.test.py', import.meta.url))
const root = process.getuid?.() === 0

/** As a container starts root, without what it takes to mount or to look into other users' processes. */
const dockerCapabilities =
  '-all,+chown,+dac_override,+fowner,+fsetid,+kill,+setgid,+setuid,+setpcap,+net_bind_service,+net_raw,+sys_chroot,+mknod,+audit_write,+setfcap'

export type Who = 'root' | 'user' | 'confined user' | 'confined root'

function prefix(who: Who): string[] {
  if (who === 'root') return []
  const nobody = root ? ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'] : []
  if (who === 'user') return nobody
  if (who === 'confined user') return [...nobody, '/usr/bin/python3', blocker]
  return ['setpriv', `--bounding-set=${dockerCapabilities}`, '--inh-caps=-all', '/usr/bin/python3', blocker]
}

/** Why scripts cannot be run as this user here, or null. */
export function whyNotAs(who: Who): string | null {
  if ((who === 'root' || who === 'confined root') && !root) return 'the tests were not started as root'
  const can = (...args: string[]) => spawnSync(args[0] as string, args.slice(1)).status === 0
  const nobody = prefix('user')
  if (nobody.length > 0 && !can(...nobody, 'true')) return 'setpriv is missing (apt-get install util-linux)'
  if (!can(...nobody, 'test', '-r', built)) return `user 65534 cannot read ${built} (not built, or in a private folder)`
  if (!can(...nobody, 'test', '-x', process.execPath)) return `user 65534 cannot run ${process.execPath}`
  if (who.startsWith('confined') && can(...prefix(who), 'unshare', '--user', 'true'))
    return 'user namespaces could not be refused'
  return null
}

export interface Started {
  readonly status: number | null
  readonly stderr: string
  readonly stdout: string
}

export interface Command {
  readonly command: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
}

let caches: string | null = null
afterAll(() => {
  if (caches !== null) rmSync(caches, { recursive: true, force: true })
  caches = null
})

/** Where this user's warden is compiled to, once for all scripts of a test file. */
function cacheOf(who: Who): string {
  if (caches === null) {
    const folder = mkdtempSync(join(tmpdir(), 'cupel-test-'))
    caches = folder
    chmodSync(folder, 0o755)
  }
  const cache = join(caches, who.replace(' ', '-'))
  mkdirSync(cache, { recursive: true })
  chmodSync(cache, 0o777)
  return cache
}

/** How to run an ES module as that user, with this folder as their own; 'CUPEL' in it is Cupel's own module. */
export function commandAs(who: Who, folder: string, script: string): Command {
  chmodSync(folder, 0o777)
  const file = join(folder, 'script.mjs')
  writeFileSync(file, script.replaceAll("'CUPEL'", JSON.stringify(built)))
  const [command = '', ...args] = [...prefix(who), process.execPath, file]
  const env = { PATH: '/usr/local/bin:/usr/bin:/bin', HOME: folder, CUPEL_CACHE: cacheOf(who), TMPDIR: folder }
  return { command, args, env }
}

export function runScript(who: Who, script: string, more: Readonly<Record<string, string>> = {}): Started {
  const folder = mkdtempSync(join(tmpdir(), 'cupel-test-'))
  try {
    const { command, args, env } = commandAs(who, folder, script)
    const options = { cwd: '/', encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, env: { ...env, ...more } } as const
    const { status, stdout, stderr } = spawnSync(command, args, options)
    return { status, stdout, stderr }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What the script printed last, as JSON. */
export function answerOf(who: Who, script: string, env?: Readonly<Record<string, string>>): unknown {
  const { stdout, stderr, status } = runScript(who, script, env)
  const last = stdout.trimEnd().split('\n').at(-1) ?? ''
  if (status !== 0 || last === '') throw new Error(`the script ended with ${status}: ${stderr.slice(-3000)}`)
  return JSON.parse(last)
}
