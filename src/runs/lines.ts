/** Lines of a byte stream, with their numbers and a bound on what one line may hold in memory. */

/** 64 MiB: no honest line of JSON is longer. */
export const maxLineBytes = 64 * 1024 * 1024

export interface Line {
  /** 1-based; every physical line counts. */
  readonly number: number
  /** Without the newline; empty if the line was too long. */
  readonly bytes: Buffer
  readonly tooLong: boolean
  /** False for a last line without newline. */
  readonly ended: boolean
}

export class LineSplitter {
  readonly #maxBytes: number
  #parts: Buffer[] = []
  #length = 0
  #number = 0

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  /** The lines that this chunk completes. Exhaust it before the next call. */
  *push(chunk: Buffer): Generator<Line> {
    let start = 0
    for (let at = chunk.indexOf(0x0a); at >= 0; at = chunk.indexOf(0x0a, start)) {
      this.#keep(chunk.subarray(start, at))
      yield this.#take(true)
      start = at + 1
    }
    this.#keep(chunk.subarray(start))
  }

  /** A last line without newline, if there is one. */
  *end(): Generator<Line> {
    if (this.#length > 0) yield this.#take(false)
  }

  #keep(part: Buffer): void {
    if (part.length === 0) return
    this.#length += part.length
    if (this.#length > this.#maxBytes) this.#parts = []
    else this.#parts.push(part)
  }

  #take(ended: boolean): Line {
    const bytes = this.#parts.length === 1 ? (this.#parts[0] as Buffer) : Buffer.concat(this.#parts)
    const line = { number: ++this.#number, bytes, tooLong: this.#length > this.#maxBytes, ended }
    this.#parts = []
    this.#length = 0
    return line
  }
}
