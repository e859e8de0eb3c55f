/**
 * Whole programs: made ready (types removed, compiled), started, and what the server says of them as an Execution.
 */
import { existsSync } from 'node:fs'
import {
  type CompilePart,
  type Execution,
  type Isolation,
  type Language,
  type Limits,
  type Program,
  type ProgramInput,
  UsageError,
} from '../../../kernel/index.js'
import { languages } from '../../languages/index.js'
import { outputFiles, patternsOf } from '../files.js'
import type { CompileJob, Compiler } from './compile.js'
import { compileLimits } from './compile-limits.js'
import { leftFiles, request } from './left.js'
import { type Networks, type Pools, proxyEnvironment } from './network.js'
import { outcomeOf, signalName } from './outcome.js'
import type { PoolJob } from './pool.js'
import type { HeaderUse, PrecompiledHeaders } from './precompiled.js'
import { type Frame, type Reply, flag, jobType, keyOf, maxFrameBytes, strings } from './protocol.js'
import { type Sources, dataFiles, sourcesOf, warmFiles } from './sources.js'
import { type Toolchains, environment, filled } from './toolchains.js'
import type { WarmCompiler } from './warm-compiler.js'
import type { WarmInterpreters } from './warm-interpreters.js'

const searchPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

type Native = NonNullable<Language['native']>

/** A program ready to be started: what it consists of, and how it was compiled. */
interface Prepared {
  readonly native: Native
  /** The name that Cupel gives to programs of the language. */
  readonly file: string
  readonly sources: Sources
  /** How many of the files come from a compiler: the first ones. */
  readonly made: number
  readonly compile?: CompilePart
}

export interface ProgramsOptions {
  readonly isolation: Isolation
  /** Whether memory is counted (tiers.ts). */
  readonly exactMemory: boolean
  readonly toolchains: Toolchains
  readonly pools: Pools
  readonly networks: Networks
  readonly node: string
  readonly compiler: Compiler
  readonly headers: PrecompiledHeaders | null
  readonly interpreters: WarmInterpreters | null
  /** Modules that Python programs find imported, unless they name their own. */
  readonly preimport: readonly string[]
  /** By language. */
  readonly warmCompilers: ReadonlyMap<string, WarmCompiler>
}

export class Programs {
  readonly #options: ProgramsOptions

  constructor(options: ProgramsOptions) {
    this.#options = options
  }

  async run(program: Program, limits: Limits, signal?: AbortSignal): Promise<Execution> {
    const prepared = await this.#prepared(program)
    if ('outcome' in prepared) return prepared
    // Large programs are not sent again for the next run of the same.
    if (prepared.sources.files.some(isLarge)) return this.#holding(prepared, program, limits, signal)(program)
    const job = (warm: boolean): PoolJob => {
      const blobs = [...this.#blobs(prepared, program, limits, program, warm), ...pairs(prepared.sources.files)]
      return { frame: checked({ type: jobType.run, flags: flagsOf(prepared, program, warm), limits, blobs }), signal }
    }
    return this.#execution(await this.#perform(job, prepared, program, limits), limits, prepared)
  }

  /** Compiled once, sent once to each server; then each input is all that is sent. */
  async hold(program: Program, limits: Limits): Promise<(input: ProgramInput) => Promise<Execution>> {
    const prepared = await this.#prepared(program)
    return 'outcome' in prepared ? async () => prepared : this.#holding(prepared, program, limits)
  }

  #holding(
    prepared: Prepared,
    program: Program,
    limits: Limits,
    signal?: AbortSignal,
  ): (input: ProgramInput) => Promise<Execution> {
    const made = Buffer.alloc(4)
    made.writeUInt32LE(prepared.made)
    const hold = (warm: boolean) => {
      const first = this.#blobs(prepared, program, limits, { stdin: made, args: [] }, warm)
      const blobs = [...first, ...pairs(prepared.sources.files)]
      const frame = checked({ type: jobType.hold, flags: flagsOf(prepared, program, warm), limits, blobs })
      return { key: keyOf(frame), frame }
    }
    const held = new Map<boolean, ReturnType<typeof hold>>()
    const { compile } = prepared
    let isFirst = true
    return async ({ stdin = program.stdin, args = program.args }) => {
      const part = compile && { ...compile, cached: compile.cached || !isFirst }
      isFirst = false
      const job = (warm: boolean): PoolJob => {
        const own = held.get(warm) ?? hold(warm)
        held.set(warm, own)
        const blobs = [strings(args ?? []), bytesOf(stdin ?? '')]
        const frame = checked({ type: jobType.input, flags: flagsOf(prepared, program, warm), limits, blobs })
        return { frame, held: own, signal }
      }
      const reply = await this.#perform(job, prepared, { ...program, args: args ?? [] }, limits)
      return this.#execution(reply, limits, { ...prepared, ...(part ? { compile: part } : {}) })
    }
  }

  /** Makes now what would otherwise be made on the way. */
  async prepare(name: string): Promise<void> {
    const language = await this.#language(name)
    const use = await this.#headerUse(language)
    if (use) await this.#options.headers?.prepare(use)
  }

  async #prepared(program: Program): Promise<Prepared | Execution> {
    const language = await this.#language(program.language)
    const native = language.native as Native
    const sources = sourcesOf(language, program)
    if ('error' in sources) return this.#compileFailed(sources.error)
    const { file } = language
    if (!native.compile) return { native, file, sources, made: 0 }
    const { compiler, headers } = this.#options
    const use = await this.#headerUse(language)
    const contents = sources.files.map(([, content]) => content)
    const result = await compiler.compile({
      language: language.name,
      version: (await this.#options.toolchains.version(language.name)) ?? '',
      argv: this.#filled(native.compile, sources, compileLimits),
      env: environment(native, compileLimits),
      files: sources.files,
      tenant: program.tenant,
      makes: ['out'],
      noAddressSpaceLimit: native.reservesAddressSpace === true,
      ...this.#warm(language, sources),
      faster: {
        headers: use && headers ? await headers.options(use, contents) : [],
        linking: native.linker && isOnPath(`ld.${native.linker}`) ? [`-fuse-ld=${native.linker}`] : [],
      },
    })
    if (result.kind === 'broken')
      return { ...this.#execution(result.reply, compileLimits, {}), outcome: 'infrastructure' }
    const { part } = result
    if (result.kind === 'failed')
      return this.#compileFailed(part.stderr || part.stdout || result.reason || '', part, result.reason)
    const made = result.files.map(({ name, content }) => [name, content] as const)
    const files = [...made, ...dataFiles(language, sources)]
    return { native, file, sources: { ...sources, files }, made: made.length, compile: part }
  }

  #warm(language: Language, sources: Sources): Pick<CompileJob, 'warm'> {
    const compiler = this.#options.warmCompilers.get(language.name)
    const files = warmFiles(language, sources)
    if (!compiler || !files) return {}
    const options = this.#filled(language.native?.warmCompiler?.options ?? [], sources, compileLimits)
    return { warm: { compiler, options, files } }
  }

  async #headerUse({ native, name }: Language): Promise<HeaderUse | null> {
    if (!native?.precompiles || !native.compile) return null
    const version = (await this.#options.toolchains.version(name)) ?? ''
    return { header: native.precompiles, command: native.compile, version, path: searchPath }
  }

  /** The first blobs of a run: arguments, environment, standard input, what to collect. */
  #blobs(
    { native, sources }: Prepared,
    program: Program,
    limits: Limits,
    { stdin = '', args = [] }: ProgramInput,
    warm: boolean,
  ): Buffer[] {
    const argv = [...(warm ? [sources.entry] : this.#filled(native.run, sources, limits)), ...args]
    const extra = { ...(limits.network?.length ? proxyEnvironment : {}), ...program.env }
    // The warm Python has the clean environment already.
    const env =
      native.warm === 'python'
        ? strings(Object.entries({ ...native.env, ...extra }).map(([name, value]) => `${name}=${value}`))
        : environment(native, limits, extra)
    const patterns = patternsOf(program.collect)
    const collect = patterns ? request(limits, 'changed', patterns) : Buffer.alloc(0)
    return [strings(argv), env, bytesOf(stdin), collect]
  }

  /** Where it runs: in a fork of a warm interpreter or cold, with a network or without, for its tenant. */
  async #perform(
    jobFor: (warm: boolean) => PoolJob,
    { native, sources, file }: Prepared,
    program: Program,
    limits: Limits,
  ): Promise<Reply> {
    const { networks, pools, interpreters } = this.#options
    const { cold, warm } = limits.network?.length ? await networks.to(limits.network) : pools
    const job = (isWarm: boolean) => ({ ...jobFor(isWarm), tenant: program.tenant })
    if (native.warm === 'python' && warm) return warm.run(job(true), program.preimport ?? this.#options.preimport)
    if (!native.warm || !interpreters || limits.network?.length) return cold.run(job(false))
    const { entry, main } = sources
    const content = sources.files.find(([name]) => name === entry)?.[1].toString('latin1', 0, 100) ?? ''
    const { args = [], env = {} } = program
    return interpreters.run(
      { native, file, entry, main, content, args, env, limits },
      (pool) => pool.run(job(true)),
      () => cold.run(job(false)),
    )
  }

  async #language(name: string): Promise<Language> {
    const language = languages.find((one) => one.name === name)
    if (!language || (await this.#options.toolchains.version(name)) === null)
      throw new UsageError(`${name} cannot be run natively here`)
    return language
  }

  #filled(words: readonly string[], { entry, names, main }: Sources, limits: Limits): string[] {
    return filled(words, { node: this.#options.node, limits, entry, files: names, main })
  }

  #execution(reply: Reply, limits: Limits, { native, compile }: Partial<Prepared>): Execution {
    const left = leftFiles(reply.report)
    return {
      ...outcomeOf(reply, limits, this.#options.exactMemory, native),
      exitCode: reply.signal > 0 || reply.exitCode < 0 ? null : reply.exitCode,
      signal: signalName(reply.signal),
      stdout: reply.stdout.toString('utf8'),
      stderr: reply.stderr.toString('utf8'),
      cpuMs: reply.cpuMs,
      wallMs: reply.wallMs,
      peakBytes: reply.peakBytes,
      isolation: this.#options.isolation,
      ...(compile ? { compile } : {}),
      ...(left ? { files: outputFiles(left.files, left.unnamed, limits) } : {}),
    }
  }

  #compileFailed(message: string, compile?: CompilePart, reason?: string): Execution {
    const none = { exitCode: null, signal: null, stdout: '', stderr: message, cpuMs: 0, wallMs: 0, peakBytes: 0 }
    const part = compile ?? { ok: false, cached: false, stdout: '', stderr: message, cpuMs: 0, wallMs: 0, peakBytes: 0 }
    const why = reason ? { reason } : {}
    return { outcome: 'compile-error', ...none, isolation: this.#options.isolation, compile: part, ...why }
  }
}

/** Bytes are not copied: a whole repository may be handed over so. */
function bytesOf(content: string | Uint8Array): Buffer {
  if (typeof content === 'string') return Buffer.from(content)
  return Buffer.from(content.buffer, content.byteOffset, content.byteLength)
}

function isLarge([, content]: readonly [string, Buffer]): boolean {
  return content.length >= 1 << 16
}

function isOnPath(command: string): boolean {
  return searchPath.split(':').some((folder) => existsSync(`${folder}/${command}`))
}

function flagsOf({ native }: Prepared, program: Program, warm: boolean): number {
  const collect = patternsOf(program.collect) ? flag.collect : 0
  return (warm ? flag.warm : 0) | (native.reservesAddressSpace ? flag.noAddressSpaceLimit : 0) | collect
}

function checked(frame: Frame): Frame {
  const bytes = frame.blobs.reduce((sum, blob) => sum + 4 + blob.length, 100)
  if (bytes <= maxFrameBytes) return frame
  throw new UsageError(
    `the program and its input are ${Math.ceil(bytes / 2 ** 20)} MB; ${maxFrameBytes / 2 ** 20} MB fit`,
  )
}

function pairs(files: readonly (readonly [string, Buffer])[]): Buffer[] {
  return files.flatMap(([name, content]) => [Buffer.from(name), content])
}
