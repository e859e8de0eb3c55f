/** A run: a folder of JSON Lines that survives `kill -9` at any moment and is continued where it stopped. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Event, UsageError, type VerdictKind, verdictKinds } from '../kernel/index.js'
import { writeAtomically } from './atomic-file.js'
import { firstHeader, headerFile, readHeader, refuseAnother, resumedHeader, writeHeader } from './header.js'
import type { RunHeader, RunStart } from './header.js'
import { cutTornTail, Journal } from './journal.js'
import { KeyTable } from './key-table.js'
import { lock, lockFile } from './lock.js'
import { onShutdown } from './shutdown.js'
import { makeFolder, namesIn } from './storage.js'
import { type MalformedLine, recordLine, recordsOf, type VerdictRecord, verdictsFile } from './verdict-records.js'

export const eventsFile = 'events.jsonl'
export const summaryFile = 'summary.json'

/** What the last session left behind and was put right. */
export interface Recovery {
  /** Bytes of a torn last line that were cut off. */
  readonly cut: readonly { readonly file: string; readonly bytes: number }[]
  /** Lines in the middle of `verdicts.jsonl` that are no records; they are ignored and judged again. */
  readonly malformed: readonly MalformedLine[]
}

export class Run {
  readonly dir: string
  readonly header: RunHeader
  readonly recovery: Recovery
  readonly #kinds: KeyTable
  readonly #verdicts: Journal
  readonly #events: Journal
  readonly #release: () => void
  readonly #unregister: () => void
  #judged: number
  #finished = true

  /** Use `openRun`. */
  constructor(dir: string, header: RunHeader, loaded: Loaded, release: () => void) {
    this.dir = dir
    this.header = header
    this.recovery = loaded.recovery
    this.#kinds = loaded.kinds
    this.#judged = loaded.judged
    this.#release = release
    this.#verdicts = new Journal(join(dir, verdictsFile))
    this.#events = new Journal(join(dir, eventsFile))
    this.#unregister = onShutdown({
      flush: () => quietly(() => this.flush()),
      close: () => quietly(() => this.close()),
    })
  }

  /** Verdicts about candidates, from all sessions. */
  get judged(): number {
    return this.#judged
  }

  /** Whether this judgement need not be made again. An `infrastructure` verdict is no judgement. */
  has(key: string): boolean {
    const kind = this.verdictOf(key)
    return kind !== undefined && kind !== 'infrastructure'
  }

  /** The kind alone; the full verdict is in `verdicts.jsonl` only. */
  verdictOf(key: string): VerdictKind | undefined {
    const index = this.#kinds.get(key)
    return index === undefined ? undefined : verdictKinds[index]
  }

  /**
   * Records a verdict; a second one for a key that `has` changes nothing. It is on its way to the file within 50 ms.
   * Throws StorageError; what was judged before is safe.
   */
  append(record: VerdictRecord): void {
    if (this.has(record.key)) return
    this.#discardSummary()
    this.#verdicts.append(recordLine(record))
    this.#kinds.set(record.key, verdictKinds.indexOf(record.verdict.kind))
    if (record.verdict.kind !== 'infrastructure') this.#judged++
  }

  /** Throws StorageError. */
  event(event: Event): void {
    this.#events.append(JSON.stringify(event))
  }

  /** Hands everything appended to the operating system: no kill can take it any more. Throws StorageError. */
  flush(): void {
    this.#verdicts.flush()
    this.#events.flush()
  }

  /** Makes everything durable and writes `summary.json`. Throws StorageError. */
  finish(summary: Readonly<Record<string, unknown>>): void {
    this.#verdicts.sync()
    this.#events.sync()
    writeAtomically(join(this.dir, summaryFile), `${JSON.stringify(summary, null, 2)}\n`)
    this.#finished = true
  }

  /** Writes what waits and gives the folder free, in any case. Throws StorageError when something could not be written. */
  close(): void {
    this.#unregister()
    try {
      this.#verdicts.close()
    } finally {
      try {
        this.#events.close()
      } finally {
        this.#release()
      }
    }
  }

  /** A summary of an earlier session is wrong as soon as there is another verdict. */
  #discardSummary(): void {
    if (!this.#finished) return
    this.#finished = false
    rmSync(join(this.dir, summaryFile), { force: true })
  }
}

/**
 * Starts a run in an absent or empty folder; with `resume` also continues the one that is there.
 * Throws UsageError when the folder holds something else, another run or one that is being written, BadDataError for a
 * damaged header, StorageError.
 */
export async function openRun(dir: string, start: RunStart, { resume }: { readonly resume: boolean }): Promise<Run> {
  makeFolder(dir)
  refuseForeign(dir, resume)
  const release = lock(dir)
  try {
    const before = readHeader(dir)
    if (before && !resume) throw alreadyThere(dir)
    if (before) refuseAnother(dir, before, start)
    const header = before ? resumedHeader(before, start) : firstHeader(start)
    writeHeader(dir, header)
    return new Run(dir, header, await load(dir), release)
  } catch (error) {
    release()
    throw error
  }
}

interface Loaded {
  readonly kinds: KeyTable
  readonly judged: number
  readonly recovery: Recovery
}

async function load(dir: string): Promise<Loaded> {
  const cut = [verdictsFile, eventsFile]
    .map((file) => ({ file, bytes: cutTornTail(join(dir, file)) }))
    .filter(({ bytes }) => bytes > 0)
  const malformed: MalformedLine[] = []
  const kinds = new KeyTable()
  const infrastructure = verdictKinds.indexOf('infrastructure')
  let judged = 0
  if (namesIn(dir).includes(verdictsFile))
    for await (const { record } of recordsOf(join(dir, verdictsFile), (line) => malformed.push(line))) {
      const known = kinds.get(record.key)
      if (known !== undefined && known !== infrastructure) continue
      const kind = verdictKinds.indexOf(record.verdict.kind)
      kinds.set(record.key, kind)
      if (kind !== infrastructure) judged++
    }
  return { kinds, judged, recovery: { cut, malformed } }
}

/** Before anything is written: leaves folders that are not ours alone. */
function refuseForeign(dir: string, resume: boolean): void {
  const names = namesIn(dir)
  if (names.includes(headerFile)) {
    if (!resume) throw alreadyThere(dir)
    return
  }
  // A kill between lock and header leaves only these.
  const foreign = names.filter((name) => name !== lockFile && !name.endsWith('.tmp'))
  if (foreign.length > 0)
    throw new UsageError(`${dir} is not empty and holds no run (it has ${foreign[0]}): choose another --out`)
}

function alreadyThere(dir: string): UsageError {
  return new UsageError(`${dir} already holds a run: continue it with --resume, or choose another --out`)
}

function quietly(write: () => void): void {
  try {
    write()
  } catch {
    // The process is ending; what was not written is judged again.
  }
}
