/**
 * The sandbox: the strongest isolation that a probe has shown to work here, chosen per language and printed with every
 * result. Asking for a level by name means that level or an error, never something weaker.
 */
import {
  type Execution,
  type Isolation,
  IsolationError,
  type Limits,
  type Program,
  ToolchainError,
  describeError,
  limitsFrom,
} from '../../kernel/index.js'
import { findLanguage } from '../language.js'
import { type IsolationChoice, chooseIsolation, minimumTier } from './choice.js'
import type { Engine, ExamineJob, Examination, MatrixJob } from './engine.js'
import { openNativeEngine } from './native/engine.js'
import type { Tier } from './native/tiers.js'

export type { IsolationChoice } from './choice.js'

export interface SandboxOptions {
  /** `auto` (default): native where it holds, wasm for the rest. `native:B`: tier B or better, or an error. */
  readonly isolation?: IsolationChoice
  /** Executions at once; default: the cores of the machine. */
  readonly workers?: number
}

export interface LanguageStatus {
  readonly language: string
  readonly isolation: 'native' | 'wasm' | null
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

  /** The level that programs of this language get. */
  async isolationOf(language: string, use: 'run' | 'examine' = 'run'): Promise<Isolation> {
    return this.#explained(language, (await this.#engine(language, use)).isolation)
  }

  /** Runs one program. What the program does wrong is an outcome, not an error. */
  async run(program: Program, limits: Partial<Limits> = {}): Promise<Execution> {
    const language = findLanguage(program.language).name
    const engine = await this.#engine(language, 'run')
    const done = await engine.run({ ...program, language }, limitsFrom(limits))
    return { ...done, isolation: this.#explained(language, done.isolation) }
  }

  /** Runs programs at once, as many as there are workers, and yields in order; reads the source only as fast as it runs. */
  async *runMany(
    programs: AsyncIterable<Program> | Iterable<Program>,
    limits: Partial<Limits> = {},
  ): AsyncGenerator<Execution> {
    const window: Promise<Execution>[] = []
    for await (const program of programs) {
      const running = this.run(program, limits)
      running.catch(() => {})
      window.push(running)
      if (window.length >= 64) yield (await window.shift()) as Execution
    }
    while (window.length > 0) yield (await window.shift()) as Execution
  }

  async examine(job: ExamineJob): Promise<Examination & { isolation: Isolation }> {
    const engine = await this.#engine(job.language, 'examine')
    return { ...(await engine.examine(job)), isolation: this.#explained(job.language, engine.isolation) }
  }

  async *matrix(job: MatrixJob): AsyncGenerator<{ readonly program: number; readonly row: readonly boolean[] }> {
    const engine = await this.#engine(job.language, 'examine')
    yield* engine.matrix(job)
  }

  async languages(): Promise<LanguageStatus[]> {
    const { languages } = await import('../languages/index.js')
    const wasm = minimumTier(this.#choice) ? null : await this.#openWasm()
    return languages.map((language) => {
      const native = this.#native?.languages.get(language.name)
      if (native !== undefined) return { language: language.name, isolation: 'native', version: native }
      const inWasm = wasm?.languages.get(language.name)
      if (inWasm !== undefined) return { language: language.name, isolation: 'wasm', version: inWasm }
      const install = language.native ? { install: `apt-get install ${language.native.install.apt}` } : {}
      return { language: language.name, isolation: null, version: null, ...install }
    })
  }

  /** Ends every process the sandbox started. */
  async close(): Promise<void> {
    await this.#native?.close()
    if (this.#wasm) await (await this.#wasm).close()
  }

  /** Says why a program did not get the native level although it is open. */
  #explained(language: string, isolation: Isolation): Isolation {
    if (isolation.level !== 'wasm' || isolation.because || this.withoutNative) return isolation
    const { native } = findLanguage(language)
    if (!native) return { ...isolation, because: `${language} has no native toolchain in Cupel` }
    if (this.#native?.languages.has(language))
      return { ...isolation, because: `${language} function problems are judged in WebAssembly` }
    return { ...isolation, because: `no ${native.run[0]} was found here (apt-get install ${native.install.apt})` }
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

  async #engine(language: string, use: 'run' | 'examine'): Promise<Engine> {
    const native = this.#native
    if (native?.languages.has(language) && (use === 'run' || !native.canExamine || native.canExamine(language)))
      return native
    const what = use === 'run' ? `${language} programs` : `${language} function problems`
    if (minimumTier(this.#choice))
      throw new IsolationError(`${what} have no native isolation here; use --isolation auto`)
    const wasm = await this.#openWasm()
    if (wasm.languages.has(language)) return wasm
    const { native: toolchain } = findLanguage(language)
    const hint = toolchain ? `install it with: apt-get install ${toolchain.install.apt}` : 'it has no toolchain'
    const why = this.withoutNative && toolchain ? ` (native isolation is not available: ${this.withoutNative})` : ''
    throw new ToolchainError(`${what} cannot be run here: ${hint}${why}`)
  }
}

function advice(minimum: Tier): string {
  const ways = [
    'start Cupel as root',
    ...(minimum === 'A' ? [] : ['allow user namespaces']),
    ...(minimum === "B'" ? ['use Linux 6.12 or newer'] : []),
  ]
  return `${ways.join(' or ')}, or ask for less (--isolation auto takes what there is)`
}
