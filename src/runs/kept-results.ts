/**
 * What studies have found out, kept so that one of hours goes on where it was stopped: in a folder, `<study>.jsonl` for each
 * study, a line `{key, result}` for each verdict or pass matrix. Valid after `kill -9` at any moment, but for a torn last line.
 */
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { UsageError } from '../kernel/index.js'
import { cutTornTail, Journal } from './journal.js'
import { LineSplitter, maxLineBytes } from './lines.js'
import { lock, lockFile } from './lock.js'
import { onShutdown } from './shutdown.js'
import { makeFolder, namesIn, storageError } from './storage.js'

export class KeptResults {
  /** Results that were there already and were asked for. */
  reused = 0
  readonly #found: Map<string, string>
  readonly #journal: Journal
  readonly #unregister: () => void

  private constructor(path: string, found: Map<string, string>) {
    this.#found = found
    this.#journal = new Journal(path)
    const quietly = (write: () => void) => {
      try {
        write()
      } catch {
        // The process is ending; what was not written is found out again.
      }
    }
    this.#unregister = onShutdown({
      flush: () => quietly(() => this.#journal.flush()),
      close: () => quietly(() => this.#journal.close()),
    })
  }

  /** Throws StorageError. */
  static async open(path: string): Promise<KeptResults> {
    cutTornTail(path)
    const journal = new KeptResults(path, new Map())
    for await (const [key, result] of resultsIn(path)) journal.#found.set(key, result)
    return journal
  }

  /** What is kept, or what `find` finds; that is kept where `lasts` says so. Throws StorageError. */
  async once<T>(key: string, find: () => Promise<T>, lasts: (found: T) => boolean = () => true): Promise<T> {
    const known = this.#found.get(key)
    if (known !== undefined) {
      this.reused++
      return JSON.parse(known) as T
    }
    const found = await find()
    if (lasts(found)) {
      const result = JSON.stringify(found)
      this.#found.set(key, result)
      this.#journal.append(`{"key":"${key}","result":${result}}`)
    }
    return found
  }

  /** Throws StorageError when something could not be written. */
  close(): void {
    this.#unregister()
    this.#journal.close()
  }
}

/** One writer at a time. Release it with what is returned. Throws UsageError when the folder holds something else, or results though `resume` is not asked for; StorageError. */
export function takeKeptFolder(dir: string, { resume }: { readonly resume: boolean }): () => void {
  makeFolder(dir)
  const names = namesIn(dir).filter((name) => name !== lockFile && !name.endsWith('.tmp'))
  const foreign = names.find((name) => !name.endsWith('.jsonl'))
  if (foreign !== undefined)
    throw new UsageError(`${dir} holds something else than results of studies (${foreign}): choose another --out`)
  if (names.length > 0 && !resume)
    throw new UsageError(
      `${dir} already holds results (${names[0]}): go on from them with --resume, or choose another --out`,
    )
  return lock(dir)
}

/** Lines that are none are left out: they are found out again. */
async function* resultsIn(path: string): AsyncGenerator<[key: string, result: string]> {
  const splitter = new LineSplitter(maxLineBytes)
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 }) as AsyncIterable<Buffer>)
      for (const { bytes } of splitter.push(chunk)) {
        const [, key, result] = /^\{"key":"([0-9a-f]{64})","result":(.*)\}$/s.exec(bytes.toString('utf8')) ?? []
        if (key !== undefined && result !== undefined && isJson(result)) yield [key, result]
      }
  } catch (error) {
    throw storageError(error, path)
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

export const keptFile = (dir: string, study: string) => join(dir, `${study}.jsonl`)
