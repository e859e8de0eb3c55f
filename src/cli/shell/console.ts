/** The prompt: cells from a person at a terminal, and commands that begin with a colon. */
import { readFile, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { createInterface } from 'node:readline'
import type { Cell, Session } from '../../execute/index.js'
import { UsageError, describeError } from '../../kernel/index.js'
import type { ExitCode } from '../failure.js'
import { isolationText } from '../isolation.js'
import { print, printNote, visible } from '../output.js'
import { CellLines } from './batch.js'
import { cellText, lastPicture } from './cell-text.js'

const help = `Cells run when they are complete; an empty line ends a block. Ctrl-C stops the cell, Ctrl-D leaves.
  :files             files of the session           :put FILE [NAME]   copy a file into it
  :get NAME [FILE]   copy a file out of it          :save FILE         keep the last picture
  :fork [N]          make N branches of this state  :branch N          go on in branch N (0 is the first session)
  :quit              leave`

export async function talk(session: Session): Promise<ExitCode> {
  printNote(`${session.language} · isolated: ${isolationText(session.isolation)} · :help for commands, Ctrl-D to leave`)
  return new Promise((resolve) => {
    const shell = new Console(session, () => resolve(0))
    shell.start()
  })
}

class Console {
  readonly #branches: Session[]
  readonly #leave: () => void
  readonly #input = createInterface({ input: process.stdin, output: process.stdout, terminal: true })
  #at = 0
  #cells: CellLines
  #running = false
  #closed = false
  #last: Cell | null = null

  constructor(session: Session, leave: () => void) {
    this.#branches = [session]
    this.#cells = new CellLines(session, { blankEnds: true })
    this.#leave = leave
  }

  get #session(): Session {
    return this.#branches[this.#at] as Session
  }

  start(): void {
    let work = Promise.resolve()
    this.#input.on('line', (line) => {
      work = work.then(() => this.#line(line))
    })
    this.#input.on('SIGINT', () => {
      if (this.#running) void this.#session.interrupt()
      else {
        this.#cells.rest()
        process.stdout.write('\n')
        this.#prompt()
      }
    })
    this.#input.on('close', () => {
      this.#closed = true
      void work.then(this.#leave)
    })
    this.#prompt()
  }

  #prompt(): void {
    const branch = this.#branches.length > 1 ? `[${this.#at}] ` : ''
    this.#input.setPrompt(this.#cells.begun ? '... ' : `${branch}> `)
    this.#input.prompt()
  }

  async #line(line: string): Promise<void> {
    this.#running = true
    try {
      if (!this.#cells.begun && line.startsWith(':')) await this.#command(line)
      else for (const source of await this.#cells.push(line)) await this.#run(source)
    } catch (error) {
      printNote(describeError(error))
    }
    this.#running = false
    if (this.#closed) return
    if (this.#session.alive) this.#prompt()
    else this.#input.close()
  }

  async #run(source: string): Promise<void> {
    this.#last = await this.#session.run(source)
    const { out, err } = cellText(this.#last)
    process.stdout.write(out)
    process.stderr.write(err)
  }

  async #command(line: string): Promise<void> {
    const [name = '', first, second] = line.slice(1).trim().split(/\s+/)
    const needed = () => {
      if (first === undefined) throw new UsageError(`:${name} needs a name; :help shows how`)
      return first
    }
    switch (name) {
      case 'help':
        return print(help)
      case 'quit':
        return this.#input.close()
      case 'files':
        for (const { path, bytes } of await this.#session.files())
          print(`${String(bytes).padStart(10)}  ${visible(path)}`)
        return
      case 'put':
        return this.#session.write(second ?? basename(needed()), await readFile(needed()))
      case 'get':
        return writeFile(second ?? basename(needed()), await this.#session.read(needed()), { flag: 'wx' })
      case 'save': {
        const picture = lastPicture(this.#last?.results ?? [])
        if (!picture) throw new UsageError('the last cell showed no picture')
        return writeFile(needed(), picture.bytes, { flag: 'wx' })
      }
      case 'fork': {
        const made = await this.#session.fork(Number(first ?? 1))
        this.#branches.push(...made)
        return print(`branches: ${this.#branches.map((_, i) => (i === this.#at ? `[${i}]` : i)).join(' ')}`)
      }
      case 'branch': {
        if (!this.#branches[Number(needed())])
          throw new UsageError(`there are branches 0 to ${this.#branches.length - 1}`)
        this.#at = Number(first)
        this.#cells = new CellLines(this.#session, { blankEnds: true })
        return
      }
      default:
        throw new UsageError(`there is no command :${name}; :help shows those there are`)
    }
  }
}
