/**
 * Fetches published data files. A file is there whole and checked, or not at all: it is written beside its place and
 * renamed into it.
 *
 * Not covered: continuing half a download (each attempt starts anew), proxies, data sets that ask for a login.
 */
import { createHash, randomBytes } from 'node:crypto'
import {
  createReadStream,
  createWriteStream,
  type WriteStream,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  BadDataError,
  CupelError,
  type DataFile,
  NotFoundError,
  StorageError,
  UsageError,
  describeError,
} from '../kernel/index.js'
import { dataFolder, findData } from './data.js'
import { errnoOf } from './storage.js'

export interface PullOptions {
  /** Where data files live; default: that of CUPEL_DATA. */
  readonly folder?: string
  /** Base address that stands for GitHub's raw files; default: CUPEL_DATA_SOURCE, else GitHub itself. */
  readonly source?: string
  /** Fetch again what is already there. */
  readonly force?: boolean
  /** Bytes so far, and how many there will be where the server says. */
  readonly progress?: (bytes: number, total: number | null) => void
  /** Milliseconds before the n-th retry (from 1). */
  readonly wait?: (retry: number) => number
  readonly signal?: AbortSignal
}

export interface Pulled {
  /** Of the data file, as its definition names it. */
  readonly path: string
  /** Where it is now. */
  readonly file: string
  readonly status: 'present' | 'downloaded'
  readonly bytes: number
}

const retries = 3
const github = 'https://raw.githubusercontent.com'
/** A connection that says nothing for so long is dead. */
const silenceMs = 60_000

/**
 * Throws UsageError (no public address known), NotFoundError (the address has no such file), BadDataError (a page
 * instead of a file, another checksum) and StorageError (the disk, or the network after all retries).
 */
export async function pullData(file: DataFile, options: PullOptions = {}): Promise<Pulled> {
  const folder = options.folder ?? dataFolder()
  const present = findData(file, folder)
  if (present && (file.bundled || (!options.force && (await isIntact(present, file)))))
    return { path: file.path, file: present, status: 'present', bytes: 0 }
  const address = addressOf(file, options.source ?? process.env.CUPEL_DATA_SOURCE)
  const target = join(folder, file.path)
  for (let attempt = 0; ; attempt++) {
    try {
      const bytes = await download(file, address, target, options)
      return { path: file.path, file: target, status: 'downloaded', bytes }
    } catch (error) {
      options.signal?.throwIfAborted()
      if (error instanceof CupelError) throw error
      if (attempt >= retries)
        throw new StorageError(
          `${address} could not be fetched after ${retries + 1} attempts: ${networkReason(error)}`,
          { cause: error },
        )
      await sleep((options.wait ?? ((retry) => 1000 * 2 ** retry))(attempt + 1))
    }
  }
}

/** `github:owner/repo/REF/path` as an address below `base`. */
export function addressOf({ path, from }: DataFile, base: string = github): string {
  if (!from)
    throw new UsageError(`no public address is known for ${path}: put the file there yourself, below CUPEL_DATA`)
  const [, owner, repository, ref, rest] = /^github:([^/]+)\/([^/@]+)[/@]([^/]+)\/(.+)$/.exec(from) ?? []
  if (!owner || !repository || !ref || !rest)
    throw new BadDataError(`«${from}» is no address: write github:owner/repository/commit/path`)
  if (!/^https?:\/\//.test(base))
    throw new UsageError(`CUPEL_DATA_SOURCE is «${base}»: give an http:// or https:// address`)
  return [base.replace(/\/+$/, ''), ...[owner, repository, ref, ...rest.split('/')].map(encodeURIComponent)].join('/')
}

/** A file found under its other name (plain for gzip) has another checksum: it is taken as it is. */
async function isIntact(present: string, { path, sha256 }: DataFile): Promise<boolean> {
  if (!sha256 || !present.endsWith(path)) return true
  const hash = createHash('sha256')
  for await (const part of createReadStream(present)) hash.update(part as Buffer)
  return hash.digest('hex') === sha256
}

async function download(file: DataFile, address: string, target: string, options: PullOptions): Promise<number> {
  const silence = new AbortController()
  const timer = setTimeout(() => silence.abort(new Error('the server fell silent')), silenceMs).unref()
  const signal = options.signal ? AbortSignal.any([options.signal, silence.signal]) : silence.signal
  // Content encoding would hide the published bytes from the checksum.
  const draft = `${target}.${process.pid}.${randomBytes(4).toString('hex')}.part`
  let sink: WriteStream | null = null
  try {
    const response = await fetch(address, { headers: { 'accept-encoding': 'identity' }, signal })
    refuseStatus(response, address)
    makeFolder(dirname(target))
    const total = Number(response.headers.get('content-length')) || null
    const hash = createHash('sha256')
    let bytes = 0
    sink = createWriteStream(draft, { flush: true })
    await pipeline(
      Readable.fromWeb(response.body as import('node:stream/web').ReadableStream),
      async function* (parts: AsyncIterable<Buffer>) {
        for await (const part of parts) {
          timer.refresh()
          if (bytes === 0) refusePage(part, address)
          bytes += part.length
          hash.update(part)
          options.progress?.(bytes, total)
          yield part
        }
      },
      sink,
    )
    if (bytes === 0) throw new BadDataError(`${address} gave an empty file`)
    if (total !== null && bytes !== total) throw new Error(`it ended after ${bytes} of ${total} bytes`)
    const found = hash.digest('hex')
    if (file.sha256 && found !== file.sha256)
      throw new BadDataError(
        `${address} has the checksum ${found}, not ${file.sha256}: the file was not kept; it changed where it is published, or on the way`,
      )
    renameSync(draft, target)
    return bytes
  } catch (error) {
    throw fromDisk(error) ? diskError(error, target) : error
  } finally {
    clearTimeout(timer)
    // A stream that is given up may still be opening its file: only then is there one to remove.
    if (sink && !sink.closed) await new Promise<void>((closed) => sink?.once('close', closed))
    discard(draft)
  }
}

function discard(draft: string): void {
  try {
    rmSync(draft, { force: true })
  } catch {
    // Where its folder is none, there is no draft either.
  }
}

function refuseStatus({ status, statusText, headers, body }: Response, address: string): void {
  const refused = (error: Error) => {
    void body?.cancel().catch(() => {})
    return error
  }
  if (status === 404 || status === 410) throw refused(new NotFoundError(`there is no file at ${address} (${status})`))
  if (status === 429 || status >= 500) throw refused(new Error(`the server answered ${status} ${statusText}`))
  if (status !== 200) throw refused(new BadDataError(`${address} was refused: ${status} ${statusText}`))
  if (/^text\/html\b/i.test(headers.get('content-type') ?? ''))
    throw refused(
      new BadDataError(`${address} is a web page, not a data file: is there a login or a filter on the way?`),
    )
}

/** Some servers call everything plain text. */
function refusePage(first: Buffer, address: string): void {
  const head = first.subarray(0, 200).toString('latin1').trimStart().toLowerCase()
  if (head.startsWith('<!doctype html') || head.startsWith('<html'))
    throw new BadDataError(`${address} is a web page, not a data file: is there a login or a filter on the way?`)
  if (head.startsWith('version https://git-lfs'))
    throw new BadDataError(
      `${address} is only a pointer to a large file (Git LFS): fetch the file with git lfs and put it below CUPEL_DATA`,
    )
}

function makeFolder(folder: string): void {
  try {
    if (!existsSync(folder)) mkdirSync(folder, { recursive: true })
  } catch (error) {
    throw diskError(error, folder)
  }
}

const diskCodes = new Set([
  'ENOSPC',
  'EDQUOT',
  'EROFS',
  'EACCES',
  'EPERM',
  'ENOTDIR',
  'EEXIST',
  'EISDIR',
  'EIO',
  'ENAMETOOLONG',
])

function fromDisk(error: unknown): boolean {
  return (
    !(error instanceof CupelError) &&
    diskCodes.has(errnoOf(error) ?? '') &&
    (error as NodeJS.ErrnoException).syscall !== 'connect'
  )
}

function diskError(error: unknown, path: string): CupelError {
  if (error instanceof CupelError) return error
  return new StorageError(
    `${path} could not be written (${describeError(error)}): free space, grant it, or set CUPEL_DATA to another folder`,
    {
      cause: error,
    },
  )
}

/** `fetch failed` alone says nothing; its cause does. */
function networkReason(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined
  return cause instanceof Error
    ? `${describeError(error)} (${cause.message || errnoOf(cause) || cause.name})`
    : describeError(error)
}
