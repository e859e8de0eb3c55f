/**
 * One hardened child process of node, in which a guest runs inside WebAssembly.
 *
 * Covers: node's permission model (files of our own and of the interpreter only, no child processes, no workers, no native
 * addons), no code from strings, empty environment, no standard input, wall deadline with SIGKILL, bounded output, capped
 * heap, a CPU deadline from outside on Linux, and what hosts/harden.mjs takes away inside.
 * Does not cover: the network on node 20 other than by harden.mjs; a separate user or kernel namespace (that is `native`).
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { FrameReader, frame } from './frames.js'
import { type Runtime, wasmFolder } from './packages.js'
import { processorMs, residentBytes } from './process-usage.js'

/** Limits the parent itself enforces on one job. */
export interface Watch {
  readonly wallMs: number
  /** Bytes of stdout and stderr together. */
  readonly outputBytes: number
  /** CPU of the job as seen from outside; a backstop for what the child can't interrupt. */
  readonly cpuMs?: number
  /** Memory the child may take beyond what it had before the job; a backstop for what isn't WebAssembly memory (files). */
  readonly memoryBytes?: number
}

/** What every report holds. The hosts of QuickJS send their guest's output along with it. */
export interface Measured {
  readonly cpuMs: number
  readonly peakBytes: number
  readonly kept?: boolean
  /** Bytes of standard output and error that belong to this job, where the child stays for another. */
  readonly printed?: readonly [number, number]
  readonly stdout?: string
  readonly stderr?: string
}

export interface ChildResult<Report> {
  /** What the child said at its end; missing if it was killed or died. */
  readonly report?: Report & Measured
  readonly stdout: string
  readonly stderr: string
  readonly killed?: 'wall' | 'cpu' | 'output' | 'memory'
  readonly exitCode: number | null
  readonly signal: string | null
  readonly wallMs: number
  /** CPU seen from outside; 0 where the system doesn't tell. */
  readonly outsideCpuMs: number
}

export interface ChildOptions {
  readonly flags: readonly string[]
  readonly reads?: readonly string[]
  /** More descriptors, from 4 on: 'pipe' or descriptors of ours to inherit. */
  readonly descriptors?: readonly ('pipe' | number)[]
}

export class Child {
  readonly process: ChildProcess
  /** The first frame: a greeting, or what the child was started for. */
  readonly first: Promise<Buffer | undefined>
  /** Settles when the interpreter stands ready; rejects with what the child wrote if it dies before. */
  readonly ready: Promise<void>
  /** Whether it waits for another job. */
  stays = false
  readonly #ended: Promise<{ code: number | null; signal: string | null }>
  readonly #frames: FrameReader
  #output: [Buffer[], Buffer[]] = [[], []]
  #outputBytes = 0
  #onOutput: (() => void) | undefined
  #onChunk: (() => void) | undefined
  #over = false

  constructor(runtime: Runtime, options: ChildOptions) {
    const reads = [join(wasmFolder, 'hosts'), join(wasmFolder, 'guest'), ...runtime.reads, ...(options.reads ?? [])]
    this.process = spawn(
      process.execPath,
      [
        ...options.flags,
        ...reads.map((folder) => `--allow-fs-read=${folder}`),
        join(wasmFolder, runtime.script),
        ...runtime.args,
      ],
      {
        env: {},
        stdio: ['ignore', 'pipe', 'pipe', 'pipe', ...(options.descriptors ?? [])],
        cwd: join(wasmFolder, 'hosts'),
        windowsHide: true,
      },
    )
    for (const fd of [1, 2] as const)
      (this.process.stdio[fd] as Duplex).on('data', (chunk: Buffer) => this.#take(fd, chunk))
    const channel = this.process.stdio[3] as Duplex
    // A child that is killed while something for it is under way resets its pipes; that it ended is told elsewhere.
    for (const stream of this.process.stdio) stream?.on('error', () => {})
    this.#frames = new FrameReader(channel)
    this.#ended = new Promise((resolve) => {
      this.process.once('error', () => resolve({ code: null, signal: null }))
      this.process.once('close', (code, signal) => resolve({ code, signal }))
    })
    void this.#ended.then(() => {
      this.#over = true
      this.#onChunk?.()
    })
    this.first = this.#frames.next()
    this.ready = this.first.then((message) => {
      if (message !== undefined) return
      throw new Error(`A sandbox child did not start: ${this.#text(1).trim().slice(-600) || 'no message'}`)
    })
    this.ready.catch(() => {})
  }

  /** Starts a child for the one frame it sends, and sees to its end. */
  static async oneFrame(runtime: Runtime, options: ChildOptions): Promise<Buffer> {
    const child = new Child(runtime, options)
    try {
      await child.ready
      return (await child.first) as Buffer
    } finally {
      child.kill()
      await child.closed()
    }
  }

  #text(index: 0 | 1, limit = Number.POSITIVE_INFINITY): string {
    const all = Buffer.concat(this.#output[index])
    return all.subarray(0, Math.min(all.length, limit)).toString('utf8')
  }

  #take(fd: 1 | 2, chunk: Buffer): void {
    this.#output[fd - 1]?.push(chunk)
    this.#outputBytes += chunk.length
    this.#onOutput?.()
    this.#onChunk?.()
  }

  /** What was printed before the report may arrive after it: they come in different ways. */
  async #received(printed: readonly [number, number]): Promise<void> {
    const size = (chunks: Buffer[]) => chunks.reduce((sum, chunk) => sum + chunk.length, 0)
    while (!this.#over && printed.some((bytes, index) => size(this.#output[index as 0 | 1]) < bytes))
      await new Promise<void>((resolve) => {
        this.#onChunk = resolve
      })
  }

  send(job: object): void {
    ;(this.process.stdio[3] as Duplex).write(frame(job))
  }

  /** Gives the child a job and sees it through: to its report if it stays, to its end otherwise. */
  async perform<Report extends { nonce: string }>(
    job: object & { nonce: string },
    watch: Watch,
    /** Called for messages before the report. */
    onMessage: () => void = () => {},
  ): Promise<ChildResult<Report>> {
    await this.ready
    this.#output = [[], []]
    this.#outputBytes = 0
    const started = performance.now()
    const cpuBefore = processorMs(this.process.pid)
    const memoryBefore = residentBytes(this.process.pid) ?? 0
    let killed: ChildResult<Report>['killed']
    let outsideCpuMs = 0
    const kill = (why: NonNullable<ChildResult<Report>['killed']>) => {
      if (killed !== undefined) return
      killed = why
      outsideCpuMs = measure()
      this.kill()
    }
    const measure = () => Math.max(0, (processorMs(this.process.pid) ?? 0) - (cpuBefore ?? 0))
    this.#onOutput = () => {
      if (this.#outputBytes > watch.outputBytes) kill('output')
    }
    const deadline = setTimeout(() => kill('wall'), watch.wallMs)
    const poll = setInterval(() => {
      if (watch.cpuMs !== undefined && measure() > watch.cpuMs) kill('cpu')
      const memory = (residentBytes(this.process.pid) ?? 0) - memoryBefore
      if (watch.memoryBytes !== undefined && memory > watch.memoryBytes) kill('memory')
    }, 100)
    this.send(job)
    let report: (Report & Measured) | undefined
    while (report === undefined) {
      const body = await this.#frames.next()
      if (body === undefined) break
      const said = JSON.parse(body.toString('utf8')) as Report & Measured
      if (said.nonce === job.nonce) report = said
      else onMessage()
    }
    if (report?.printed !== undefined) await this.#received(report.printed)
    const stays = report?.kept === true && killed === undefined
    this.stays = stays
    const { code, signal } = stays ? { code: null, signal: null } : await this.#ended
    clearTimeout(deadline)
    clearInterval(poll)
    this.#onOutput = undefined
    return {
      ...(report !== undefined && killed === undefined ? { report } : {}),
      stdout: report?.stdout ?? this.#text(0, watch.outputBytes),
      stderr: report?.stderr ?? this.#text(1, watch.outputBytes),
      ...(killed !== undefined ? { killed } : {}),
      exitCode: code,
      signal,
      wallMs: performance.now() - started,
      outsideCpuMs,
    }
  }

  kill(): void {
    this.process.kill('SIGKILL')
  }

  async closed(): Promise<void> {
    await this.#ended
  }
}
