/** One server process: a warden with or without a warm interpreter inside. Jobs go in order, replies come in order. */
import { type ChildProcess, spawn } from 'node:child_process'
import type { Duplex } from 'node:stream'
import { type Frame, type Reply, ReplyReader, encodeFrame } from './protocol.js'

export interface ServerCommand {
  readonly path: string
  readonly args: readonly string[]
}

/** The server process ended while a job was with it. */
export class ServerLost extends Error {}

interface Waiting {
  readonly id: number
  resolve(reply: Reply): void
  reject(error: Error): void
}

export class Server {
  /** Key of what it holds. */
  holds: string | null = null
  /** Whom it has served; null before the first job. */
  tenant: string | null = null
  /** Jobs that needed it, less four for each that needed nothing. */
  row = 0
  readonly #process: ChildProcess
  readonly #channel: Duplex
  readonly #waiting: Waiting[] = []
  readonly #ended: Promise<void>
  #stderr = ''
  #lost: ServerLost | null = null
  #id = 0

  constructor(command: ServerCommand) {
    this.#process = spawn(command.path, [...command.args], {
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
      env: { PATH: '/usr/bin:/bin' },
      cwd: '/',
    })
    this.#channel = this.#process.stdio[3] as Duplex
    const reader = new ReplyReader()
    this.#channel.on('data', (part: Buffer) => {
      for (const reply of reader.push(part)) this.#answer(reply)
    })
    this.#channel.on('error', () => {})
    this.#process.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-2000)
    })
    this.#ended = new Promise((resolve) => {
      const end = (why: string) => {
        this.#lose(why)
        resolve()
      }
      this.#process.on('error', (error) => end(error.message))
      this.#process.on('close', (code, signal) => end(this.#stderr.trim() || `it ended with ${signal ?? code}`))
    })
    this.#hold(false)
  }

  /** Cupel's own process must live while it waits for a reply, and only then. */
  #hold(waiting: boolean): void {
    const handles = [this.#process, this.#channel, this.#process.stderr] as ({ ref?(): void; unref?(): void } | null)[]
    for (const handle of handles) waiting ? handle?.ref?.() : handle?.unref?.()
  }

  get alive(): boolean {
    return this.#lost === null
  }

  get busy(): number {
    return this.#waiting.length
  }

  /** Sends a job and waits for its reply. Rejects with ServerLost if the process ends before. */
  job(frame: Frame): Promise<Reply> {
    if (this.#lost) return Promise.reject(this.#lost)
    const id = ++this.#id
    const data = encodeFrame(frame, id)
    return new Promise((resolve, reject) => {
      this.#waiting.push({ id, resolve, reject })
      if (this.#waiting.length === 1) this.#hold(true)
      this.#channel.write(data)
    })
  }

  /** Sends what has no reply (something to hold). */
  tell(frame: Frame): void {
    this.#channel.write(encodeFrame(frame, 0))
  }

  async close(): Promise<void> {
    this.#hold(true)
    this.#channel.destroy()
    // The keeper cleans up behind the server and then ends.
    this.#process.kill('SIGTERM')
    await this.#ended
  }

  #answer(reply: Reply): void {
    const waiting = this.#waiting.shift()
    if (this.#waiting.length === 0) this.#hold(false)
    if (!waiting || waiting.id !== reply.id) {
      this.#process.kill('SIGTERM')
      waiting?.reject(new ServerLost('the sandbox server answered out of order'))
      return
    }
    waiting.resolve(reply)
  }

  #lose(why: string): void {
    this.#lost ??= new ServerLost(`the sandbox server is gone: ${why}`)
    for (const waiting of this.#waiting.splice(0)) waiting.reject(this.#lost)
  }
}
