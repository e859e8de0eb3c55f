/**
 * The native isolation level: Linux namespaces, seccomp and rlimits (warden.c), with a warm Python.
 * Opened only after a probe has executed each primitive from inside.
 */
import { createHash } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  type CompilePart,
  type Execution,
  type Isolation,
  IsolationError,
  type Language,
  type Limits,
  type Program,
  ToolchainError,
  UsageError,
  limitsFrom,
} from '../../../kernel/index.js'
import { languages } from '../../languages/index.js'
import type { Engine, ExamineJob, Examination, MatrixJob } from '../engine.js'
import type { Session, SessionOptions } from '../session.js'
import { buildWarden } from './build.mjs'
import { examinationOf, parseJson } from './examination.js'
import { findPython } from './interpreter.js'
import { outcomeOf, signalName } from './outcome.js'
import { Networks, proxyEnvironment } from './network.js'
import { Pool, type PoolJob } from './pool.js'
import { type Frame, type Reply, endedBy, flag, jobType, strings } from './protocol.js'
import { Server, type ServerCommand } from './server.js'
import { type SessionCommand, openSession } from './session.js'
import type { SessionServer } from './session-server.js'
import { sessionCommands } from './session-kinds.js'
import { type Sources, dataFiles, sourcesOf } from './sources.js'
import { Toolchains, environment, filled, toolchainBinds } from './toolchains.js'

type Native = NonNullable<Language['native']>

const here = dirname(fileURLToPath(import.meta.url))
const drivers = fileURLToPath(new URL('../../judge/python', import.meta.url))

const compileLimits = limitsFrom({ cpuSeconds: 30, wallSeconds: 60, memoryMb: 2048, diskMb: 256, outputBytes: 1 << 20 })
/** The examiner lives as long as its suite; what it may use is bounded by each candidate's own limits. */
const examinerLimits = limitsFrom({ cpuSeconds: 1e6, wallSeconds: 1e6, memoryMb: 2048, diskMb: 1, processes: 8 })

export interface NativeOptions {
  /** Servers, and with them executions at once; default: the cores of the machine. */
  readonly workers?: number
}

/** Opens the native level or throws an IsolationError that says what is missing. */
export async function openNativeEngine(options: NativeOptions = {}): Promise<Engine> {
  const built = buildWarden()
  if (!built.ok) throw new IsolationError(built.message)
  const warden = `${built.folder}/warden`
  const node = process.execPath
  const nodeBind = node.startsWith('/usr/') ? [] : ['--bind', node, node]
  const cold: ServerCommand = { path: warden, args: [...nodeBind, ...toolchainBinds()] }
  const isolation = await probe(cold)
  const python = await findPython()
  const workers = options.workers ?? Math.max(1, availableParallelism())
  const pools = { cold: new Pool(cold, workers), warm: null as Pool | null }
  let session: Parameters<typeof sessionCommands>[0]['python'] = null
  if (python) {
    const binds = python.folders.flatMap((folder) => ['--bind', folder, folder])
    const files = [
      ...['wire.py', 'candidate.py', 'examiner.py', 'matrix.py'].map((name) => [`${drivers}/${name}`, name]),
      [`${here}/zygote.py`, 'zygote.py'],
      [`${built.folder}/warden.so`, 'warden.so'],
    ]
    const args = [...binds, ...files.flatMap(([from, name]) => ['--bind', from as string, `/cupel/${name}`])]
    const start = ['--', python.path, '-I', '-B', '/cupel/zygote.py']
    pools.warm = new Pool({ path: warden, args: [...args, ...start] }, workers)
    session = { server: { path: warden, args }, start }
  }
  const toolchains = new Toolchains(pools.cold, node, python ? `Python ${python.version} (${python.path})` : null)
  const sessions = sessionCommands({ cold, python: session, node })
  const networks = new Networks(
    cold,
    session && { path: warden, args: [...session.server.args, ...session.start] },
    workers,
  )
  return new NativeEngine(isolation, toolchains, pools, node, sessions, networks)
}

/** Runs a program in the sandbox that reports what it can and cannot do there. */
async function probe(command: ServerCommand): Promise<Isolation> {
  const server = new Server(command)
  try {
    const limits = limitsFrom({ cpuSeconds: 5, diskMb: 16 })
    const reply = await server.job({ type: jobType.probe, flags: 0, limits, blobs: [] })
    const answers = new Map(
      reply.stdout
        .toString('utf8')
        .split('\n')
        .map((line) => line.split('=') as [string, string]),
    )
    const has = [...answers].filter(([, answer]) => answer === 'yes').map(([name]) => name)
    const lacks = [...answers].filter(([name, answer]) => answer === 'no' && name !== 'own-uid').map(([name]) => name)
    if (reply.endedBy === endedBy.notStarted || has.length === 0)
      throw new IsolationError(`the sandbox could not be set up: ${reply.stderr.toString('utf8').trim()}`)
    if (lacks.length > 0) throw new IsolationError(`the sandbox does not hold here: ${lacks.join(', ')}`)
    return { level: 'native', tier: answers.get('own-uid') === 'yes' ? 'A' : 'B', primitives: has }
  } catch (error) {
    if (error instanceof IsolationError) throw error
    throw new IsolationError(`namespaces cannot be used here (${(error as Error).message})`, { cause: error })
  } finally {
    await server.close()
  }
}

class NativeEngine implements Engine {
  readonly isolation: Isolation
  readonly #toolchains: Toolchains
  readonly #pools: { readonly cold: Pool; readonly warm: Pool | null }
  readonly #node: string
  readonly #commands: ReadonlyMap<string, SessionCommand>
  readonly #sessions = new Set<SessionServer>()
  readonly #networks: Networks

  constructor(
    isolation: Isolation,
    toolchains: Toolchains,
    pools: { cold: Pool; warm: Pool | null },
    node: string,
    commands: ReadonlyMap<string, SessionCommand>,
    networks: Networks,
  ) {
    this.#networks = networks
    this.#commands = commands
    this.isolation = isolation
    this.#toolchains = toolchains
    this.#pools = pools
    this.#node = node
  }

  version(language: string): Promise<string | null> {
    return this.#toolchains.version(language)
  }

  get sessions(): ReadonlySet<string> {
    return new Set(this.#commands.keys())
  }

  async session(options: SessionOptions): Promise<Session> {
    const { language } = options
    const command = this.#commands.get(language)
    if (!command) throw new UsageError(`${language} has no sessions here`)
    if (!command.warm && (await this.version(language)) === null)
      throw new ToolchainError(`${language} is not installed here: cupel setup ${language}`)
    return openSession(command, options, this.isolation, this.#sessions)
  }

  /** Only what has an examiner that runs natively. */
  canExamine(language: string): boolean {
    return language === 'python' && this.#pools.warm !== null
  }

  async run(program: Program, limits: Limits): Promise<Execution> {
    const language = await this.#language(program.language)
    const native = language.native as NonNullable<Language['native']>
    const sources = sourcesOf(language, program)
    if ('error' in sources) return this.#compileFailed(sources.error)
    let { files } = sources
    let compile: CompilePart | undefined
    if (native.compile) {
      const reply = await this.#compile(native, sources)
      compile = compilePart(reply)
      const made = collected(reply)
      if (reply.endedBy === endedBy.notStarted) return this.#execution(reply, limits)
      if (!compile.ok || !made)
        return this.#compileFailed(compile.stderr || compile.stdout || 'nothing was made', compile)
      files = [['out', made], ...dataFiles(language, sources)]
    }
    const reply = await this.#start(native, { ...sources, files }, program, limits)
    return { ...this.#execution(reply, limits, native), ...(compile ? { compile } : {}) }
  }

  async #compile(native: Native, sources: Sources): Promise<Reply> {
    const argv = this.#filled(native.compile ?? [], sources, compileLimits)
    const env = environment(native, compileLimits)
    const blobs = [strings(argv), env, Buffer.alloc(0), strings(['out']), ...pairs(sources.files)]
    const flags = flag.collect | (native.reservesAddressSpace ? flag.noAddressSpaceLimit : 0)
    return this.#pools.cold.run({ frame: { type: jobType.run, flags, limits: compileLimits, blobs } })
  }

  async #start(native: Native, sources: Sources, program: Program, limits: Limits): Promise<Reply> {
    const args = program.args ?? []
    const warm = native.warm === 'python'
    const argv = [...(warm ? [sources.entry] : this.#filled(native.run, sources, limits)), ...args]
    const stdin = Buffer.from(program.stdin ?? '')
    const reaches = (limits.network ?? []).length > 0
    const extra = { ...(reaches ? proxyEnvironment : {}), ...program.env }
    const pools = reaches ? await this.#networks.to(limits.network ?? []) : this.#pools
    // The warm interpreter has the clean environment already.
    const env = warm
      ? strings(Object.entries({ ...native.env, ...extra }).map(([name, value]) => `${name}=${value}`))
      : environment(native, limits, extra)
    const blobs = [strings(argv), env, stdin, strings([]), ...pairs(sources.files)]
    const flags = (warm ? flag.warm : 0) | (native.reservesAddressSpace ? flag.noAddressSpaceLimit : 0)
    const pool = warm ? (pools.warm as Pool) : pools.cold
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
    await Promise.all([...this.#sessions].map((server) => server.close()))
    await this.#networks.close()
    await Promise.all([this.#pools.cold.close(), this.#pools.warm?.close()])
  }

  async #language(name: string): Promise<Language> {
    const language = languages.find((one) => one.name === name)
    if (!language || (await this.version(name)) === null) throw new UsageError(`${name} cannot be run natively here`)
    return language
  }

  #filled(words: readonly string[], { entry, names, main }: Sources, limits: Limits): string[] {
    return filled(words, { node: this.#node, limits, entry, files: names, main })
  }

  #execution(reply: Reply, limits: Limits, native?: Native): Execution {
    return {
      ...outcomeOf(reply, limits, native),
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

function pairs(files: readonly (readonly [string, Buffer])[]): Buffer[] {
  return files.flatMap(([name, content]) => [Buffer.from(name), content])
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
