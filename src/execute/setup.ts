/**
 * Brings the toolchains of languages onto this machine: with apt-get where it may (root), else by saying what to type.
 * A toolchain counts only when it answers inside the sandbox. Does not cover systems without apt, nor versions other than
 * those of the distribution.
 */
import { spawn } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type Language, describeError } from '../kernel/index.js'
import { Sandbox } from './sandbox/sandbox.js'

export interface SetupResult {
  readonly language: string
  /** `by-hand`: this machine does not let us, `command` says what to type. */
  readonly status: 'present' | 'planned' | 'installed' | 'by-hand' | 'failed'
  /** First line of what the toolchain says of itself, inside the sandbox. */
  readonly version: string | null
  readonly packages: readonly string[]
  /** Null where there is nothing to do. */
  readonly command: string | null
  /** One sentence, for `by-hand` and `failed`. */
  readonly reason?: string
  /** The end of what apt-get printed, where it failed. */
  readonly detail?: string
}

export interface SetupOptions {
  /** Only say what would be done. */
  readonly dryRun?: boolean
  /** A language whose packages are about to be installed. */
  readonly onStart?: (language: Language, packages: readonly string[]) => void
}

/** One after the other, in the order given. What fails is a result, not an error. */
export async function* setUp(
  languages: readonly Language[],
  { dryRun = false, onStart = () => {} }: SetupOptions = {},
): AsyncGenerator<SetupResult> {
  const before = await versions(languages, !dryRun)
  const obstacle = dryRun ? null : (whyUseless(before) ?? whyNotHere())
  let listsAreFresh = false
  for (const { native, name: language } of languages) {
    const version = before.found.get(language) ?? null
    const packages = native ? [...native.install.apt.split(' '), ...(before.compiler ? [] : compilerPackages)] : []
    const absent = { language, version: null, packages, command: installCommand(packages) }
    if (version !== null) yield { language, status: 'present', version, packages, command: null }
    else if (dryRun) yield { ...absent, status: 'planned' }
    else if (obstacle) yield { ...absent, status: 'by-hand', reason: obstacle }
    else {
      onStart(languages.find(({ name }) => name === language) as Language, packages)
      yield await install(absent, listsAreFresh)
      listsAreFresh = true
    }
  }
}

/** What the native sandbox itself is built with. */
const compilerPackages = ['gcc', 'libc6-dev']

/** As a person types it. */
export function installCommand(packages: Iterable<string>): string {
  return `sudo apt-get install --no-install-recommends ${[...new Set(packages)].join(' ')}`
}

/** `prepare`: also makes what would otherwise be made while the first programs run. */
async function versions(
  languages: readonly Language[],
  prepare: boolean,
): Promise<{ found: ReadonlyMap<string, string>; compiler: boolean; why: string | null }> {
  let sandbox: Sandbox
  try {
    sandbox = await Sandbox.open({ isolation: 'native' })
  } catch (error) {
    const why = describeError(error)
    return { found: new Map(), compiler: !why.includes('no C compiler'), why }
  }
  try {
    const status = await Promise.all(languages.map(({ name }) => sandbox.status(name)))
    const found = status.flatMap(({ language, version }) => (version === null ? [] : [[language, version] as const]))
    if (prepare) for (const [language] of found) await sandbox.prepare(language)
    return { found: new Map(found), compiler: true, why: null }
  } finally {
    await sandbox.close()
  }
}

/** Without the native sandbox nothing would run what is installed, and nothing could show that it works. */
function whyUseless({ compiler, why }: { compiler: boolean; why: string | null }): string | null {
  return compiler && why ? `no program could use it: ${why}` : null
}

function whyNotHere(): string | null {
  if (!onPath('apt-get'))
    return 'there is no apt-get here: install these packages, or what they are called here, by other means'
  if (process.getuid?.() !== 0) return 'only root may install packages'
  return null
}

function onPath(command: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, command), constants.X_OK)
      return folder !== ''
    } catch {
      return false
    }
  })
}

async function install(
  absent: Pick<SetupResult, 'language' | 'packages' | 'command'>,
  listsAreFresh: boolean,
): Promise<SetupResult> {
  const { language, packages } = absent
  const failed = (reason: string, detail?: string): SetupResult => ({
    ...absent,
    status: 'failed',
    version: null,
    reason,
    ...(detail ? { detail } : {}),
  })
  // On a fresh machine there are no lists, and old ones name versions that are gone.
  const update = listsAreFresh ? null : await aptGet('update')
  const installed = await aptGet('install', '--no-install-recommends', ...packages)
  if (installed.code !== 0) {
    const output = `${update?.code ? update.output : ''}${installed.output}`
    return failed(`apt-get could not install ${packages.join(' ')}`, lastLines(output, 8))
  }
  const { found, why } = await versions([{ name: language } as Language], true)
  const version = found.get(language)
  if (version !== undefined) return { ...absent, status: 'installed', version, command: null }
  return failed(
    why
      ? `the packages are installed, but the native sandbox cannot be opened: ${why}`
      : `the packages are installed, but ${language} does not answer inside the sandbox`,
  )
}

function aptGet(...args: readonly string[]): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve) => {
    const options = ['-q', '-y', '-o', 'DPkg::Lock::Timeout=300']
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    const child = spawn('apt-get', [...options, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        output = (output + text).slice(-100_000)
      })
    child.on('error', (error) => resolve({ code: null, output: `${output}${describeError(error)}\n` }))
    child.on('close', (code) => resolve({ code, output }))
  })
}

function lastLines(text: string, count: number): string {
  return text.trimEnd().split('\n').slice(-count).join('\n')
}
