/**
 * What compilers made, by the hash of everything that went in: the latest in memory, more on the disk below Cupel's cache
 * folder, for all processes of this user. A damaged or doubtful entry is a miss, and a full disk only means no cache.
 *
 * What programs run as comes from here, so the folder must be one that only this user can write to, and each file must be
 * this user's. Does not cover: an attacker who already is this user.
 */
import { createHash, randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { chmod, lstat, mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

export interface MadeFile {
  readonly name: string
  readonly content: Buffer
  readonly mode: number
}

export interface Compiled {
  readonly ok: boolean
  readonly stdout: string
  readonly stderr: string
  readonly cpuMs: number
  readonly wallMs: number
  readonly peakBytes: number
  readonly files: readonly MadeFile[]
}

export interface CacheSizes {
  readonly memoryBytes: number
  readonly diskBytes: number
}

const defaultSizes: CacheSizes = { memoryBytes: 64 * 2 ** 20, diskBytes: 512 * 2 ** 20 }
const magic = Buffer.from('cupel compiled 1\n')
const hashBytes = 32
/** What a process that died while writing left behind. */
const abandonedMs = 3_600_000

const header = z.object({
  key: z.string(),
  ok: z.boolean(),
  stdout: z.string(),
  stderr: z.string(),
  cpuMs: z.number(),
  wallMs: z.number(),
  peakBytes: z.number(),
  files: z.array(z.tuple([z.string(), z.int().nonnegative(), z.int()])),
})

export class CompileCache {
  readonly #folder: string
  readonly #sizes: CacheSizes
  /** Least recently used first. */
  readonly #memory = new Map<string, { readonly compiled: Compiled; readonly bytes: number }>()
  #memoryBytes = 0
  #usable: Promise<boolean> | undefined
  #unswept = Infinity

  constructor(folder: string, sizes: CacheSizes = defaultSizes) {
    this.#folder = folder
    this.#sizes = sizes
  }

  async get(key: string): Promise<Compiled | null> {
    const held = this.#memory.get(key)
    if (held) {
      this.#memory.delete(key)
      this.#memory.set(key, held)
      return held.compiled
    }
    if (!(await this.#isUsable())) return null
    const compiled = await readEntry(join(this.#folder, key), key)
    if (compiled) this.#remember(key, compiled)
    return compiled
  }

  async put(key: string, compiled: Compiled): Promise<void> {
    this.#remember(key, compiled)
    const entry = encode(key, compiled)
    if (entry.length > this.#sizes.diskBytes / 4 || !(await this.#isUsable())) return
    const partial = join(this.#folder, `${key}.${randomUUID()}.partial`)
    try {
      await writeFile(partial, entry, { flag: 'wx', mode: 0o600 })
      await rename(partial, join(this.#folder, key))
      this.#unswept += entry.length
      if (this.#unswept > this.#sizes.diskBytes / 16) await this.#sweep()
    } catch {
      await rm(partial, { force: true }).catch(() => {})
    }
  }

  #remember(key: string, compiled: Compiled): void {
    const bytes =
      compiled.files.reduce((sum, file) => sum + file.content.length, 1000) +
      compiled.stdout.length +
      compiled.stderr.length
    if (bytes > this.#sizes.memoryBytes) return
    this.#memoryBytes += bytes - (this.#memory.get(key)?.bytes ?? 0)
    this.#memory.delete(key)
    this.#memory.set(key, { compiled, bytes })
    for (const [oldest, { bytes: freed }] of this.#memory) {
      if (this.#memoryBytes <= this.#sizes.memoryBytes) return
      this.#memory.delete(oldest)
      this.#memoryBytes -= freed
    }
  }

  #isUsable(): Promise<boolean> {
    this.#usable ??= ownFolder(this.#folder, 0o700)
    return this.#usable
  }

  /** Removes what was not used for longest until the rest is within its size. Others may be doing the same. */
  async #sweep(): Promise<void> {
    this.#unswept = 0
    const entries: { path: string; bytes: number; used: number }[] = []
    for (const name of await readdir(this.#folder)) {
      const path = join(this.#folder, name)
      const seen = await stat(path).catch(() => null)
      if (!seen) continue
      if (!name.endsWith('.partial')) entries.push({ path, bytes: seen.size, used: seen.mtimeMs })
      else if (Date.now() - seen.mtimeMs > abandonedMs) await rm(path, { force: true })
    }
    entries.sort((a, b) => a.used - b.used)
    let total = entries.reduce((sum, entry) => sum + entry.bytes, 0)
    for (const { path, bytes } of entries) {
      if (total <= this.#sizes.diskBytes) return
      await rm(path, { force: true })
      total -= bytes
    }
  }
}

/** Makes the folder if it is not there. False if somebody else could have put something into it. */
export async function ownFolder(folder: string, mode: number): Promise<boolean> {
  try {
    const made = await mkdir(folder, { recursive: true, mode })
    if (made) await chmod(folder, mode)
    const seen = await lstat(folder)
    return seen.isDirectory() && isOurs(seen)
  } catch {
    return false
  }
}

/** Ours, and nobody else may write to it. */
export function isOurs({ uid, mode }: { readonly uid: number; readonly mode: number }): boolean {
  return uid === process.geteuid?.() && (mode & 0o022) === 0
}

async function readEntry(path: string, key: string): Promise<Compiled | null> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW).catch(() => null)
  if (!file) return null
  try {
    const seen = await file.stat()
    if (!seen.isFile() || !isOurs(seen)) return null
    const compiled = decode(await file.readFile(), key)
    // Its age is that of its last use.
    if (compiled) await file.utimes(new Date(), new Date())
    else await rm(path, { force: true })
    return compiled
  } catch {
    return null
  } finally {
    await file.close()
  }
}

/** A magic line, a hash of the rest, the length of a JSON header, the header, the files. */
function encode(key: string, { files, ...rest }: Compiled): Buffer {
  const json = Buffer.from(
    JSON.stringify({ key, ...rest, files: files.map(({ name, content, mode }) => [name, content.length, mode]) }),
  )
  const length = Buffer.alloc(4)
  length.writeUInt32LE(json.length)
  const body = Buffer.concat([length, json, ...files.map(({ content }) => content)])
  return Buffer.concat([magic, createHash('sha256').update(body).digest(), body])
}

function decode(entry: Buffer, key: string): Compiled | null {
  const at = magic.length + hashBytes
  const body = entry.subarray(at)
  if (body.length < 4 || !entry.subarray(0, magic.length).equals(magic)) return null
  if (!createHash('sha256').update(body).digest().equals(entry.subarray(magic.length, at))) return null
  let end = 4 + body.readUInt32LE(0)
  const { key: own, files, ...rest } = header.parse(JSON.parse(body.subarray(4, end).toString('utf8')))
  if (own !== key) return null
  const made = files.map(([name, bytes, mode]) => {
    const content = body.subarray(end, end + bytes)
    end += bytes
    return { name, content, mode }
  })
  return { ...rest, files: made }
}
