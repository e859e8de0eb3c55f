/**
 * A session: an interpreter that keeps its state from cell to cell, isolated like any program.
 *
 *   const session = await sandbox.session({ language: 'python' })
 *   await session.run('import math; x = 40')
 *   const [left, right] = await session.fork(2)   // two copies of the running process, each with its own files
 *   (await left.run('x + 2')).results              // [{ 'text/plain': '42' }]
 *
 * What a cell does wrong is an outcome. Errors are thrown for what the caller does wrong (a closed session, a bad path)
 * and for what the machine does.
 */
import type { Isolation, Limits, Outcome } from '../../kernel/index.js'

/** mime type → text, base64 for pictures, JSON for tables (`application/vnd.cupel.table+json`: columns, rows). */
export type RichResult = Readonly<Record<string, unknown>>

export interface CellException {
  readonly type: string
  readonly message: string
  /** Line of the cell, from 1. */
  readonly line?: number
  readonly traceback?: string
}

/** What one cell did. */
export interface Cell {
  readonly outcome: Outcome | 'interrupted'
  /** Values shown by the cell, in order: the last expression, `display`, figures, tables. */
  readonly results: readonly RichResult[]
  readonly stdout: string
  readonly stderr: string
  readonly exception?: CellException
  /** Why, where the outcome alone does not say it. */
  readonly reason?: string
  /** The session ended with this cell; its state is gone. */
  readonly ended: boolean
  /** CPU (user + system), wall clock and most resident memory of all its processes during the cell. */
  readonly cpuMs: number
  readonly wallMs: number
  readonly peakBytes: number
}

export interface SessionFile {
  readonly path: string
  readonly bytes: number
}

export interface SessionOptions {
  readonly language: string
  /** Of each cell; `processes` and `diskMb` hold for the session as a whole. */
  readonly limits?: Partial<Limits>
  /** Relative path → content, in the working directory from the start. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>
  readonly env?: Readonly<Record<string, string>>
  /** A session that nobody uses for this long is closed; default 600. */
  readonly idleSeconds?: number
}

export interface Session {
  readonly language: string
  readonly isolation: Isolation
  /** False once it was closed, expired, or its process ended. */
  readonly alive: boolean
  /** Runs one cell after those that wait already. */
  run(source: string, limits?: Partial<Limits>): Promise<Cell>
  /** Whether a cell is complete as it stands, or more lines must follow. */
  complete(source: string): Promise<'complete' | 'incomplete' | 'invalid'>
  /** `count` sessions that go on from the state of this one, independent of it and of each other. */
  fork(count: number): Promise<Session[]>
  /** Regular files below the working directory. */
  files(): Promise<SessionFile[]>
  read(path: string): Promise<Uint8Array>
  write(path: string, content: string | Uint8Array): Promise<void>
  remove(path: string): Promise<void>
  /** Stops the cell that runs now; the state stays. */
  interrupt(): Promise<void>
  close(): Promise<void>
}
