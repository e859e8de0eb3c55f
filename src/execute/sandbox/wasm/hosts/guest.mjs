/**
 * One run of a WASI module: fresh memory (or the kept image of a started interpreter), fresh files, one job.
 * Covers: memory limit, CPU limit at every call, output limit, what a trap means, the report.
 * Does not cover: CPU used between two calls; the parent's deadlines end that.
 */
import { Buffer } from 'node:buffer'
import fs from 'node:fs'
import { asFileSystem, Files, file } from './files.mjs'
import { leftFiles } from './left.mjs'
import { withHostMemory } from './memory.mjs'
import { Outlet } from './outlet.mjs'
import { Ended, Wasi } from './wasi.mjs'

const pageBytes = 65536
const mebi = 1024 * 1024
const mostPages = 65536

/** A compiled module whose memory the host gives; `image` is the memory of an instance that is set up already. */
export function compileModule(bytes) {
  const made = withHostMemory(bytes)
  return { module: new WebAssembly.Module(made.bytes), pages: made.pages, image: undefined }
}
export const compileFile = (path) => compileModule(fs.readFileSync(path))

export const decode = (base64) => Buffer.from(base64, 'base64')

/** Folders at the top of every guest's file system that are ours. */
const hidden = new Set(['dev', 'tmp'])

/** The program's files, and others at their paths below /dev, in a file system of `diskMb`. */
export function filesOf(job, more = []) {
  const files = new Files({ bytes: (job.diskMb ?? 64) * mebi })
  for (const [path, node] of more) files.place(path, node)
  for (const [name, content] of Object.entries(job.files ?? {})) files.place(name, file(decode(content)))
  return files
}

/** A guest that is about to run; `start()` gives the exports of its instance. */
export function makeGuest(compiled, job, used, { files, args, env = {}, imports = {} }) {
  const outlet = new Outlet(job.outputBytes, () => {
    throw new Ended({ kind: 'output-limit' })
  })
  const wasi = new Wasi({
    files,
    args,
    env,
    stdin: decode(job.stdin ?? ''),
    write: (fd, bytes) => outlet.write(fd, bytes),
    check() {
      if (used.cpuMs() > job.cpuMs) throw new Ended({ kind: 'time-limit', limit: 'cpu' })
    },
    cpuMs: used.cpuMs,
  })
  // What a started interpreter takes is not the program's.
  const own = compiled.image?.pages ?? 0
  const maximum = Math.min(mostPages, own + Math.ceil((job.memoryMb * mebi) / pageBytes))
  const { collect, files: inputs = {} } = job
  const guest = { outlet, wasi, maximum, collect, inputs, memory: undefined, refused: false, signal: undefined }
  guest.start = () => {
    const initial = Math.max(own, compiled.pages ?? 0)
    if (initial > maximum) throw new Ended({ kind: 'memory-limit' })
    const memory = new WebAssembly.Memory({ initial, maximum })
    guest.memory = memory
    const cupel = {
      __proto__: null,
      memory,
      refused() {
        guest.refused = true
      },
      abort() {
        guest.signal = 'SIGABRT'
      },
    }
    const given = { __proto__: null, wasi_snapshot_preview1: wasi.imports(memory), cupel, ...imports }
    const { exports } = new WebAssembly.Instance(compiled.module, given)
    if (compiled.image !== undefined) restore(memory, compiled.image)
    return exports
  }
  return guest
}

/** Keeps the memory of a guest that is set up, for the guests after it: its parts that are not zero. */
export function keepImage(compiled, guest) {
  const bytes = new Uint8Array(guest.memory.buffer)
  const parts = []
  const step = 16 * pageBytes
  for (let at = 0; at < bytes.length; at += step) {
    const part = bytes.subarray(at, Math.min(at + step, bytes.length))
    if (part.some((byte) => byte !== 0)) parts.push([at, part.slice()])
  }
  return { ...compiled, image: { pages: bytes.length / pageBytes, parts } }
}

function restore(memory, { parts }) {
  const bytes = new Uint8Array(memory.buffer)
  for (const [at, part] of parts) bytes.set(part, at)
}

/** Starts the guest, runs `main`, which gives an exit code, and says how it ended. */
export function runGuest(guest, main, outOfMemory = /(?!)/) {
  let stop
  try {
    stop = { kind: 'exit', code: main(guest.start()) ?? 0 }
  } catch (error) {
    stop = guest.wasi.stop ?? (error instanceof Ended ? error.stop : trapped(error, guest))
  }
  const failed = stop.kind === 'exit' && stop.code !== 0
  const size = guest.memory?.buffer.byteLength ?? 0
  if (failed && (guest.refused || size > 0.9 * guest.maximum * pageBytes || outOfMemory.test(guest.outlet.errorText)))
    stop = { kind: 'memory-limit' }
  const { files } = guest.wasi
  const left = guest.collect && { left: leftFiles(asFileSystem(files, hidden), '', guest.inputs, guest.collect) }
  return { stop, peakBytes: size, printed: guest.outlet.printed, ...left }
}

/** What the same mistake is in a native program. */
function trapped(error, guest) {
  if (guest.signal !== undefined) return { kind: 'exit', signal: guest.signal }
  const text = String(error?.message ?? error)
  // An exception of the guest's language that nobody caught, seen from outside.
  if (error instanceof WebAssembly.Exception) return { kind: 'exit', signal: 'SIGABRT' }
  if (error instanceof WebAssembly.LinkError || error instanceof TypeError) {
    guest.outlet.write(2, Buffer.from(`The module cannot be run: ${text}\n`))
    return { kind: 'exit', code: 126 }
  }
  if (error instanceof WebAssembly.RuntimeError || error instanceof RangeError)
    return { kind: 'exit', signal: /divide|remainder/.test(text) ? 'SIGFPE' : 'SIGSEGV' }
  throw error
}
