/**
 * The native isolation level: Linux namespaces, seccomp and rlimits (warden.c), with a warm Python.
 * Opened only after a probe has executed each primitive from inside.
 */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import {
  type CompilePart,
  type Execution,
  type Isolation,
  IsolationError,
  type Language,
  type Limits,
  type Program,
  UsageError,
  limitsFrom,
} from '../../../kernel/index.js'
import { languages } from '../../languages/index.js'
import { withoutTypes } from '../typescript.js'
import type { Engine, ExamineJob, Examination, MatrixJob } from '../engine.js'
import { buildWarden } from './build.mjs'
import { examinationOf, parseJson } from './examination.js'
import { findPython } from './interpreter.js'
import { outcomeOf, signalName } from './outcome.js'
import { Pool, type PoolJob } from './pool.js'
import { type Frame, type Reply, endedBy, flag, jobType, strings } from './protocol.js'
import type { ServerCommand } from './server.js'
import { type OpenTier, type Tier, openTier } from './tiers.js'

const call = promisify(execFile)
const here = dirname(fileURLToPath(import.meta.url))
const drivers = fileURLToPath(new URL('../../judge/python', import.meta.url))

const compileLimits = limitsFrom({ cpuSeconds: 30, wallSeconds: 60, memoryMb: 2048, diskMb: 256, outputBytes: 1 << 20 })
/** The examiner lives as long as its suite; what it may use is bounded by each candidate's own limits. */
const examinerLimits = limitsFrom({ cpuSeconds: 1e6, wallSeconds: 1e6, memoryMb: 2048, diskMb: 1, processes: 8 })

export interface NativeOptions {
  /** Servers, and with them executions at once; default: the cores of the machine. */
  readonly workers?: number
  /** The weakest tier that will do; default: any. */
  readonly minimum?: Tier
}

/** Opens the native level or throws an IsolationError that says what is missing. */
export async function openNativeEngine(options: NativeOptions = {}): Promise<Engine> {
  const built = buildWarden()
  if (!built.ok) throw new IsolationError(built.message)
  const warden = `${built.folder}/warden`
  const node = process.execPath
  const nodeBind = node.startsWith('/usr/') ? [] : ['--bind', node, node]
  const tier = await openTier(warden, options.minimum)
  const cold: ServerCommand = { path: warden, args: [...tier.args, ...nodeBind] }
  const python = await findPython()
  const found = await findToolchains(node, python ? `Python ${python.version} (${python.path})` : null)
  const workers = options.workers ?? Math.max(1, availableParallelism())
  const pools = { cold: new Pool(cold, workers), warm: null as Pool | null }
  if (python) {
    const binds = python.folders.flatMap((folder) => ['--bind', folder, folder])
    const files = [
      ...['wire.py', 'candidate.py', 'examiner.py', 'matrix.py'].map((name) => [`${drivers}/${name}`, name]),
      [`${here}/zygote.py`, 'zygote.py'],
      [`${built.folder}/warden.so`, 'warden.so'],
    ]
    const args = [
      ...tier.args,
      ...binds,
      ...files.flatMap(([from, name]) => ['--bind', from as string, `/cupel/${name}`]),
    ]
    pools.warm = new Pool({ path: warden, args: [...args, '--', python.path, '-I', '-B', '/cupel/zygote.py'] }, workers)
  }
  return new NativeEngine(tier, found, pools, node)
}

async function findToolchains(node: string, python: string | null): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  await Promise.all(
    languages.map(async ({ name, native }) => {
      if (!native) return
      if (native.warm === 'python') {
        if (python) found.set(name, python)
        return
      }
      const [command = '', ...args] = native.probe.map((word) => word.replace('{node}', node))
      try {
        const { stdout, stderr } = await call(command, args, { timeout: 20_000 })
        found.set(name, (stdout || stderr).split('\n')[0]?.trim() ?? '')
      } catch {}
    }),
  )
  return found
}

class NativeEngine implements Engine {
  readonly isolation: Isolation
  readonly languages: ReadonlyMap<string, string>
  readonly #pools: { readonly cold: Pool; readonly warm: Pool | null }
  readonly #node: string
  readonly #exactMemory: boolean

  constructor(
    { isolation, exactMemory }: OpenTier,
    found: ReadonlyMap<string, string>,
    pools: { cold: Pool; warm: Pool | null },
    node: string,
  ) {
    this.isolation = isolation
    this.#exactMemory = exactMemory
    this.languages = found
    this.#pools = pools
    this.#node = node
  }

  /** Only what has an examiner that runs natively. */
  canExamine(language: string): boolean {
    return language === 'python' && this.#pools.warm !== null
  }

  async run(program: Program, limits: Limits): Promise<Execution> {
    const language = this.#language(program.language)
    checkNames(program, limits)
    let files: (readonly [string, Buffer])[] = Object.entries(program.files).map(([name, content]) => [
      name,
      Buffer.from(content),
    ])
    let entry = program.entry
    if (language.name === 'typescript') {
      const plain = withoutTypes(program)
      if ('error' in plain) return this.#compileFailed(plain.error)
      files = plain.files.map(([name, content]) => [name, Buffer.from(content)])
      entry = plain.entry
    }
    let compile: CompilePart | undefined
    const native = language.native as NonNullable<Language['native']>
    if (native.compile) {
      const reply = await this.#compile(native.compile, files, entry)
      compile = compilePart(reply)
      const made = collected(reply)
      if (reply.endedBy === endedBy.notStarted) return this.#execution(reply, limits)
      if (!compile.ok || !made)
        return this.#compileFailed(compile.stderr || compile.stdout || 'nothing was made', compile)
      files = [['out', made]]
    }
    const reply = await this.#start(language, files, entry, program, limits)
    return { ...this.#execution(reply, limits, native.syntaxError), ...(compile ? { compile } : {}) }
  }

  async #compile(
    command: readonly string[],
    files: readonly (readonly [string, Buffer])[],
    entry: string,
  ): Promise<Reply> {
    const argv = command.map((word) => this.#fill(word, entry, compileLimits))
    const blobs = [strings(argv), environment({}), Buffer.alloc(0), strings(['out']), ...pairs(files)]
    return this.#pools.cold.run({ frame: { type: jobType.run, flags: flag.collect, limits: compileLimits, blobs } })
  }

  async #start(
    language: Language,
    files: readonly (readonly [string, Buffer])[],
    entry: string,
    program: Program,
    limits: Limits,
  ): Promise<Reply> {
    const native = language.native as NonNullable<Language['native']>
    const args = program.args ?? []
    const warm = native.warm === 'python'
    const argv = warm ? [entry, ...args] : [...native.run.map((word) => this.#fill(word, entry, limits)), ...args]
    const stdin = Buffer.from(program.stdin ?? '')
    const extra = { ...native.env, ...program.env }
    // The warm interpreter has the clean environment already.
    const env = warm ? strings(Object.entries(extra).map(([name, value]) => `${name}=${value}`)) : environment(extra)
    const blobs = [strings(argv), env, stdin, strings([]), ...pairs(files)]
    const flags = (warm ? flag.warm : 0) | (native.reservesAddressSpace ? flag.noAddressSpaceLimit : 0)
    const pool = warm ? (this.#pools.warm as Pool) : this.#pools.cold
    return pool.run({ frame: { type: jobType.run, flags, limits, blobs } })
  }

  async examine(job: ExamineJob): Promise<Examination> {
    const mode = job.suite.mode ?? 'proxy'
    const { trusted, script, entryPoint: entry } = job.suite
    const suite = suiteOf({ kind: 'assertions', trusted, script, entry, mode })
    const reply = await this.#judge(suite, job.code, job.limits)
    const examined = examinationOf(reply, mode)
    if (examined.ended !== 'cannot-cross') return examined
    // Only what the test script itself passes can bring us here, never what a candidate returns.
    return this.examine({ ...job, suite: { ...job.suite, mode: 'in-process' } })
  }

  async *matrix(job: MatrixJob): AsyncGenerator<{ program: number; row: boolean[] }> {
    const { trusted, tests, entryPoint: entry, perTestSeconds: seconds } = job
    const suite = suiteOf({ kind: 'matrix', trusted, tests, entry, seconds })
    const rows = job.programs.map(async (code, program) => {
      const reply = await this.#judge(suite, code, job.limits)
      const report = parseJson(reply.report) as { row?: unknown } | null
      const row = typeof report?.row === 'string' ? [...report.row].map((mark) => mark === '1') : tests.map(() => false)
      return { program, row }
    })
    for (const row of rows) yield await row
  }

  #judge(suite: NonNullable<PoolJob['suite']>, code: string, limits: Limits): Promise<Reply> {
    const frame: Frame = { type: jobType.judge, flags: flag.warm, limits, blobs: [Buffer.from(code)] }
    return (this.#pools.warm as Pool).run({ frame, suite })
  }

  async close(): Promise<void> {
    await Promise.all([this.#pools.cold.close(), this.#pools.warm?.close()])
  }

  #language(name: string): Language {
    const language = languages.find((one) => one.name === name)
    if (!language || !this.languages.has(name)) throw new UsageError(`${name} cannot be run natively here`)
    return language
  }

  #fill(word: string, entry: string, limits: Limits): string {
    return word
      .replace('{file}', entry)
      .replace('{out}', 'out')
      .replace('{node}', this.#node)
      .replace('{memory}', String(limits.memoryMb))
  }

  #execution(reply: Reply, limits: Limits, syntaxError?: RegExp): Execution {
    return {
      ...outcomeOf(reply, limits, this.#exactMemory, syntaxError),
      exitCode: reply.signal > 0 || reply.exitCode < 0 ? null : reply.exitCode,
      signal: signalName(reply.signal),
      stdout: reply.stdout.toString('utf8'),
      stderr: reply.stderr.toString('utf8'),
      cpuMs: reply.cpuMs,
      wallMs: reply.wallMs,
      peakBytes: reply.peakBytes,
      isolation: this.isolation,
    }
  }

  #compileFailed(message: string, compile?: CompilePart): Execution {
    const part = compile ?? { ok: false, stdout: '', stderr: message, cpuMs: 0, wallMs: 0 }
    const none = { exitCode: null, signal: null, stdout: '', stderr: message, cpuMs: 0, wallMs: 0, peakBytes: 0 }
    return { outcome: 'compile-error', ...none, isolation: this.isolation, compile: { ...part, ok: false } }
  }
}

function suiteOf(content: Record<string, unknown>): NonNullable<PoolJob['suite']> {
  const blob = Buffer.from(JSON.stringify(content))
  const key = createHash('sha256').update(blob).digest('base64')
  return { key, frame: { type: jobType.suite, flags: flag.warm, limits: examinerLimits, blobs: [blob] } }
}

/** The clean environment of a program that is not forked from a warm interpreter. */
function environment(extra: Readonly<Record<string, string>>): Buffer {
  const env = {
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    HOME: '/tmp/work',
    TMPDIR: '/tmp',
    LANG: 'C.UTF-8',
    TZ: 'UTC',
    ...extra,
  }
  return strings(Object.entries(env).map(([name, value]) => `${name}=${value}`))
}

function pairs(files: readonly (readonly [string, Buffer])[]): Buffer[] {
  return files.flatMap(([name, content]) => [Buffer.from(name), content])
}

function checkNames(program: Program, limits: Limits): void {
  let bytes = 0
  for (const [name, content] of Object.entries(program.files)) {
    bytes += content.length
    const parts = name.split('/')
    if (
      name === '' ||
      name.includes('\0') ||
      name.length > 1000 ||
      parts.some((part) => part === '' || part === '.' || part === '..')
    )
      throw new UsageError(`«${name}» cannot be the name of a file in the sandbox: give a relative path without «..»`)
  }
  if (bytes > limits.diskMb * 1024 * 1024)
    throw new UsageError(
      `the files are larger than the ${limits.diskMb} MB of disk the program may use: raise the limit`,
    )
}

/** status (int32), then for each collected name a size (int32, -1 for none) and its bytes */
function collected(reply: Reply): Buffer | null {
  const { report } = reply
  if (report.length < 8) return null
  const size = report.readInt32LE(4)
  return size >= 0 && report.length >= 8 + size ? report.subarray(8, 8 + size) : null
}

function compilePart(reply: Reply): CompilePart {
  const ok = reply.endedBy === endedBy.itself && reply.report.length >= 4 && reply.report.readInt32LE(0) === 0
  const { cpuMs, wallMs } = reply
  return { ok, stdout: reply.stdout.toString('utf8'), stderr: reply.stderr.toString('utf8'), cpuMs, wallMs }
}
