/** Cells from files and from a pipe. */
import { createInterface } from 'node:readline'
import type { Cell, Session } from '../../execute/index.js'
import type { ExitCode } from '../failure.js'
import { stopOnInterrupt } from '../interrupt.js'
import { cellText } from './cell-text.js'

interface BatchOptions {
  readonly json?: boolean
}

/** One cell each, up to the first that fails. */
export async function runCells(session: Session, sources: readonly string[], options: BatchOptions): Promise<ExitCode> {
  return interruptible(session, async (stopped) => {
    for (const source of sources) {
      const cell = await session.run(source)
      show(cell, options)
      if (cell.outcome !== 'ok' || cell.ended || stopped()) return exitCode(cell)
    }
    return 0
  })
}

/** Lines until the language says that a cell is complete, as typed at a prompt. A failing cell does not end it. */
export async function runPipe(session: Session, options: BatchOptions): Promise<ExitCode> {
  return interruptible(session, async (stopped) => {
    let worst: ExitCode = 0
    const perform = async (source: string) => {
      const cell = await session.run(source)
      show(cell, options)
      worst = Math.max(worst, exitCode(cell)) as ExitCode
    }
    const cells = new CellLines(session, { blankEnds: false })
    for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
      for (const source of await cells.push(line)) await perform(source)
      if (!session.alive || stopped()) return worst
    }
    const rest = cells.rest()
    if (rest.trim() !== '') await perform(rest)
    return worst
  })
}

/** Gathers lines into cells. */
export class CellLines {
  readonly #session: Pick<Session, 'language' | 'complete'>
  readonly #blankEnds: boolean
  #lines: string[] = []

  /** `blankEnds`: an empty line ends a block of Python, as at its prompt; otherwise the next line at the margin does. */
  constructor(session: Pick<Session, 'language' | 'complete'>, options: { readonly blankEnds: boolean }) {
    this.#session = session
    this.#blankEnds = options.blankEnds
  }

  get begun(): boolean {
    return this.#lines.length > 0
  }

  /** The cells that this line completes. */
  async push(line: string): Promise<string[]> {
    const blank = line.trim() === ''
    if (!this.begun && blank) return []
    const cells = this.#inBlock() && beginsStatement(line) && (await this.#complete()) ? [this.rest()] : []
    this.#lines.push(line)
    const goesOn = this.#inBlock() && !(blank && this.#blankEnds)
    return goesOn || !(await this.#complete()) ? cells : [...cells, this.rest()]
  }

  /** What is there, complete or not, and then no more. */
  rest(): string {
    return this.#lines.splice(0).join('\n')
  }

  async #complete(): Promise<boolean> {
    return (await this.#session.complete(this.#lines.join('\n'))) !== 'incomplete'
  }

  #inBlock(): boolean {
    const first = this.#lines[0] ?? ''
    return (
      this.#session.language === 'python' && /^(@|(async\s+)?(def|class|if|for|while|with|try|match)\b)/.test(first)
    )
  }
}

/** A line of Python at the margin that does not belong to the block above it. */
function beginsStatement(line: string): boolean {
  return /^[^\s)\]}#]/.test(line) && !/^(else|elif|except|finally)\b/.test(line)
}

function show(cell: Cell, options: BatchOptions): void {
  if (options.json) {
    process.stdout.write(`${JSON.stringify(cell)}\n`)
    return
  }
  const { out, err } = cellText(cell)
  process.stdout.write(out)
  process.stderr.write(err)
}

function exitCode(cell: Cell): ExitCode {
  return cell.outcome === 'infrastructure' ? 3 : cell.outcome === 'ok' ? 0 : 1
}

/** Ctrl-C ends the cell, and with it the batch; what was printed stays. */
async function interruptible(session: Session, work: (stopped: () => boolean) => Promise<ExitCode>): Promise<ExitCode> {
  const interrupt = stopOnInterrupt(() => void session.interrupt())
  try {
    return await work(() => interrupt.signal.aborted)
  } finally {
    interrupt.release()
  }
}
