/**
 * Which toolchains programs get: each is asked for its version inside the sandbox, where it must work, not outside,
 * where a version manager or a file below /etc may make it work. Asked once, and only when somebody needs to know.
 */
import { existsSync, readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { type Language, type Limits, limitsFrom } from '../../../kernel/index.js'
import { languages } from '../../languages/index.js'
import type { Pool } from './pool.js'
import { type Reply, endedBy, flag, jobType, strings } from './protocol.js'

type Native = NonNullable<Language['native']>

const probeLimits = limitsFrom({ cpuSeconds: 20, wallSeconds: 60, memoryMb: 1024 })

export class Toolchains {
  readonly #pool: Pool
  readonly #node: string
  /** Asked by interpreter.ts already: programs get that very interpreter. */
  readonly #python: string | null
  readonly #fixedPlaces: boolean
  readonly #asked = new Map<string, Promise<string | null>>()

  /** `fixedPlaces`: programs have a /tmp of their own, which the commands of some languages name. */
  constructor(pool: Pool, node: string, python: string | null, fixedPlaces = true) {
    this.#fixedPlaces = fixedPlaces
    this.#pool = pool
    this.#node = node
    this.#python = python
  }

  /** First line of what the toolchain says of its version; null where programs cannot use it. */
  version(name: string): Promise<string | null> {
    let asked = this.#asked.get(name)
    if (!asked) {
      asked = this.#ask(name)
      this.#asked.set(name, asked)
      asked.catch(() => this.#asked.delete(name))
    }
    return asked
  }

  async #ask(name: string): Promise<string | null> {
    const native = languages.find((one) => one.name === name)?.native
    if (!native) return null
    if (native.warm === 'python') return this.#python
    if (!isComplete(native.reads)) return null
    if (!this.#fixedPlaces && JSON.stringify(native).includes('/tmp')) return null
    const argv = filled(native.probe, { node: this.#node, limits: probeLimits })
    const env = environment(native, probeLimits)
    const blobs = [strings(argv), env, Buffer.alloc(0), strings([])]
    const flags = native.reservesAddressSpace ? flag.noAddressSpaceLimit : 0
    const reply = await this.#pool.run({ frame: { type: jobType.run, flags, limits: probeLimits, blobs } })
    return versionIn(reply, native.version)
  }
}

function versionIn(reply: Reply, version = /\S.*/): string | null {
  if (reply.endedBy !== endedBy.itself || reply.exitCode !== 0 || reply.signal > 0) return null
  const text = `${reply.stdout.toString('utf8')}\n${reply.stderr.toString('utf8')}`
  return version.exec(text)?.[0].trim() ?? null
}

/** Whether what a toolchain reads is there; a pattern with a star may match nothing. */
export function isComplete(reads: readonly string[] = []): boolean {
  return reads.every((path) => path.includes('*') || existsSync(path))
}

/** Read-only folders and files outside /usr that the toolchains need, those that are there, as arguments of warden. */
export function toolchainBinds(): string[] {
  const paths = new Set(languages.flatMap(({ native }) => (native?.reads ?? []).flatMap(matching)))
  return [...paths].flatMap((path) => ['--bind', path, path])
}

/** `/etc/java-*`: only the last part may hold a star. */
function matching(pattern: string): string[] {
  if (!pattern.includes('*')) return existsSync(pattern) ? [pattern] : []
  const folder = dirname(pattern)
  const [head = '', tail = ''] = basename(pattern).split('*')
  const names = existsSync(folder) ? readdirSync(folder) : []
  return names
    .filter((name) => name.length >= head.length + tail.length && name.startsWith(head) && name.endsWith(tail))
    .map((name) => join(folder, name))
}

/** What stands for the placeholders of a command. */
export interface Meaning {
  readonly node: string
  readonly limits: Limits
  readonly entry?: string
  readonly files?: readonly string[]
  readonly main?: string
}

/** `{files}` becomes as many words as there are sources; no name of a file can be taken for an option. */
export function filled(
  words: readonly string[],
  { node, limits, entry = '', files = [], main = '' }: Meaning,
): string[] {
  return words.flatMap((word) => {
    if (word === '{files}') return files.map(asFile)
    return word
      .replaceAll('{file}', asFile(entry))
      .replaceAll('{main}', main)
      .replaceAll('{out}', 'out')
      .replaceAll('{node}', node)
      .replaceAll('{memory}', String(limits.memoryMb))
  })
}

function asFile(name: string): string {
  return /^[-@+]/.test(name) ? `./${name}` : name
}

/** The clean environment of a program that is not forked from a warm interpreter. */
export function environment(native: Native, limits: Limits, extra: Readonly<Record<string, string>> = {}): Buffer {
  const own = Object.entries(native.env ?? {}).map(([name, value]) => [
    name,
    value.replaceAll('{memory}', String(limits.memoryMb)),
  ])
  const env = {
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    HOME: '/tmp/work',
    TMPDIR: '/tmp',
    LANG: 'C.UTF-8',
    TZ: 'UTC',
    ...Object.fromEntries(own),
    ...extra,
  }
  return strings(Object.entries(env).map(([name, value]) => `${name}=${value}`))
}
