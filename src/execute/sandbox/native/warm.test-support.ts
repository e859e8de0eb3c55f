/** One program with an interpreter of its own, and in a fork of a warm one. */
import { readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Language, type Limits, type Program, limitsFrom } from '../../../kernel/index.js'
import { parsePage } from '../../languages/conformance/cases.test-support.js'
import { buildWarden } from './build.mjs'
import { Pool } from './pool.js'
import { type Reply, flag, jobType, strings } from './protocol.js'
import { sourcesOf } from './sources.js'
import { findCgroups } from './cgroups.js'
import { wardenArgs } from './tiers.js'
import { environment, filled, toolchainBinds } from './toolchains.js'
import { Turns } from './turns.js'
import { type Surroundings, warmServersFor } from './warm-kinds.js'

export function surroundings(): Surroundings {
  const { folder } = buildWarden()
  const node = process.execPath
  const binds = node.startsWith('/usr/') ? [] : ['--bind', dirname(dirname(node)), dirname(dirname(node))]
  return {
    cold: {
      path: `${folder}/warden`,
      args: [...wardenArgs(process.getuid?.() === 0 ? 'A' : 'B', findCgroups()), ...binds, ...toolchainBinds()],
    },
    folder,
    node,
  }
}

export interface Named {
  readonly name: string
  readonly program: Program
}

/** Programs of a page of `conformance/`; the block `stdin` is input, and each line of `args` an argument. */
export function programsOn({ name: language, file }: Language): Named[] {
  const page = fileURLToPath(new URL(`conformance/${language}.md`, import.meta.url))
  return [...parsePage(readFileSync(page, 'utf8'), file)].map(([name, entry]) => {
    if ('absent' in entry) throw new Error(`${language}: «${name}» has no program`)
    const { stdin = '', args = '', ...files } = entry.files
    const given = { stdin, args: args.split('\n').filter((line) => line !== '') }
    return { name, program: { language, files, entry: Object.keys(files)[0] as string, ...given } }
  })
}

export class BothWays {
  readonly #language: Language
  readonly #around = surroundings()
  readonly #cold = new Pool(this.#around.cold, 1)
  readonly #warm = new Map<string, Pool>()

  constructor(language: Language) {
    this.#language = language
  }

  cold(program: Program, limits: Partial<Limits> = {}): Promise<Reply> {
    const { native, sources, all } = this.#read(program, limits)
    const { entry, names, main } = sources
    const words = filled(native.run, { node: this.#around.node, limits: all, entry, files: names, main })
    return this.#cold.run({ frame: this.#frame(program, all, [...words, ...(program.args ?? [])], 0) })
  }

  /** Rejects where there is no warm interpreter for the program. */
  async warm(program: Program, limits: Partial<Limits> = {}): Promise<Reply> {
    const { native, sources, all } = this.#read(program, limits)
    const { file } = this.#language
    const { args = [], env = {} } = program
    const content = sources.files.find(([name]) => name === sources.entry)?.[1].toString('latin1') ?? ''
    const { entry, main } = sources
    const servers = warmServersFor({ native, file, entry, main, content, args, env, limits: all }, this.#around)
    if (!servers) throw new Error('this program needs a start of its own')
    const pool = this.#warm.get(servers.key) ?? new Pool(servers.command(), 1, new Turns(), servers.check())
    this.#warm.set(servers.key, pool)
    return pool.run({ frame: this.#frame(program, all, [entry, ...args], flag.warm) })
  }

  async close(): Promise<void> {
    await Promise.all([this.#cold, ...this.#warm.values()].map((pool) => pool.close()))
  }

  #read(program: Program, limits: Partial<Limits>) {
    const { native } = this.#language
    const sources = sourcesOf(this.#language, program)
    if (!native || 'error' in sources) throw new Error('not a program that runs natively')
    return { native, sources, all: limitsFrom(limits) }
  }

  #frame(program: Program, limits: Limits, words: readonly string[], kind: number) {
    const { native, sources } = this.#read(program, {})
    const flags = kind | (native.reservesAddressSpace ? flag.noAddressSpaceLimit : 0)
    const blobs = [strings(words), environment(native, limits, program.env), Buffer.from(program.stdin ?? '')]
    const files = sources.files.flatMap(([name, content]) => [Buffer.from(name), content])
    return { type: jobType.run, flags, limits, blobs: [...blobs, Buffer.alloc(0), ...files] }
  }
}

/** What of a run must be the same, without what differs between any two: addresses, and V8's record of collections. */
export function whatItDid({ endedBy: ended, overMemory, exitCode, signal, stdout, stderr }: Reply) {
  const plain = (text: Buffer) =>
    text
      .toString('utf8')
      .replace(/0x[0-9a-f]{6,}|\b7[0-9a-f]{11}\b/g, '0x…')
      .replace(/clojure-\d+\.edn/g, 'clojure-….edn')
      .replace(/@[0-9a-f]{5,8}\b/g, '@…')
      .replace(/\{[0-9A-F]{9,}\}/g, '{…}')
  // Who is quicker, the kernel or the server that looks, is all the same.
  const endedBy = overMemory ? 'the memory limit' : ended
  return { endedBy, exitCode, signal, stdout: plain(stdout), stderr: plain(stderr) }
}
