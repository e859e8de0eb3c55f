/**
 * Compilers that stay warm: a compiler's process lives in a sandbox of its own and compiles one program after the other.
 * Only the compiler is shared: the classes run in a machine of their own. It is replaced after some hundred programs and
 * whenever it does not answer as it should; then the program is compiled the slow way, which gives the verdict.
 *
 * Cost of a program: that of the compiler's work alone; starting a cold one is five to fifty times as much.
 * Does not cover: a bug in the compiler, by which one program could reach those that it compiles next.
 */
import { fileURLToPath } from 'node:url'
import type { Language, Limits } from '../../../kernel/index.js'
import type { Compiled } from './compile-cache.js'
import { compileLimits } from './compile-limits.js'
import { endedBy, flag, jobType, strings } from './protocol.js'
import type { ServerCommand } from './server.js'
import { SessionServer } from './session-server.js'
import { environment } from './toolchains.js'

const recycleAfter = 500

const drivers = fileURLToPath(new URL('./drivers', import.meta.url))

interface MachineCommand {
  readonly server: ServerCommand
  readonly argv: readonly string[]
  readonly env: Buffer
}

/** Null for a language whose compiler has no driver. */
export function warmCompilerOf({ native }: Language, cold: ServerCommand, size: number): WarmCompiler | null {
  if (!native?.warmCompiler) return null
  const { driver, start } = native.warmCompiler
  const bind = ['--bind', `${drivers}/${driver}`, `/cupel/${driver}`]
  const server = { path: cold.path, args: [...cold.args, ...bind] }
  return new WarmCompiler({ server, argv: start, env: environment(native, compileLimits) }, compileLimits, size)
}

export class WarmCompiler {
  readonly #command: MachineCommand
  readonly #limits: Limits
  readonly #size: number
  readonly #free: Machine[] = []
  readonly #all = new Set<Machine>()
  #starting = 0
  #seen = 0
  #closed = false

  /** `size`: machines at most. */
  constructor(command: MachineCommand, limits: Limits, size: number) {
    this.#command = command
    this.#limits = limits
    this.#size = size
  }

  /** Null when no machine is warm and free, or when it could not tell: compile the slow way. */
  async compile(options: readonly string[], files: readonly (readonly [string, Buffer])[]): Promise<Compiled | null> {
    this.#seen++
    const machine = this.#free.pop()
    // one program alone is not worth a machine
    if (!machine || this.#free.length === 0) if (this.#seen > 1) this.#start()
    if (!machine) return null
    const compiled = await machine.compile(options, files)
    if (!compiled || machine.compiles >= recycleAfter || this.#closed) {
      this.#all.delete(machine)
      void machine.close()
    } else this.#free.push(machine)
    return compiled
  }

  async close(): Promise<void> {
    this.#closed = true
    await Promise.all([...this.#all].map((machine) => machine.close()))
  }

  #start(): void {
    if (this.#closed || this.#starting > 0 || this.#all.size >= this.#size) return
    this.#starting++
    const machine = new Machine(this.#command, this.#limits)
    this.#all.add(machine)
    machine.ready.then(
      () => {
        this.#starting--
        this.#free.push(machine)
      },
      () => {
        this.#starting-- // stays among all of them: a machine that cannot start is not tried for ever
        void machine.close()
      },
    )
  }
}

class Machine {
  readonly ready: Promise<void>
  compiles = 0
  readonly #server: SessionServer
  readonly #limits: Limits
  readonly #id: Buffer = Buffer.alloc(4)

  constructor({ server, argv, env }: MachineCommand, limits: Limits) {
    this.#server = new SessionServer(server)
    this.#limits = limits
    const none = Buffer.alloc(0)
    const blobs = [strings(argv), env, none, none]
    const { id, reply } = this.#server.request(jobType.open, limits, blobs, flag.noAddressSpaceLimit)
    this.#id.writeUInt32LE(id)
    this.ready = reply.then(({ endedBy: how, report, stderr }) => {
      if (how !== endedBy.itself || report.toString() !== 'ready') throw new Error(stderr.toString('utf8'))
    })
  }

  async compile(options: readonly string[], files: readonly (readonly [string, Buffer])[]): Promise<Compiled | null> {
    this.compiles++
    const texts = [String(options.length), ...options].map((text) => Buffer.from(text))
    const parts = [...texts, ...files.flatMap(([name, content]) => [Buffer.from(name), content])]
    const message = Buffer.concat(parts.flatMap((part) => [Buffer.from(`${part.length}\n`), part]))
    try {
      const reply = await this.#server.request(jobType.turn, this.#limits, [this.#id, message]).reply
      if (reply.endedBy !== endedBy.itself) return null
      const read = readAnswer(reply.report)
      if (!read) return null
      const { cpuMs, wallMs, peakBytes } = reply
      const files = read.made ? [{ name: 'out', content: read.made, mode: 0o644 }] : []
      const stdout = reply.stdout.toString('utf8')
      const stderr = reply.stderr.toString('utf8') + read.said
      return { ok: read.ok, stdout, stderr, cpuMs, wallMs, peakBytes, files }
    } catch {
      return null // the server is gone: that is not the program's
    }
  }

  close(): Promise<void> {
    return this.#server.close()
  }
}

function readAnswer(report: Buffer): { ok: boolean; said: string; made: Buffer | null } | null {
  const first = report.indexOf(10)
  const second = report.indexOf(10, first + 1)
  const verdict = report.subarray(0, first).toString()
  const size = Number(report.subarray(first + 1, second).toString())
  if (second < 0 || !Number.isInteger(size) || (verdict !== 'ok' && verdict !== 'failed')) return null
  const said = report.subarray(second + 1, second + 1 + size).toString('utf8')
  return { ok: verdict === 'ok', said, made: verdict === 'ok' ? report.subarray(second + 1 + size) : null }
}
