/**
 * Precompiled headers: what a compiler makes of a large header of its own, kept below Cupel's cache folder and shown
 * read-only to the compilers in the sandbox. The header is the compiler's; nothing of a program is in it. The compiler
 * itself refuses one that does not fit (other macros, other options, another version) and reads the header instead.
 *
 * Made in the background once a second program of one process would have had use for it: one program alone would wait
 * longer than it gains. `prepare` makes it at once.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmod, mkdir, mkdtemp, readFile, readdir, rename, rm, stat, statfs, utimes, writeFile } from 'node:fs/promises'
import { setPriority } from 'node:os'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { isOurs, ownFolder } from './compile-cache.js'

/** Where compilers in the sandbox see the folder. */
const inside = '/cupel/precompiled'
/** Left free on the disk: ten times what one takes. */
const spareBytes = 2 ** 30
/** Kept: one for each compiler and set of options; older ones are from before an upgrade. */
const keptFolders = 4
/** A build that takes longer than this has died. */
const abandonedMs = 600_000

const record = z.object({ headers: z.array(z.tuple([z.string(), z.number(), z.number()])) })

export interface HeaderUse {
  /** For example `bits/stdc++.h`. */
  readonly header: string
  /** The compile command with its placeholders. */
  readonly command: readonly string[]
  readonly version: string
  readonly path: string
}

interface State {
  ready: boolean
  wanted: number
  building: Promise<boolean> | null
}

export class PrecompiledHeaders {
  readonly #folder: string
  readonly #spareBytes: number
  readonly #states = new Map<string, State>()
  readonly #children = new Set<ChildProcess>()
  #closed = false

  private constructor(folder: string, spareBytes: number) {
    this.#folder = folder
    this.#spareBytes = spareBytes
  }

  /** Null where there is no folder that only this user can write to. `leave` bytes stay free on its disk. */
  static async open(folder: string, leave = spareBytes): Promise<PrecompiledHeaders | null> {
    return (await ownFolder(folder, 0o755)) ? new PrecompiledHeaders(folder, leave) : null
  }

  /** For the servers that compile. */
  get binds(): readonly string[] {
    return ['--bind', this.#folder, inside]
  }

  /** The options that make the compiler use it for these sources; none if it is of no use or not there yet. */
  async options(use: HeaderUse, sources: readonly Buffer[]): Promise<string[]> {
    if (!sources.some((source) => beginsWith(source, use.header))) return []
    const id = idOf(use)
    const state = this.#states.get(id) ?? { ready: false, wanted: 0, building: null }
    this.#states.set(id, state)
    state.ready ||= await this.#isThere(id, use.header)
    if (state.ready) return ['-I', `${inside}/${id}`]
    if (++state.wanted > 1) this.#build(id, use, state).catch(() => {})
    return []
  }

  /** Makes it now, unless it is there. False if it could not be made. */
  async prepare(use: HeaderUse): Promise<boolean> {
    const id = idOf(use)
    const state = this.#states.get(id) ?? { ready: false, wanted: 0, building: null }
    this.#states.set(id, state)
    state.ready ||= await this.#isThere(id, use.header)
    return state.ready || this.#build(id, use, state)
  }

  /** Ends what is being made, and leaves nothing of it. */
  async close(): Promise<void> {
    this.#closed = true
    for (const child of this.#children) child.kill('SIGKILL')
    await Promise.all([...this.#states.values()].map(({ building }) => building))
  }

  #build(id: string, use: HeaderUse, state: State): Promise<boolean> {
    if (this.#closed) return Promise.resolve(false)
    // What failed once is not tried again by this process.
    state.building ??= this.#make(id, use).then(
      (made) => (state.ready = made),
      () => false,
    )
    return state.building
  }

  /** It is there, ours, and none of the headers in it has changed since. */
  async #isThere(id: string, header: string): Promise<boolean> {
    const folder = join(this.#folder, id)
    try {
      for (const path of [
        folder,
        join(folder, 'made.json'),
        dirname(join(folder, header)),
        join(folder, `${header}.gch`),
      ])
        if (!isOurs(await stat(path))) return false
      const { headers } = record.parse(JSON.parse(await readFile(join(folder, 'made.json'), 'utf8')))
      const same = await Promise.all(
        headers.map(async ([path, size, changed]) => {
          const seen = await stat(path)
          return seen.size === size && seen.mtimeMs === changed
        }),
      )
      if (!same.every(Boolean)) return false
      await utimes(folder, new Date(), new Date())
      return true
    } catch {
      return false
    }
  }

  async #make(id: string, use: HeaderUse): Promise<boolean> {
    const { bavail, bsize } = await statfs(this.#folder)
    if (bavail * bsize < this.#spareBytes || (await this.#othersBuild(id))) return false
    const headers = await this.#headersIn(use)
    const main = headers.find((path) => path.endsWith(`/${use.header}`))
    if (!main) return false
    const partial = await mkdtemp(join(this.#folder, `${id}.partial-`))
    try {
      const out = join(partial, `${use.header}.gch`)
      await mkdir(dirname(out), { recursive: true })
      const [command = '', ...options] = optionsOf(use.command)
      await this.#call(use, [command, ...options, '-x', 'c++-header', main, '-o', out])
      const seen = await Promise.all(
        headers.map(async (path) => {
          const { size, mtimeMs } = await stat(path)
          return [path, size, mtimeMs] as const
        }),
      )
      await writeFile(join(partial, 'made.json'), JSON.stringify({ headers: seen }))
      // Compilers in the sandbox are another user.
      for (const path of [partial, dirname(out)]) await chmod(path, 0o755)
      for (const path of [out, join(partial, 'made.json')]) await chmod(path, 0o644)
      const folder = join(this.#folder, id)
      await rm(folder, { recursive: true, force: true })
      await rename(partial, folder)
      await this.#forgetOld()
      return true
    } finally {
      await rm(partial, { recursive: true, force: true })
    }
  }

  /** Another process is at it, or began and died a moment ago. */
  async #othersBuild(id: string): Promise<boolean> {
    let others = false
    for (const name of await readdir(this.#folder)) {
      if (!name.includes('.partial-')) continue
      const path = join(this.#folder, name)
      const seen = await stat(path).catch(() => null)
      if (!seen) continue
      if (Date.now() - seen.mtimeMs > abandonedMs) await rm(path, { recursive: true, force: true })
      else others ||= name.startsWith(id)
    }
    return others
  }

  async #headersIn(use: HeaderUse): Promise<string[]> {
    const rule = await this.#call(
      use,
      [...optionsOf(use.command), '-M', '-x', 'c++', '-'],
      `#include <${use.header}>\n`,
    )
    return rule
      .replaceAll('\\\n', ' ')
      .split(/\s+/)
      .filter((word) => word.startsWith('/'))
  }

  /** With the sandbox's search path, so that it is the compiler that programs get; at low priority. */
  #call(use: HeaderUse, [command = '', ...args]: readonly string[], input = ''): Promise<string> {
    return new Promise((resolve, reject) => {
      const env = { PATH: use.path, LANG: 'C.UTF-8' }
      const child = spawn(command, args, { env, cwd: '/', stdio: ['pipe', 'pipe', 'ignore'] })
      const kill = () => child.kill('SIGKILL')
      this.#children.add(child)
      process.once('exit', kill)
      let out = ''
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        out += text
      })
      child.on('error', reject)
      child.on('close', (code) => {
        this.#children.delete(child)
        process.off('exit', kill)
        code === 0 ? resolve(out) : reject(new Error(`${command} ended with ${code}`))
      })
      child.stdin.on('error', () => {})
      child.stdin.end(input)
      if (child.pid !== undefined) lowPriority(child.pid)
      if (this.#closed) kill()
    })
  }

  async #forgetOld(): Promise<void> {
    const names = (await readdir(this.#folder)).filter((name) => !name.includes('.partial-'))
    const seen = await Promise.all(
      names.map(async (name) => ({ name, used: (await stat(join(this.#folder, name))).mtimeMs })),
    )
    seen.sort((a, b) => b.used - a.used)
    for (const { name } of seen.slice(keptFolders)) await rm(join(this.#folder, name), { recursive: true, force: true })
  }
}

/** The command without what belongs to one program or to linking: what the header is compiled with. */
function optionsOf(command: readonly string[]): string[] {
  return command.filter((word, i) => word !== '-o' && command[i - 1] !== '-o' && !/\{\w+\}|^-l|^-L|^-Wl,/.test(word))
}

function idOf({ header, command, version }: HeaderUse): string {
  const all = JSON.stringify([header, optionsOf(command), version, process.arch])
  return createHash('sha256').update(all).digest('hex').slice(0, 24)
}

/** Nothing but comments and directives before its include: only then can the compiler use it. */
function beginsWith(source: Buffer, header: string): boolean {
  const text = source.subarray(0, 1 << 16).toString('latin1')
  const at = text.search(/^[ \t]*#[ \t]*include\b/m)
  if (at < 0) return false
  const [, named] = /^[ \t]*#[ \t]*include[ \t]*[<"]([^>"\n]*)[>"]/.exec(text.slice(at)) ?? []
  return named === header
}

function lowPriority(pid: number): void {
  try {
    setPriority(pid, 10)
  } catch {
    // It is only less polite.
  }
}
