/** The process behind one session and its branches (session.h). Requests are answered in any order, by their ids. */
import { type ChildProcess, spawn } from 'node:child_process'
import type { Duplex } from 'node:stream'
import type { Limits } from '../../../kernel/index.js'
import { type Reply, ReplyReader, encodeFrame, type jobType } from './protocol.js'
import { type ServerCommand, ServerLost } from './server.js'

interface Waiting {
  resolve(reply: Reply): void
  reject(error: Error): void
}

export class SessionServer {
  readonly #process: ChildProcess
  readonly #channel: Duplex
  readonly #waiting = new Map<number, Waiting>()
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
      for (const reply of reader.push(part)) {
        this.#waiting.get(reply.id)?.resolve(reply)
        this.#waiting.delete(reply.id)
      }
    })
    this.#channel.on('error', () => {})
    this.#process.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-2000)
    })
    this.#ended = new Promise((resolve) => {
      const end = (why: string) => {
        this.#lost ??= new ServerLost(`the session is gone: ${why}`)
        for (const waiting of this.#waiting.values()) waiting.reject(this.#lost)
        this.#waiting.clear()
        resolve()
      }
      this.#process.on('error', (error) => end(error.message))
      this.#process.on('close', (code, signal) => end(this.#stderr.trim() || `it ended with ${signal ?? code}`))
    })
  }

  get alive(): boolean {
    return this.#lost === null
  }

  /** The id a request will have; that of an opening or branching request names the session. */
  request(
    type: (typeof jobType)[keyof typeof jobType],
    limits: Limits,
    blobs: readonly Buffer[],
    flags = 0,
  ): { id: number; reply: Promise<Reply> } {
    const id = ++this.#id
    if (this.#lost) return { id, reply: Promise.reject(this.#lost) }
    const frame = encodeFrame({ type, flags, limits, blobs }, id)
    const reply = new Promise<Reply>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      this.#channel.write(frame)
    })
    return { id, reply }
  }

  async close(): Promise<void> {
    this.#channel.destroy()
    // The keeper cleans up behind the server and then ends.
    this.#process.kill('SIGTERM')
    await this.#ended
  }
}
