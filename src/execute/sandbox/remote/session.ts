/**
 * A session on another Cupel server. Cells go one after the other; a cell whose connection breaks is not sent again, since
 * it may have run. `alive` is what the last answer and the clock tell: the server knows better, and says so when asked.
 */
import type { z } from 'zod'
import { type Isolation, type Limits, limitsFrom } from '../../../kernel/index.js'
import type { Cell, Session, SessionFile } from '../session.js'
import { type Ask, type Connection, ServerFailure, SessionOver } from './connection.js'
import { decodeContent, encodeContent } from './schema.js'
import {
  cellSchema,
  completenessSchema,
  contentSchema,
  emptySchema,
  forkedSchema,
  listedSchema,
} from './session-schema.js'

export interface SessionCommon {
  readonly language: string
  readonly isolation: Isolation
  /** Of each cell. */
  readonly limits: Limits
  readonly idleSeconds: number
  /** All that are not over. */
  readonly open: Set<Session>
}

export type SendBody = (path: string, body: object, limits: Limits) => Ask

/** Of a large file in base64, or of many pictures. */
const maxBytes = 400 * 1024 * 1024

/** Whoever closes does not wait for a server that is gone. */
const closeMs = 5000

export class RemoteSession implements Session {
  readonly language: string
  readonly isolation: Isolation
  readonly #path: string
  readonly #common: SessionCommon
  readonly #connection: Connection
  readonly #send: SendBody
  #last: Promise<unknown> = Promise.resolve()
  #pending = 0
  #ended: string | null = null
  #idle: NodeJS.Timeout | undefined

  constructor(id: string, common: SessionCommon, connection: Connection, send: SendBody) {
    this.language = common.language
    this.isolation = common.isolation
    this.#path = `/v1/sessions/${id}`
    this.#common = common
    this.#connection = connection
    this.#send = send
    common.open.add(this)
    this.#rest()
  }

  get alive(): boolean {
    return this.#ended === null
  }

  run(source: string, limits: Partial<Limits> = {}): Promise<Cell> {
    const full = limitsFrom({ ...this.#common.limits, ...limits })
    return this.#inTurn(async () => {
      try {
        const cell = await this.#ask('cells', { source, limits }, cellSchema, { limits: full, maxBytes })
        if (cell.ended) this.#end(`its process is gone (${cell.reason ?? cell.outcome})`)
        return cell
      } catch (error) {
        if (!(error instanceof ServerFailure)) throw error
        const nothing = { results: [], stdout: '', stderr: '', ended: false, cpuMs: 0, wallMs: 0, peakBytes: 0 }
        return { ...nothing, outcome: 'infrastructure', reason: `${error.message}; the cell may have run` }
      }
    })
  }

  complete(source: string): Promise<'complete' | 'incomplete' | 'invalid'> {
    return this.#inTurn(async () => {
      const { complete } = await this.#ask('complete', { source }, completenessSchema, { repeatable: true })
      return complete
    })
  }

  fork(count: number): Promise<Session[]> {
    return this.#inTurn(async () => {
      const { ids } = await this.#ask('fork', { count }, forkedSchema)
      if (ids.length !== count)
        throw new ServerFailure(
          `the Cupel server at ${this.#connection.url} made ${ids.length} branches instead of ${count}`,
        )
      return ids.map((id) => new RemoteSession(id, this.#common, this.#connection, this.#send))
    })
  }

  async files(): Promise<SessionFile[]> {
    const { files } = await this.#ask('files', { do: 'list' }, listedSchema, { repeatable: true, maxBytes })
    return files
  }

  async read(path: string): Promise<Uint8Array> {
    const how = { repeatable: true, maxBytes }
    const { content } = await this.#ask('files', { do: 'read', path }, contentSchema, how)
    return Buffer.from(decodeContent(content))
  }

  async write(path: string, content: string | Uint8Array): Promise<void> {
    const body = { do: 'write', path, content: encodeContent(content) }
    await this.#ask('files', body, emptySchema, { repeatable: true })
  }

  async remove(path: string): Promise<void> {
    await this.#ask('files', { do: 'remove', path }, emptySchema)
  }

  /** What keeps it from being heard is for the cell to tell. */
  async interrupt(): Promise<void> {
    if (this.alive) await this.#ask('interrupt', {}, emptySchema, { repeatable: true }).catch(unlessServer)
  }

  /** A server that does not hear it closes the session when nobody uses it. */
  async close(): Promise<void> {
    if (!this.alive) return
    this.#end('it was closed')
    const signal = AbortSignal.timeout(closeMs)
    const ask = { method: 'DELETE', path: this.#path, seconds: 10, maxBytes: 65_536, repeatable: true, signal } as const
    await this.#connection.ask(ask, emptySchema).catch(() => {})
  }

  /** One thing after the other. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const now = this.#last.then(work)
    this.#last = now.catch(() => {})
    return now
  }

  async #ask<S extends z.ZodType>(
    what: string,
    body: object,
    shape: S,
    { limits = this.#common.limits, ...how }: Partial<Ask> & { limits?: Limits } = {},
  ): Promise<z.infer<S>> {
    if (this.#ended !== null) throw new SessionOver(`the session is over: ${this.#ended}. Open a new one`)
    this.#pending++
    clearTimeout(this.#idle)
    try {
      return await this.#connection.ask({ ...this.#send(`${this.#path}/${what}`, body, limits), ...how }, shape)
    } catch (error) {
      if (error instanceof SessionOver) this.#end(/: (.*)\. Open/.exec(error.message)?.[1] ?? error.message)
      throw error
    } finally {
      this.#pending--
      this.#rest()
    }
  }

  /** The server's clock began before this one. */
  #rest(): void {
    clearTimeout(this.#idle)
    if (this.#ended !== null || this.#pending > 0) return
    const { idleSeconds } = this.#common
    this.#idle = setTimeout(() => this.#end(`nobody used it for ${idleSeconds} s`), idleSeconds * 1000)
    this.#idle.unref()
  }

  #end(why: string): void {
    this.#ended ??= why
    clearTimeout(this.#idle)
    this.#common.open.delete(this)
  }
}

function unlessServer(error: unknown): void {
  if (!(error instanceof ServerFailure || error instanceof SessionOver)) throw error
}
