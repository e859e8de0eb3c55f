/** One answer as it comes: bounded in time and size, and let go of whatever happens. */
import type { Received } from './transport.js'

export class Incoming {
  /** Nothing came for as long as it was waited. */
  late = false
  /** What is wrong with the answer itself. */
  problem: string | null = null
  begun = false
  readonly #maxBytes: number
  readonly #controller = new AbortController()
  readonly #timer: NodeJS.Timeout
  readonly #outer: AbortSignal | undefined
  #response: Received | null = null
  #paused = false
  #whole = false

  constructor(seconds: number, maxBytes: number, outer?: AbortSignal) {
    this.#maxBytes = maxBytes
    this.#outer = outer
    outer?.addEventListener('abort', this.stop)
    // setTimeout takes no more than 2^31 - 1 ms and would fire at once.
    this.#timer = setTimeout(
      () => {
        if (this.#paused) return
        this.late = true
        this.stop()
      },
      Math.min(seconds * 1000, 2 ** 31 - 1),
    )
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  readonly stop = () => this.#controller.abort()

  begin(response: Received): void {
    this.begun = true
    this.#response = response
  }

  async text(): Promise<string> {
    let text = ''
    for await (const part of this.#parts()) text += part
    return text
  }

  /** Lines that are not blank. The time begins anew with each, and stands still until the next is asked for. */
  async *lines(): AsyncGenerator<string> {
    let rest = ''
    for await (const part of this.#parts()) {
      const lines = (rest + part).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) if (line.trim() !== '') yield* this.#given(line)
    }
    if (rest.trim() !== '') yield* this.#given(rest)
  }

  *#given(line: string): Generator<string> {
    this.#paused = true
    yield line
    this.#paused = false
    this.#timer.refresh()
  }

  dispose(): void {
    clearTimeout(this.#timer)
    this.#outer?.removeEventListener('abort', this.stop)
    // Ends the request if it is still going on.
    if (!this.#whole) this.stop()
  }

  async *#parts(): AsyncGenerator<string> {
    const body = this.#response?.body
    if (body) {
      const decoder = new TextDecoder('utf-8', { fatal: true })
      let bytes = 0
      for await (const chunk of body) {
        bytes += chunk.length
        if (bytes > this.#maxBytes) throw this.#wrong(`answered with more than ${this.#maxBytes} bytes`)
        yield this.#decoded(decoder, chunk)
      }
      yield this.#decoded(decoder)
    }
    this.#whole = true
  }

  #decoded(decoder: InstanceType<typeof TextDecoder>, chunk?: Uint8Array): string {
    try {
      return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode()
    } catch {
      throw this.#wrong('answered with bytes that are not UTF-8')
    }
  }

  #wrong(problem: string): Error {
    this.problem = problem
    return new Error(problem)
  }
}

/** What came instead of JSON, in few words. */
export function describeBody(text: string): string {
  const start = text.trimStart()
  if (start === '') return 'an empty body'
  if (/^<(?:!doctype|html|head|body)/i.test(start)) {
    const title = /<title[^>]{0,100}>([^<]{1,200})/i.exec(start.slice(0, 10_000))?.[1]
    return title ? `an HTML page («${oneLine(title)}»)` : 'an HTML page'
  }
  return /^[[{]/.test(start) ? 'broken JSON' : `the text «${oneLine(start.slice(0, 1000))}»`
}

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > 200 ? `${line.slice(0, 200)}…` : line
}
