/**
 * Compiles in the sandbox, and once only: what is the same is looked up (compile-cache.ts), and what is asked for twice at
 * the same time is done once. Only what would come out the same again is kept: never a compile that met a limit.
 *
 * Does not cover: an upgrade of libraries or headers that leaves the compiler's version text as it was; such an upgrade
 * needs `rm -r` of `compiled` in the cache folder to be seen.
 */
import { createHash } from 'node:crypto'
import type { CompilePart } from '../../../kernel/index.js'
import type { CompileCache, Compiled } from './compile-cache.js'
import { compileLimits } from './compile-limits.js'
import { leftFiles, request } from './left.js'
import { outcomeOf } from './outcome.js'
import type { Pool } from './pool.js'
import { type Reply, flag, jobType, strings } from './protocol.js'
import type { WarmCompiler } from './warm-compiler.js'

/** Changes whenever the same compile may come out otherwise. */
const format = 1

export interface CompileJob {
  readonly language: string
  /** What the compiler says of itself. */
  readonly version: string
  readonly argv: readonly string[]
  readonly env: Buffer
  readonly files: readonly (readonly [string, Buffer])[]
  /** Which files it makes; patterns as in a program's `collect`. */
  readonly makes: readonly string[]
  /** Options that make it faster and change nothing about its result: for precompiled headers, and for linking. */
  readonly faster?: { readonly headers: readonly string[]; readonly linking: readonly string[] }
  readonly noAddressSpaceLimit?: boolean
  readonly tenant?: string | undefined
  /** A compiler that may be warm already, its options, and the sources, which are all it is given. */
  readonly warm?: {
    readonly compiler: WarmCompiler
    readonly options: readonly string[]
    readonly files: readonly (readonly [string, Buffer])[]
  }
}

export type CompileResult =
  | { readonly kind: 'made'; readonly part: CompilePart; readonly files: Compiled['files'] }
  | { readonly kind: 'failed'; readonly part: CompilePart; readonly reason?: string }
  /** The sandbox could not do it, which is nobody's failure. */
  | { readonly kind: 'broken'; readonly reply: Reply }

/** A compiler that something outside its source has ended may do better next time. */
const passing =
  /killed|terminated|internal compiler error|cannot allocate|out of memory|no space left|resource temporarily|too many open files|(cpu time|file size) limit/i

export class Compiler {
  readonly #pool: Pick<Pool, 'run'>
  readonly #cache: CompileCache | null
  readonly #running = new Map<string, Promise<CompileResult>>()
  readonly #exactMemory: boolean

  constructor(pool: Pick<Pool, 'run'>, cache: CompileCache | null, exactMemory = false) {
    this.#pool = pool
    this.#exactMemory = exactMemory
    this.#cache = cache
  }

  async compile(job: CompileJob): Promise<CompileResult> {
    if (!this.#cache) return (await this.#perform(job)).result
    const key = keyOf(job)
    const running = this.#running.get(key)
    if (running) return asCached(await running)
    const result = this.#lookUp(key, job, this.#cache)
    this.#running.set(key, result)
    try {
      return await result
    } finally {
      this.#running.delete(key)
    }
  }

  async #lookUp(key: string, job: CompileJob, cache: CompileCache): Promise<CompileResult> {
    const found = await cache.get(key)
    if (found) return asCached(resultOf(found))
    const { result, keep } = await this.#perform(job)
    if (keep) await cache.put(key, keep)
    return result
  }

  async #perform(job: CompileJob): Promise<{ result: CompileResult; keep?: Compiled }> {
    const warm = await job.warm?.compiler.compile(job.warm.options, job.warm.files)
    if (warm) return { result: resultOf(warm), keep: warm }
    const { headers = [], linking = [] } = job.faster ?? {}
    const done = await this.#once(job, [...headers, ...linking])
    if (done.result.kind !== 'failed') return done
    // What a program is told about its errors comes from the plain command.
    const isPlain = headers.length === 0 && (linking.length === 0 || !done.result.part.stderr.includes('collect2'))
    return isPlain ? done : this.#once(job, [])
  }

  async #once(job: CompileJob, more: readonly string[]): Promise<{ result: CompileResult; keep?: Compiled }> {
    const [command = '', ...args] = job.argv
    const files = job.files.flatMap(([name, content]) => [Buffer.from(name), content])
    const collect = request(compileLimits, 'all', job.makes)
    const blobs = [strings([command, ...more, ...args]), job.env, Buffer.alloc(0), collect, ...files]
    const flags = flag.collect | (job.noAddressSpaceLimit ? flag.noAddressSpaceLimit : 0)
    const reply = await this.#pool.run({
      frame: { type: jobType.run, flags, limits: compileLimits, blobs },
      tenant: job.tenant,
    })
    const { outcome, reason } = outcomeOf(reply, compileLimits, this.#exactMemory)
    const left = outcome === 'infrastructure' ? null : leftFiles(reply.report)
    if (!left) return { result: { kind: 'broken', reply } }

    const made = left.files.flatMap(({ name, content, mode }) =>
      content ? [{ name: name.toString('utf8'), content: Buffer.from(content), mode }] : [],
    )
    const ok = outcome === 'ok' && made.length > 0 && made.length === left.files.length && left.unnamed === 0
    const stdout = reply.stdout.toString('utf8')
    const stderr = reply.stderr.toString('utf8')
    const { cpuMs, wallMs, peakBytes } = reply
    const compiled = { ok, stdout, stderr, cpuMs, wallMs, peakBytes, files: ok ? made : [] }
    if (ok) return { result: resultOf(compiled), keep: compiled }
    const refused = outcome === 'runtime-error' && reply.signal === 0 && !passing.test(stderr)
    if (refused) return { result: resultOf(compiled), keep: compiled }
    const why =
      outcome === 'ok'
        ? `it made ${left.files.length === 0 ? 'nothing' : `more than ${compileLimits.fileBytes / 2 ** 20} MB or ${compileLimits.files} files`}`
        : (reason ?? outcome)
    return { result: { kind: 'failed', part: { ...partOf(compiled), cached: false }, reason: `the compiler: ${why}` } }
  }
}

function keyOf({ language, version, argv, env, files, makes, noAddressSpaceLimit }: CompileJob): string {
  const hash = createHash('sha256')
  const names = files.map(([name, content]) => [name, content.length])
  const how = [
    format,
    process.arch,
    language,
    version,
    argv,
    env.toString('base64'),
    makes,
    noAddressSpaceLimit === true,
  ]
  hash.update(`${JSON.stringify([...how, names])}\n`)
  for (const [, content] of files) hash.update(content)
  return hash.digest('hex')
}

function resultOf(compiled: Compiled): CompileResult {
  const part = { ...partOf(compiled), cached: false }
  return compiled.ok ? { kind: 'made', part, files: compiled.files } : { kind: 'failed', part }
}

function partOf({ files: _, ...part }: Compiled): Omit<CompilePart, 'cached'> {
  return part
}

function asCached(result: CompileResult): CompileResult {
  return result.kind === 'broken' ? result : { ...result, part: { ...result.part, cached: true } }
}
