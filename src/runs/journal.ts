/**
 * An append-only file of lines that is valid after `kill -9` at any moment, but for a torn last line, which
 * `cutTornTail` removes.
 *
 * Writes are synchronous: 64 KiB into the page cache takes microseconds, a producer can never outrun the disk, and what
 * `flush` has returned from is out of this process's hands.
 * Not covered: loss of power. Only `sync` waits for the disk itself.
 */
import { closeSync, existsSync, fdatasyncSync, fstatSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs'
import type { CupelError } from '../kernel/index.js'
import { storageError } from './storage.js'

export interface JournalOptions {
  /** Bytes that may wait in memory. */
  readonly flushBytes?: number
  /** Milliseconds a line may wait in memory. */
  readonly flushMs?: number
}

const newline = 0x0a

export class Journal {
  readonly path: string
  readonly #fd: number
  readonly #flushBytes: number
  readonly #flushMs: number
  #lines: string[] = []
  #waiting = 0
  #timer: NodeJS.Timeout | undefined
  #failure: CupelError | undefined
  #closed = false

  /** Opens or creates the file. Throws StorageError. */
  constructor(path: string, { flushBytes = 64 * 1024, flushMs = 50 }: JournalOptions = {}) {
    this.path = path
    this.#flushBytes = flushBytes
    this.#flushMs = flushMs
    try {
      this.#fd = openSync(path, 'a')
    } catch (error) {
      throw storageError(error, path)
    }
  }

  /** Adds one line (without its newline). Throws StorageError if this or an earlier write failed. */
  append(line: string): void {
    if (this.#closed) throw storageError(new Error('it is closed'), this.path)
    if (this.#failure) throw this.#failure
    this.#lines.push(line)
    this.#waiting += line.length + 1
    if (this.#waiting >= this.#flushBytes) this.flush()
    else this.#timer ??= setTimeout(() => this.#flushLater(), this.#flushMs).unref()
  }

  /** Hands every waiting line to the operating system. Throws StorageError; the lines then still wait. */
  flush(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#lines.length === 0) return
    const data = Buffer.from(`${this.#lines.join('\n')}\n`)
    let written = 0
    try {
      while (written < data.length) written += writeSync(this.#fd, data, written)
      this.#lines = []
      this.#waiting = 0
      this.#failure = undefined
    } catch (error) {
      const whole = this.#cutPartialLine(data.subarray(0, written))
      this.#lines = this.#lines.slice(whole)
      this.#failure = storageError(error, this.path)
      throw this.#failure
    }
  }

  /** Flushes and waits until the disk has it. Throws StorageError. */
  sync(): void {
    this.flush()
    try {
      fdatasyncSync(this.#fd)
    } catch (error) {
      throw storageError(error, this.path)
    }
  }

  /** Tries once more to write what waits, and closes the file in any case. Throws StorageError if lines are left. */
  close(): void {
    if (this.#closed) return
    this.#closed = true
    try {
      this.flush()
    } finally {
      closeSync(this.#fd)
    }
  }

  #flushLater(): void {
    try {
      this.flush()
    } catch {
      // Kept in #failure: the next append or close throws it to someone who can act on it.
    }
  }

  /** After a failed write: removes the part of a line that got through. Returns how many whole lines did. */
  #cutPartialLine(written: Buffer): number {
    const keep = written.lastIndexOf(newline) + 1
    try {
      if (keep < written.length) ftruncateSync(this.#fd, fstatSync(this.#fd).size - (written.length - keep))
    } catch {
      // The partial line stays; the next resume cuts it.
    }
    let whole = 0
    for (let at = written.indexOf(newline); at >= 0; at = written.indexOf(newline, at + 1)) whole++
    return whole
  }
}

/**
 * Cuts whatever follows the last newline: half a line from a killed process, or zero bytes from a crashed machine.
 * Returns the number of bytes cut; 0 if the file is whole or absent. Throws StorageError.
 */
export function cutTornTail(path: string): number {
  if (!existsSync(path)) return 0
  let fd: number | undefined
  try {
    fd = openSync(path, 'r+')
    const { size } = fstatSync(fd)
    const end = endOfLastLine(fd, size)
    if (end < size) ftruncateSync(fd, end)
    return size - end
  } catch (error) {
    throw storageError(error, path)
  } finally {
    if (fd !== undefined) closeSync(fd)
  }
}

function endOfLastLine(fd: number, size: number): number {
  const chunk = Buffer.alloc(64 * 1024)
  for (let end = size; end > 0; ) {
    const start = Math.max(0, end - chunk.length)
    const read = readSync(fd, chunk, 0, end - start, start)
    const at = chunk.subarray(0, read).lastIndexOf(newline)
    if (at >= 0) return start + at + 1
    end = start
  }
  return 0
}
