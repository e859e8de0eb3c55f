/**
 * Reads zip archives of JSON files: stored, deflate and zstd. One entry is in memory at a time,
 * and an entry that grows beyond a bound is refused while it is unpacked. Names are only compared, never used as paths;
 * those that lead out of the archive are refused all the same.
 * Not covered: encrypted archives and those in several parts, which no tool writes here; where Node has no zstd of its own
 * (before 22.15), an entry of several zstd frames.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import * as zlib from 'node:zlib'
import { decompress } from 'fzstd'
import { BadDataError, describeError, type FormatFile, NotFoundError, StorageError } from '../../kernel/index.js'
import { parseJson } from './python-json.js'

const longestEntry = 256 * 1024 * 1024
const tooLarge = 'unpacks to more than an entry may hold here (256 MiB)'
const mostEntries = 1_000_000

interface Entry {
  readonly name: string
  readonly method: number
  readonly encrypted: boolean
  readonly packed: number
  /** Unpacked, as the directory says. */
  readonly size: number
  readonly offset: number
  readonly crc: number
}

/** Throws BadDataError or StorageError: one sentence. */
export function openArchive(path: string): { file: FormatFile; close(): void } {
  let fd: number
  try {
    fd = openSync(path, 'r')
  } catch (error) {
    throw new StorageError(`${path} could not be read: ${describeError(error)}`, { cause: error })
  }
  try {
    const entries = new Map(directoryOf(fd, path).map((entry) => [entry.name, entry]))
    const read = async (name: string): Promise<unknown> => {
      const entry = entries.get(name)
      if (!entry) throw new NotFoundError(`${path} has no entry ${name}`)
      try {
        return parseJson(unpack(fd, entry, path).toString('utf8'))
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error
        throw new BadDataError(`${path}: ${name} is not JSON: ${error.message}`, { cause: error })
      }
    }
    return { file: { kind: 'archive', path, names: [...entries.keys()], read }, close: () => closeSync(fd) }
  } catch (error) {
    closeSync(fd)
    throw error
  }
}

function bytesAt(fd: number, path: string, offset: number, length: number): Buffer {
  const buffer = Buffer.alloc(length)
  let at = 0
  while (at < length) {
    const read = readSync(fd, buffer, at, length - at, offset + at)
    if (read === 0) throw damaged(path, 'it ends early')
    at += read
  }
  return buffer
}

function damaged(path: string, how: string): BadDataError {
  return new BadDataError(`the zip archive ${path} is damaged (${how}): fetch or write it again`)
}

function directoryOf(fd: number, path: string): Entry[] {
  const { size } = fstatSync(fd)
  const tailStart = Math.max(0, size - 66_000)
  const tail = bytesAt(fd, path, tailStart, size - tailStart)
  const end = tail.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  if (end < 0 || end + 22 > tail.length) throw damaged(path, 'its directory is missing, as when a writer was killed')
  let count = tail.readUInt16LE(end + 10)
  let length = tail.readUInt32LE(end + 12)
  let offset = tail.readUInt32LE(end + 16)
  const locator = end - 20
  if (locator >= 0 && tail.readUInt32LE(locator) === 0x07064b50) {
    const record = bytesAt(fd, path, whole(tail.readBigUInt64LE(locator + 8), size, path), 56)
    if (record.readUInt32LE(0) !== 0x06064b50) throw damaged(path, 'its directory is not where it should be')
    count = whole(record.readBigUInt64LE(32), mostEntries, path)
    length = whole(record.readBigUInt64LE(40), size, path)
    offset = whole(record.readBigUInt64LE(48), size, path)
  }
  if (count > mostEntries || offset + length > size) throw damaged(path, 'its directory is larger than the file')
  const bytes = bytesAt(fd, path, offset, length)
  const entries: Entry[] = []
  for (let at = 0, i = 0; i < count; i++) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== 0x02014b50) throw damaged(path, 'its directory breaks off')
    const [names, extras, comments] = [28, 30, 32].map((field) => bytes.readUInt16LE(at + field)) as [
      number,
      number,
      number,
    ]
    if (at + 46 + names + extras + comments > bytes.length) throw damaged(path, 'its directory breaks off')
    const name = bytes.toString('utf8', at + 46, at + 46 + names)
    refuseWayOut(name, path)
    const extra = bytes.subarray(at + 46 + names, at + 46 + names + extras)
    const [unpacked, packed, start] = [24, 20, 42].map((field) => bytes.readUInt32LE(at + field)) as [
      number,
      number,
      number,
    ]
    const [longSize, longPacked, longStart] = longSizes(extra, [unpacked, packed, start], size, path)
    const method = bytes.readUInt16LE(at + 10)
    const encrypted = (bytes.readUInt16LE(at + 8) & 1) === 1
    if (!name.endsWith('/'))
      entries.push({
        ...{ name, method, encrypted, packed: longPacked, size: longSize, offset: longStart },
        crc: bytes.readUInt32LE(at + 16),
      })
    at += 46 + names + extras + comments
  }
  return entries
}

/** Sizes above 4 GiB stand in an extra field, only those that do not fit. */
function longSizes(
  extra: Buffer,
  short: [number, number, number],
  size: number,
  path: string,
): [number, number, number] {
  const long: [number, number, number] = [...short]
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue
    let field = at + 4
    for (const i of [0, 1, 2] as const)
      if (short[i] === 0xffffffff && field + 8 <= extra.length) {
        long[i] = i === 0 ? Number(extra.readBigUInt64LE(field)) : whole(extra.readBigUInt64LE(field), size, path)
        field += 8
      }
  }
  return long
}

function whole(value: bigint, most: number, path: string): number {
  if (value > BigInt(most)) throw damaged(path, 'a size in it is larger than the file')
  return Number(value)
}

function refuseWayOut(name: string, path: string): void {
  if (/^[/\\]|^[A-Za-z]:|\\|\0/.test(name) || name.split('/').includes('..'))
    throw new BadDataError(
      `the zip archive ${path} has an entry that leads out of it (${JSON.stringify(name.slice(0, 100))}): it is refused as a whole`,
    )
}

function unpack(fd: number, entry: Entry, path: string): Buffer {
  const { name, method, encrypted, packed, size, offset, crc } = entry
  const refuse = (why: string) => new BadDataError(`${path}: ${name} ${why}`)
  if (encrypted) throw refuse('is encrypted, which is not read here')
  if (size > longestEntry) throw refuse(tooLarge)
  if (packed > longestEntry) throw refuse('is larger than an entry may be here (256 MiB)')
  const head = bytesAt(fd, path, offset, 30)
  if (head.readUInt32LE(0) !== 0x04034b50) throw damaged(path, `${name} is not where the directory says`)
  const bytes = bytesAt(fd, path, offset + 30 + head.readUInt16LE(26) + head.readUInt16LE(28), packed)
  const unpacked = inflate(bytes, method, size, refuse)
  if (zlib.crc32(unpacked) !== crc) throw damaged(path, `${name} does not have its checksum`)
  return unpacked
}

type Unpack = (bytes: Buffer, options: { maxOutputLength: number }) => Buffer

function inflate(bytes: Buffer, method: number, size: number, refuse: (why: string) => BadDataError): Buffer {
  if (method === 0) return bytes
  const zstd = (zlib as { zstdDecompressSync?: Unpack }).zstdDecompressSync ?? unzstd(size)
  const unpack = method === 8 ? zlib.inflateRawSync : method === 93 ? zstd : undefined
  if (!unpack) throw refuse(`is packed in a way that is not read here (method ${method})`)
  try {
    return unpack(bytes, { maxOutputLength: longestEntry })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw refuse(tooLarge)
    throw refuse(`could not be unpacked: ${describeError(error)}`)
  }
}

/** Into as many bytes as the directory says: what wants more is damaged, as the checksum tells. */
function unzstd(size: number): Unpack {
  return (bytes) => Buffer.from(decompress(bytes, new Uint8Array(size)))
}
