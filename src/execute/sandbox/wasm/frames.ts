/** Cupel's end of the private channel to a child: frames of a 4-byte length and a body (see hosts/frames.mjs). */
import type { Readable } from 'node:stream'

/** A guest can't make a frame; this only keeps a defect from filling our memory. */
const largestFrame = 256 * 1024 * 1024

export function frame(message: object): Buffer {
  const body = Buffer.from(JSON.stringify(message))
  const head = Buffer.alloc(4)
  head.writeUInt32BE(body.length)
  return Buffer.concat([head, body])
}

export class FrameReader {
  readonly #frames: Buffer[] = []
  readonly #waiting: ((body: Buffer | undefined) => void)[] = []
  #chunks: Buffer[] = []
  #size = 0
  #over = false

  constructor(stream: Readable) {
    stream.on('data', (chunk: Buffer) => this.#take(chunk))
    for (const event of ['end', 'close', 'error']) stream.once(event, () => this.#end())
  }

  /** The next frame's body; undefined once the channel is closed. */
  next(): Promise<Buffer | undefined> {
    const body = this.#frames.shift()
    if (body !== undefined || this.#over) return Promise.resolve(body)
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  #take(chunk: Buffer): void {
    this.#chunks.push(chunk)
    this.#size += chunk.length
    while (this.#size >= 4) {
      if ((this.#chunks[0]?.length ?? 0) < 4) this.#chunks = [Buffer.concat(this.#chunks)]
      const length = this.#chunks[0]?.readUInt32BE() ?? 0
      if (length > largestFrame) {
        this.#end()
        return
      }
      if (this.#size < 4 + length) return
      const all = Buffer.concat(this.#chunks)
      const rest = all.subarray(4 + length)
      this.#chunks = rest.length > 0 ? [rest] : []
      this.#size = rest.length
      this.#deliver(all.subarray(4, 4 + length))
    }
  }

  #deliver(body: Buffer): void {
    const reader = this.#waiting.shift()
    if (reader === undefined) this.#frames.push(body)
    else reader(body)
  }

  #end(): void {
    this.#over = true
    for (const reader of this.#waiting.splice(0)) reader(undefined)
  }
}
