/**
 * C and C++: sources become a WASI module in one child, the module runs in another. Programs that were compiled lately
 * are not compiled again, so that many inputs for one program cost one compilation.
 * Covers: what hosts/clang.mjs, hosts/command.mjs and guest/c cover. Does not cover: what they don't.
 */
import { createHash, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import PQueue from 'p-queue'
import {
  type CompilePart,
  type Execution,
  type Isolation,
  type Limits,
  limitsFrom,
  type Program,
} from '../../../kernel/index.js'
import { keyOf, kept } from './cache.js'
import { Child } from './child.js'
import { watchOf } from './javascript.js'
import { collectOf, filesOf, type Left } from './left.js'
import { type End, execution } from './outcome.js'
import { clangRuntime, commandRuntime, packageVersion, type Runtime, wasmFolder } from './packages.js'
import { Spares } from './spares.js'

/** What the compiler may use; WebAssembly makes it some three times slower than it is natively. */
const compileLimits = limitsFrom({
  cpuSeconds: 90,
  wallSeconds: 180,
  memoryMb: 2048,
  outputBytes: 1 << 20,
  diskMb: 256,
})
/** A compiler takes half a gigabyte. */
const mostCompilers = 2
const mostKept = 64

interface BuildReport {
  readonly nonce: string
  /** Diagnostics. */
  readonly said: string
  /** The module in base64, if there is one. */
  readonly module?: string
}
interface RunReport {
  readonly nonce: string
  readonly stop: End
  readonly left?: Left
}
type Built = { readonly part: CompilePart; readonly module?: string } | { readonly failed: Execution }

const base64 = (content: string | Uint8Array) => Buffer.from(content).toString('base64')

export class Clang {
  readonly #commands: Spares
  readonly #built = new Map<string, Promise<Built>>()
  readonly #compiling: PQueue
  #compilers: Spares | undefined
  #preparing: Promise<string | undefined> = Promise.resolve(undefined)

  constructor(
    readonly flags: readonly string[],
    readonly workers: number,
    readonly isolation: Isolation,
  ) {
    this.#commands = new Spares(commandRuntime(), { flags }, Math.min(workers, 2))
    this.#compiling = new PQueue({ concurrency: Math.min(workers, mostCompilers) })
  }

  async run(program: Program, limits: Limits, signal?: AbortSignal): Promise<Execution> {
    // What is compiled may be wanted by others too, so giving up does not end it.
    const built = await this.#build(program)
    signal?.throwIfAborted()
    if ('failed' in built) return built.failed
    const { part, module } = built
    if (module === undefined) return this.#refused(part)
    const job = {
      nonce: randomUUID(),
      module,
      name: program.entry.replace(/\.[^./]*$/, ''),
      files: contentOf(program, (name) => !isSource(program, name)),
      args: program.args ?? [],
      env: program.env ?? {},
      stdin: base64(program.stdin ?? ''),
      ...limitsOf(limits),
      ...collectOf(program, limits),
    }
    const result = await this.#commands.under(signal).perform<RunReport>(job, watchOf(limits))
    const done = execution(result, this.isolation, result.report?.stop)
    return { ...done, ...filesOf(result.report?.left, limits), compile: part }
  }

  #build(program: Program): Promise<Built> {
    const key = createHash('sha256')
      .update(JSON.stringify([program.language, program.entry, contentOf(program, () => true)]))
      .digest('hex')
    const before = this.#built.get(key)
    const built = before ?? (this.#compiling.add(() => this.#compile(program)) as Promise<Built>)
    // Last used last; the first one goes.
    this.#built.delete(key)
    this.#built.set(key, built)
    const [oldest] = this.#built.keys()
    if (this.#built.size > mostKept && oldest !== undefined) this.#built.delete(oldest)
    const forget = () => this.#built.delete(key)
    built.then((it) => 'failed' in it && forget(), forget)
    if (before === undefined) return built
    return built.then((it) => ('failed' in it ? it : { ...it, part: { ...it.part, cached: true } }))
  }

  async #compile(program: Program): Promise<Built> {
    this.#preparing = this.#preparing.then(() => prepare(this.flags, program.language))
    const folder = await this.#preparing
    const compilers = this.#open(folder)
    const job = {
      nonce: randomUUID(),
      language: program.language,
      files: contentOf(program, () => true),
      sources: sourcesOf(program),
      ...limitsOf(compileLimits),
    }
    const result = await compilers.perform<BuildReport>(job, watchOf(compileLimits))
    const { report, wallMs } = result
    const cpuMs = report?.cpuMs ?? result.outsideCpuMs
    if (report !== undefined) {
      const ok = report.module !== undefined
      const part = { ok, cached: false, stdout: '', stderr: report.said, cpuMs, wallMs, peakBytes: report.peakBytes }
      return ok ? { part, module: report.module } : { part }
    }
    if (result.killed === undefined) return { failed: execution(result, this.isolation, undefined) }
    const stderr = `The compiler was stopped: it used more than its ${compileLimits.cpuSeconds} s.\n`
    return { part: { ok: false, cached: false, stdout: '', stderr, cpuMs, wallMs, peakBytes: 0 } }
  }

  #refused(part: CompilePart): Execution {
    const none = { exitCode: null, signal: null, stdout: '', cpuMs: 0, wallMs: 0, peakBytes: 0 }
    return { outcome: 'compile-error', ...none, stderr: part.stderr, isolation: this.isolation, compile: part }
  }

  #open(folder: string | undefined): Spares {
    const base = clangRuntime()
    const runtime: Runtime = { ...base, args: [...base.args, folder ?? '-', 'compiler'] }
    this.#compilers ??= new Spares(runtime, { flags: this.flags, reads: folder === undefined ? [] : [folder] }, 1)
    return this.#compilers
  }

  async close(): Promise<void> {
    this.#compiling.clear()
    await Promise.all([this.#commands.close(), this.#compilers?.close()])
  }
}

/**
 * What every compiler child would have to make for itself, made once for this machine: the folder it is in. Without a
 * cache folder each child makes what it needs; that is slower, not different.
 */
async function prepare(flags: readonly string[], language: string): Promise<string | undefined> {
  const base = clangRuntime()
  const sources = ['process.c', 'exceptions.cpp', 'everything.h'].map((name) => join(wasmFolder, 'guest', 'c', name))
  const key = keyOf([packageVersion(base.folder)], [join(wasmFolder, 'hosts', 'clang.mjs'), ...sources])
  let folder: string | undefined
  try {
    for (const name of language === 'c' ? ['process'] : ['process', 'exceptions', language])
      folder = await kept('clang', key, name, () =>
        Child.oneFrame({ ...base, args: [...base.args, '-', 'prepare', name] }, { flags }),
      )
  } catch {
    return undefined
  }
  return folder
}

function limitsOf({ cpuSeconds, memoryMb, outputBytes, diskMb }: Limits) {
  return { cpuMs: cpuSeconds * 1000, memoryMb, outputBytes, diskMb }
}

function isSource({ language }: Program, name: string): boolean {
  return language === 'c' ? name.endsWith('.c') : /\.(cpp|cc|cxx|cpp20)$/.test(name)
}

function contentOf(program: Program, wanted: (name: string) => boolean): Record<string, string> {
  const all = Object.entries(program.files).filter(([name]) => wanted(name))
  return Object.fromEntries(all.map(([name, content]) => [name, base64(content)]))
}

/** The entry, and every other source that none of the files includes. */
function sourcesOf(program: Program): string[] {
  const texts = Object.values(program.files).map((content) => Buffer.from(content).toString('utf8'))
  const included = new Set(
    texts.flatMap((text) =>
      [...text.matchAll(/^\s*#\s*include\s*"([^"]+)"/gm)].map(([, name]) => base(name as string)),
    ),
  )
  const others = Object.keys(program.files).filter((name) => isSource(program, name) && !included.has(base(name)))
  return [program.entry, ...others.filter((name) => name !== program.entry)]
}

function base(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
