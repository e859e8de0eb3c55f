/** The frames between Cupel and a server (warden.c). Little endian; a frame is a length, a header and blobs. */
import { createHash } from 'node:crypto'
import type { Limits } from '../../../kernel/index.js'

export const jobType = {
  ...{ run: 1, suite: 2, judge: 3, probe: 4, hold: 5, input: 6 },
  ...{ open: 16, turn: 17, interrupt: 18, branch: 19, files: 20, close: 21 },
} as const
export const flag = { warm: 1, noAddressSpaceLimit: 2, collect: 4, branching: 8, memory: 16 } as const

/** Why the server ended a job. */
export const endedBy = {
  itself: 0,
  cpu: 1,
  wall: 2,
  output: 3,
  memory: 4,
  report: 5,
  examinerDied: 6,
  notStarted: 7,
  protocol: 8,
  notCollected: 9,
  machineOutOfMemory: 10,
  disk: 11,
  processes: 12,
} as const

const headerBytes = 40
const replyHeaderBytes = 56
/** Frames above this are refused by the server. */
export const maxFrameBytes = 256 * 1024 * 1024

export interface Frame {
  readonly type: (typeof jobType)[keyof typeof jobType]
  readonly flags: number
  readonly limits: Limits
  readonly blobs: readonly Buffer[]
}

export interface Reply {
  readonly id: number
  readonly endedBy: number
  readonly exitCode: number
  readonly signal: number
  readonly cpuMs: number
  readonly wallMs: number
  readonly peakBytes: number
  /** How long it waited for a processor, when the wall clock ended it; null where the kernel does not say. */
  readonly waitedMs: number | null
  /** Its processes held more than `memoryMb`, as counted by the kernel; never true where nothing counts. */
  readonly overMemory: boolean
  readonly stdout: Buffer
  readonly stderr: Buffer
  readonly report: Buffer
}

export function encodeFrame(frame: Frame, id: number): Buffer {
  const size = headerBytes + frame.blobs.reduce((sum, blob) => sum + 4 + blob.length, 0)
  if (size > maxFrameBytes) throw new RangeError(`a job of ${size} bytes is larger than the 256 MiB a job may have`)
  const out = Buffer.allocUnsafe(4 + size)
  const { limits } = frame
  const header = [
    size,
    frame.type,
    frame.flags,
    id,
    Math.ceil(limits.cpuSeconds * 1000),
    Math.ceil(limits.wallSeconds * 1000),
    limits.memoryMb,
    limits.outputBytes,
    limits.processes,
    limits.diskMb,
    frame.blobs.length,
  ]
  let at = 0
  for (const value of header) at = out.writeUInt32LE(Math.min(value, 0xffffffff), at)
  for (const blob of frame.blobs) {
    at = out.writeUInt32LE(blob.length, at)
    at += blob.copy(out, at)
  }
  return out
}

function decodeReply(data: Buffer): Reply {
  const u64 = (at: number) => Number(data.readBigUInt64LE(at))
  const waited = Number(data.readBigInt64LE(40))
  const blobs: Buffer[] = []
  let at = replyHeaderBytes
  for (let i = 0; i < data.readUInt32LE(52); i++) {
    const size = data.readUInt32LE(at)
    blobs.push(data.subarray(at + 4, at + 4 + size))
    at += 4 + size
  }
  const empty = Buffer.alloc(0)
  return {
    id: data.readUInt32LE(0),
    endedBy: data.readUInt32LE(4),
    exitCode: data.readInt32LE(8),
    signal: data.readInt32LE(12),
    cpuMs: u64(16) / 1000,
    wallMs: u64(24) / 1000,
    peakBytes: u64(32),
    waitedMs: waited < 0 ? null : waited / 1000,
    overMemory: data.readUInt32LE(48) !== 0,
    stdout: blobs[0] ?? empty,
    stderr: blobs[1] ?? empty,
    report: blobs[2] ?? empty,
  }
}

/** Cuts a byte stream into replies. */
export class ReplyReader {
  #parts: Buffer[] = []
  #size = 0

  /** The replies that this part completes. */
  push(part: Buffer): Reply[] {
    const replies: Reply[] = []
    this.#parts.push(part)
    this.#size += part.length
    while (this.#size >= 4) {
      if ((this.#parts[0] as Buffer).length < 4) this.#parts = [Buffer.concat(this.#parts)]
      const need = 4 + (this.#parts[0] as Buffer).readUInt32LE(0)
      if (this.#size < need) break
      const all = this.#parts.length === 1 ? (this.#parts[0] as Buffer) : Buffer.concat(this.#parts)
      this.#parts = all.length > need ? [all.subarray(need)] : []
      this.#size -= need
      replies.push(decodeReply(all.subarray(4, need)))
    }
    return replies
  }
}

/** The identity of what a server is to hold. */
export function keyOf({ type, flags, blobs }: Frame): string {
  const hash = createHash('sha256').update(`${type} ${flags}\n`)
  for (const blob of blobs) hash.update(digestOf(blob))
  return hash.digest('base64')
}

const digests = new WeakMap<Buffer, Buffer>()

/** Large blobs come again as the very same object, from the compile cache. */
function digestOf(blob: Buffer): Buffer {
  const digest = digests.get(blob) ?? createHash('sha256').update(blob).digest()
  if (blob.length >= 1 << 16) digests.set(blob, digest)
  return digest
}

/** Strings as the server wants them: each ended by NUL. */
export function strings(items: readonly string[]): Buffer {
  return Buffer.from(items.map((item) => `${item}\0`).join(''), 'utf8')
}
