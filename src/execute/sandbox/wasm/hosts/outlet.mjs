/**
 * What a guest prints goes to descriptors 1 and 2 at once, so that it is known even if the child is killed. The report
 * tells how much it was, so that Cupel knows where a job's output ends in a child that stays for another.
 * Covers: the output limit, both streams together; bytes are taken as they are.
 * Does not cover: a guest that prints byte by byte is as slow as one that does so natively.
 */
import { Buffer } from 'node:buffer'
import { writeAll } from './frames.mjs'

const largestTail = 64 * 1024

export class Outlet {
  /** Bytes on standard output and on standard error so far. */
  printed = [0, 0]
  #left
  #tail = Buffer.alloc(0)

  /** `onLimit` is called once more than `limit` bytes were written; it may throw. */
  constructor(limit, onLimit) {
    this.#left = limit
    this.onLimit = onLimit
  }

  write(fd, bytes) {
    const part = Buffer.from(bytes.subarray(0, Math.max(0, this.#left)))
    this.#left -= bytes.length
    writeAll(fd, part)
    this.printed[fd - 1] += part.length
    if (fd === 2) this.#tail = Buffer.concat([this.#tail, part]).subarray(-largestTail)
    if (this.#left < 0) this.onLimit()
  }

  /** The end of what was written to standard error. */
  get errorText() {
    return this.#tail.toString('utf8')
  }
}
