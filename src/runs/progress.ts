/** Live progress on stderr: one rewritten line on a terminal, a line now and then elsewhere. */
import pc from 'picocolors'
import { type VerdictKind, verdictKinds } from '../kernel/index.js'

/** The part of a stream that progress needs; `process.stderr` is one. */
export interface ProgressStream {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string): unknown
}

export interface ProgressOptions {
  readonly total: number
  /** Done in an earlier session: shown, but not part of the rate. */
  readonly done?: number
  readonly quiet?: boolean
  readonly stream?: ProgressStream
  /** Milliseconds. */
  readonly now?: () => number
}

const terminalMs = 100
const logMs = 10_000
const logShare = 0.1

export class Progress {
  readonly #total: number
  readonly #before: number
  readonly #quiet: boolean
  readonly #stream: ProgressStream
  readonly #now: () => number
  readonly #began: number
  readonly #counts = new Map<VerdictKind, number>()
  #done: number
  #shownAt: number
  #shownDone: number

  constructor({ total, done = 0, quiet = false, stream = process.stderr, now = Date.now }: ProgressOptions) {
    this.#total = total
    this.#before = done
    this.#done = done
    this.#quiet = quiet
    this.#stream = stream
    this.#now = now
    this.#began = now()
    this.#shownAt = stream.isTTY ? Number.NEGATIVE_INFINITY : this.#began
    this.#shownDone = done
  }

  /** One more is done. */
  add(kind?: VerdictKind): void {
    this.#done++
    if (kind) this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + 1)
    if (this.#due()) this.#show()
  }

  /** A remark for the user, above the progress line. Shown even when quiet. */
  note(text: string): void {
    if (!this.#redraws) this.#stream.write(`${text}\n`)
    else this.#stream.write(`\r\x1b[K${text}\n${this.line()}`)
  }

  /** The last state, on a line of its own. */
  end(): void {
    if (this.#quiet) return
    if (this.#redraws) this.#stream.write(`\r\x1b[K${this.line()}\n`)
    else if (this.#done > this.#shownDone) this.#stream.write(`${this.line()}\n`)
    this.#shownDone = this.#done
  }

  /** `312/1640  42.1/s  32 s left  passed 120  wrong 192`, cut to the width of the terminal. */
  line(): string {
    const seconds = (this.#now() - this.#began) / 1000
    const rate = seconds > 0 ? (this.#done - this.#before) / seconds : 0
    const parts = [`${this.#done}/${this.#total}`]
    if (rate > 0) parts.push(`${rate.toFixed(rate < 10 ? 1 : 0)}/s`)
    const left = this.#total - this.#done
    if (rate > 0 && left > 0) parts.push(`${duration(left / rate)} left`)
    for (const kind of verdictKinds) {
      const count = this.#counts.get(kind)
      if (count !== undefined) parts.push(`${kind} ${count}`)
    }
    const text = parts.join('  ')
    if (!this.#redraws) return text
    const columns = this.#stream.columns || 80
    const cut = text.length < columns ? text : `${text.slice(0, columns - 2)}…`
    return cut.replace(/passed \d+/, (passed) => pc.green(passed))
  }

  get #redraws(): boolean {
    return this.#stream.isTTY === true && !this.#quiet
  }

  #due(): boolean {
    if (this.#quiet) return false
    const waited = this.#now() - this.#shownAt
    if (this.#stream.isTTY) return waited >= terminalMs
    return waited >= logMs || this.#done - this.#shownDone >= this.#total * logShare
  }

  #show(): void {
    this.#shownAt = this.#now()
    this.#shownDone = this.#done
    this.#stream.write(this.#redraws ? `\r\x1b[K${this.line()}` : `${this.line()}\n`)
  }
}

/** `45 s`, `3 min 20 s`, `2 h 5 min`. */
function duration(seconds: number): string {
  const s = Math.ceil(seconds)
  if (s < 60) return `${s} s`
  if (s < 3600) return `${Math.floor(s / 60)} min ${s % 60} s`
  return `${Math.floor(s / 3600)} h ${Math.floor((s % 3600) / 60)} min`
}
