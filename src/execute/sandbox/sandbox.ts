/**
 * The sandbox: the strongest isolation that a probe has shown to work here, chosen per language and printed with every
 * result. Asking for a level by name means that level or an error, never something weaker.
 */
import { setMaxListeners } from 'node:events'
import { availableParallelism } from 'node:os'
import {
  type Execution,
  type Isolation,
  IsolationError,
  type Limits,
  type Program,
  type ProgramInput,
  ToolchainError,
  UsageError,
  describeError,
  limitsFrom,
} from '../../kernel/index.js'
import { findLanguage } from '../language.js'
import { type IsolationChoice, chooseIsolation, isRemote, minimumTier } from './choice.js'
import type { Engine, ExamineJob, Examination, MatrixJob } from './engine.js'
import { inOrder } from './in-order.js'
import { openNativeEngine } from './native/engine.js'
import type { Tier } from './native/tiers.js'
import { checkProgram } from './program.js'
import type { Session, SessionOptions } from './session.js'

export type { IsolationChoice } from './choice.js'

export interface SandboxOptions {
  /**
   * `auto` (default): native where it holds, wasm for the rest. `native:B`: tier B or better, or an error. `remote:URL`:
   * another Cupel server, for everything.
   */
  readonly isolation?: IsolationChoice
  /** Executions at once; default: the cores of the machine, or what the server says. */
  readonly workers?: number
  /** False: what compilers made is neither kept nor looked up. */
  readonly cache?: boolean
  /** As in Program, for the programs that name none, and for what is judged. */
  readonly preimport?: readonly string[]
}

export interface LanguageStatus {
  readonly language: string
  readonly isolation: Isolation['level'] | null
  readonly version: string | null
  /** What to do when it is not available. */
  readonly install?: string
}

export class Sandbox {
  /** Why the native level is not in use, if it is not. */
  readonly withoutNative: string | null
  readonly #native: (Engine & { canExamine?(language: string): boolean }) | null
  readonly #choice: IsolationChoice
  readonly #workers: number | undefined
  #wasm: Promise<Engine> | null = null
  #remote: Engine | null = null

  private constructor(native: Engine | null, why: string | null, choice: IsolationChoice, options: SandboxOptions) {
    this.#native = native
    this.withoutNative = why
    this.#choice = choice
    this.#workers = options.workers
  }

  /** Probes and opens. Throws IsolationError if the level asked for by name cannot be had. */
  static async open(options: SandboxOptions = {}): Promise<Sandbox> {
    const choice = chooseIsolation(options.isolation)
    if (choice === 'wasm') return new Sandbox(null, 'wasm was asked for', choice, options)
    if (isRemote(choice)) {
      const { openRemoteEngine } = await import('./remote/engine.js')
      const sandbox = new Sandbox(null, 'a remote server was asked for', choice, options)
      const workers = options.workers === undefined ? {} : { workers: options.workers }
      sandbox.#remote = await openRemoteEngine({ url: choice.slice('remote:'.length), ...workers })
      return sandbox
    }
    const minimum = minimumTier(choice)
    try {
      return new Sandbox(await openNativeEngine({ ...options, minimum: minimum ?? "B'" }), null, choice, options)
    } catch (error) {
      const why = describeError(error)
      if (minimum)
        throw new IsolationError(`${choice} isolation cannot be had here (${why}); ${advice(minimum)}`, {
          cause: error,
        })
      return new Sandbox(null, why, choice, options)
    }
  }

  /** Executions at once on this machine. */
  get workers(): number {
    return this.#workers ?? Math.max(1, availableParallelism())
  }

  /** Languages that have sessions here. */
  get sessions(): ReadonlySet<string> {
    return (this.#remote ?? this.#native)?.sessions ?? new Set()
  }

  /** The level that programs of this language get. */
  async isolationOf(language: string, use: 'run' | 'examine' = 'run'): Promise<Isolation> {
    return this.#isolation(language, use, await this.#engine(language, use))
  }

  /** Runs one program. What the program does wrong is an outcome, not an error. When `signal` aborts it is ended. */
  async run(program: Program, limits: Partial<Limits> = {}, signal?: AbortSignal): Promise<Execution> {
    const language = findLanguage(program.language).name
    const full = limitsFrom(limits)
    checkProgram(program, full)
    const engine = await this.#engine(language, 'run')
    if (limits.network?.length && engine.isolation.level === 'wasm')
      throw new IsolationError(
        'programs in WebAssembly have no network: hosts can be allowed with native isolation only',
      )
    // Another server says itself what it cannot do.
    if (program.preimport?.length && engine !== this.#remote && (language !== 'python' || engine !== this.#native))
      throw new UsageError('modules can be imported beforehand only for Python programs that are isolated natively')
    endsMany(signal)
    const done = await engine.run({ ...program, language }, full, signal)
    return { ...done, isolation: await this.#explained(language, done.isolation) }
  }

  /** Runs programs at once, as many as there are workers, and yields in order; reads the source only as fast as it runs. */
  async *runMany(
    programs: AsyncIterable<Program> | Iterable<Program>,
    limits: Partial<Limits> = {},
  ): AsyncGenerator<Execution> {
    yield* inOrder(programs, (program) => this.run(program, limits))
  }

  /** Runs one program with many inputs, as `runMany` does: compiled once, and sent once to each worker. */
  async *runInputs(
    program: Program,
    inputs: AsyncIterable<ProgramInput> | Iterable<ProgramInput>,
    limits: Partial<Limits> = {},
  ): AsyncGenerator<Execution> {
    const language = findLanguage(program.language).name
    const engine = await this.#engine(language, 'run')
    const full = limitsFrom(limits)
    checkProgram(program, full)
    const named = { ...program, language }
    const run = (await engine.hold?.(named, full)) ?? ((input) => engine.run({ ...named, ...input }, full))
    const isolation = await this.#isolation(language, 'run', engine)
    yield* inOrder(inputs, async (input) => ({ ...(await run(input)), isolation }))
  }

  /** Makes now what would otherwise be made while programs of this language run (precompiled headers). */
  async prepare(language: string): Promise<void> {
    const { name } = findLanguage(language)
    await (await this.#engine(name, 'run')).prepare?.(name)
  }

  async examine(job: ExamineJob, signal?: AbortSignal): Promise<Examination & { isolation: Isolation }> {
    const engine = await this.#engine(job.language, 'examine')
    endsMany(signal)
    const examined = await engine.examine(job, signal)
    return { ...examined, isolation: await this.#isolation(job.language, 'examine', engine) }
  }

  async *matrix(
    job: MatrixJob,
    signal?: AbortSignal,
  ): AsyncGenerator<{ readonly program: number; readonly row: readonly boolean[] }> {
    const engine = await this.#engine(job.language, 'examine')
    endsMany(signal)
    yield* engine.matrix(job, signal)
  }

  /** Opens an interpreter that keeps its state. Close it, or it closes itself when nobody uses it. */
  async session(options: SessionOptions): Promise<Session> {
    const language = findLanguage(options.language).name
    const engine = this.#remote ?? this.#native
    if (engine?.session && this.sessions.has(language)) return engine.session({ ...options, language })
    const able = [...this.sessions].join(', ')
    if (able === '')
      throw new IsolationError(
        this.#remote
          ? 'the server has no sessions'
          : this.withoutNative
            ? `sessions need native isolation: ${this.withoutNative}`
            : "sessions take user namespaces, which tier B' does without",
      )
    throw new UsageError(`${language} has no sessions here; those that have: ${able}`)
  }

  async languages(): Promise<LanguageStatus[]> {
    const { languages } = await import('../languages/index.js')
    return Promise.all(languages.map(({ name }) => this.status(name)))
  }

  /** How one language runs here, and what to do where it does not. */
  async status(name: string): Promise<LanguageStatus> {
    const { name: language, native: toolchain } = findLanguage(name)
    if (this.#remote) {
      const version = await this.#remote.version(language)
      if (version !== null) return { language, version, isolation: 'remote' }
      return { language, version, isolation: null, install: 'what it needs is not on the server' }
    }
    const native = (await this.#native?.version(language)) ?? null
    if (native !== null) return { language, isolation: 'native', version: native }
    const wasm = minimumTier(this.#choice) ? null : await this.#openWasm()
    const version = (await wasm?.version(language)) ?? null
    if (version !== null) return { language, isolation: 'wasm', version }
    const ways = [...(toolchain ? [`apt-get install ${toolchain.install.apt}`] : []), ...npm(wasm, language)]
    return { language, isolation: null, version: null, ...(ways.length > 0 ? { install: ways.join(', or: ') } : {}) }
  }

  /** Ends every process the sandbox started. */
  async close(): Promise<void> {
    await this.#remote?.close()
    await this.#native?.close()
    if (this.#wasm) await (await this.#wasm).close()
  }

  #isolation(language: string, use: 'run' | 'examine', engine: Engine): Promise<Isolation> {
    return this.#explained(language, engine.isolationOf?.(language, use) ?? engine.isolation)
  }

  /** Says why a program did not get the native level although it is open. */
  async #explained(language: string, isolation: Isolation): Promise<Isolation> {
    if (isolation.level !== 'wasm' || isolation.because || this.withoutNative) return isolation
    const { native } = findLanguage(language)
    if (!native) return { ...isolation, because: `${language} has no native toolchain in Cupel` }
    if (await this.#hasNative(language))
      return { ...isolation, because: `${language} function problems are judged in WebAssembly` }
    return { ...isolation, because: `no toolchain of ${language} was found here (cupel setup ${language})` }
  }

  /** Loaded only when something needs it: its engines are large. */
  async #openWasm(): Promise<Engine> {
    this.#wasm ??= import('./wasm/engine.js').then(({ openWasmEngine }) =>
      openWasmEngine({
        ...(this.withoutNative ? { because: this.withoutNative } : {}),
        ...(this.#workers ? { workers: this.#workers } : {}),
      }),
    )
    return this.#wasm
  }

  async #hasNative(language: string): Promise<boolean> {
    return this.#native !== null && (await this.#native.version(language)) !== null
  }

  async #engine(language: string, use: 'run' | 'examine'): Promise<Engine> {
    const remote = this.#remote
    if (remote?.isolationOf?.(language, use)) return remote
    if (remote)
      throw new ToolchainError(
        `${language} ${use === 'run' ? 'programs' : 'function problems'} cannot be run by ${remote.isolation.server}: install what they need there`,
      )
    const native = this.#native
    if (native && (use === 'run' || !native.canExamine || native.canExamine(language))) {
      if (await this.#hasNative(language)) return native
    }
    const what = use === 'run' ? `${language} programs` : `${language} function problems`
    if (minimumTier(this.#choice))
      throw new IsolationError(`${what} have no native isolation here; use --isolation auto`)
    const wasm = await this.#openWasm()
    if ((await wasm.version(language)) !== null) return wasm
    const { native: toolchain } = findLanguage(language)
    const ways = [
      ...(toolchain ? [`cupel setup ${language} (apt-get install ${toolchain.install.apt})`] : []),
      ...npm(wasm, language),
    ]
    const hint = ways.length > 0 ? `install it with: ${ways.join(', or: ')}` : 'it has no toolchain'
    const why = this.withoutNative && toolchain ? ` (native isolation is not available: ${this.withoutNative})` : ''
    throw new ToolchainError(`${what} cannot be run here: ${hint}${why}`)
  }
}

/** How to get the engine of a language that has one in WebAssembly, where its package is missing. */
function npm(wasm: Engine | null, language: string): string[] {
  const command = wasm?.install?.(language) ?? null
  return command === null ? [] : [command]
}

function advice(minimum: Tier): string {
  const ways = [
    'start Cupel as root',
    ...(minimum === 'A' ? [] : ['allow user namespaces']),
    ...(minimum === "B'" ? ['use Linux 6.12 or newer'] : []),
  ]
  return `${ways.join(' or ')}, or ask for less (--isolation auto takes what there is)`
}

/** Node takes more than ten listeners for a leak. */
function endsMany(signal: AbortSignal | undefined): void {
  if (signal) setMaxListeners(0, signal)
}
