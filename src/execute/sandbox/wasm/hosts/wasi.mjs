/**
 * WASI preview 1 for one guest: every call a module may make, served from memory (files.mjs). Nothing here touches the
 * host but its clocks, random numbers and the two functions that take the guest's output.
 * Covers: every call of the interface; pointers and lengths of the guest are checked by the views they go through.
 * Does not cover: sockets (refused), rights (all are given), signals. Not node:wasi, which is no sandbox by its own words.
 */
import { Buffer } from 'node:buffer'
import { webcrypto } from 'node:crypto'
import { device, directory, errno, FileError, refuse } from './files.mjs'
import { sleep } from './frames.mjs'
import { fileCalls } from './wasi-files.mjs'

const random = webcrypto.getRandomValues.bind(webcrypto)
const decode = (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
const mostVectors = 1024

/** How a guest ended that did not return: thrown through its frames, which cannot come back to life (see `call`). */
export class Ended extends Error {
  constructor(stop) {
    super('ended')
    this.stop = stop
  }
}

export class Wasi {
  /** Set once; from then on every call of the guest throws again. */
  stop = undefined
  #memory
  #view
  #bytes

  /** `write(fd, bytes)` takes output; `check()` throws `Ended` if a limit was passed. */
  constructor({ files, args, env, stdin, write, check, cpuMs }) {
    this.files = files
    this.strings = { args: texts(args), environ: texts(Object.entries(env).map(([name, value]) => `${name}=${value}`)) }
    this.check = check
    this.cpuMs = cpuMs
    let readAt = 0
    const input = device((target) => {
      const part = stdin.subarray(readAt, readAt + target.length)
      target.set(part)
      readAt += part.length
      return part.length
    })
    const sink = (fd) =>
      device(
        () => 0,
        (bytes) => write(fd, bytes),
      )
    const outputs = [sink(1), sink(2)]
    const nothing = device(
      () => 0,
      () => {},
    )
    files.place('/dev/null', nothing)
    for (const [index, name] of ['stdin', 'stdout', 'stderr'].entries())
      files.place(`/dev/${name}`, [input, ...outputs][index])
    if (files.root.entries.get('tmp') === undefined) files.place('/tmp', directory())
    this.descriptors = new Map([
      [0, { node: input, at: 0, flags: 0 }],
      [1, { node: outputs[0], at: 0, flags: 1 }],
      [2, { node: outputs[1], at: 0, flags: 1 }],
      [3, { node: files.root, trail: [files.root], at: 0, flags: 0, name: Buffer.from('/') }],
    ])
    for (const { node } of this.descriptors.values()) files.open(node)
  }

  /** The calls as imports for a module whose memory is `memory`. */
  imports(memory) {
    this.#memory = memory
    const imports = Object.create(null)
    for (const name of callNames) imports[name] = (...values) => this.#call(name, values)
    return imports
  }

  #call(name, values) {
    if (this.stop !== undefined) throw new Ended(this.stop)
    try {
      this.check()
      return this[name](...values) ?? 0
    } catch (error) {
      if (error instanceof FileError) return error.code
      if (error instanceof Ended) this.stop ??= error.stop
      // A pointer of the guest that leads out of its memory; its own stack overflow is not that.
      else if (error instanceof RangeError && !/call stack/.test(error.message)) return errno.fault
      throw error
    }
  }

  get view() {
    if (this.#view?.buffer !== this.#memory.buffer) this.#view = new DataView(this.#memory.buffer)
    return this.#view
  }

  at(pointer, length) {
    if (this.#bytes?.buffer !== this.#memory.buffer) this.#bytes = new Uint8Array(this.#memory.buffer)
    const [from, to] = [pointer >>> 0, (pointer >>> 0) + (length >>> 0)]
    if (to > this.#bytes.length) throw new RangeError('outside of memory')
    return this.#bytes.subarray(from, to)
  }

  u32(pointer, value) {
    this.view.setUint32(pointer >>> 0, value, true)
  }

  u64(pointer, value) {
    this.view.setBigUint64(pointer >>> 0, BigInt(value), true)
  }

  path(pointer, length) {
    return decode(this.at(pointer, length))
  }

  descriptor(fd) {
    return this.descriptors.get(fd) ?? refuse('badf')
  }

  folder(fd) {
    return this.descriptor(fd).trail ?? refuse('notdir')
  }

  /** Calls `one` with each part of guest memory until it gives less than the part's length; the sum goes to `total` too. */
  vectors(pointer, count, total, one) {
    if (count >>> 0 > mostVectors) refuse('inval')
    let sum = 0
    for (let index = 0; index < count; index++) {
      const at = (pointer >>> 0) + index * 8
      const part = this.at(this.view.getUint32(at, true), this.view.getUint32(at + 4, true))
      if (part.length === 0) continue
      const done = one(part, sum)
      sum += done
      if (done < part.length) break
    }
    this.u32(total, sum)
    return sum
  }

  #strings(list, pointers, buffer) {
    let at = buffer >>> 0
    for (const [index, bytes] of list.entries()) {
      this.u32(pointers + index * 4, at)
      this.at(at, bytes.length).set(bytes)
      at += bytes.length
    }
  }

  #sizes(list, count, size) {
    this.u32(count, list.length)
    this.u32(
      size,
      list.reduce((sum, bytes) => sum + bytes.length, 0),
    )
  }

  args_get(pointers, buffer) {
    this.#strings(this.strings.args, pointers, buffer)
  }
  args_sizes_get(count, size) {
    this.#sizes(this.strings.args, count, size)
  }
  environ_get(pointers, buffer) {
    this.#strings(this.strings.environ, pointers, buffer)
  }
  environ_sizes_get(count, size) {
    this.#sizes(this.strings.environ, count, size)
  }

  /** Nanoseconds of clock 0 (of the day), 1 (monotonic), 2 and 3 (CPU time). */
  #now(clock) {
    if (clock === 0) return BigInt(Math.round((performance.timeOrigin + performance.now()) * 1000)) * 1000n
    if (clock === 1) return BigInt(Math.round(performance.now() * 1e6))
    if (clock === 2 || clock === 3) return BigInt(Math.round(this.cpuMs() * 1e6))
    return refuse('inval')
  }
  clock_res_get(clock, result) {
    this.#now(clock)
    this.u64(result, 1000)
  }
  clock_time_get(clock, _precision, result) {
    this.u64(result, this.#now(clock))
  }

  /** Only clocks make it wait: everything else a guest can have is ready at once. */
  poll_oneoff(subscriptions, events, count, result) {
    if (count === 0 || count >>> 0 > mostVectors) refuse('inval')
    const all = Array.from({ length: count }, (_, index) => {
      const at = (subscriptions >>> 0) + index * 48
      const [data, type] = [this.view.getBigUint64(at, true), this.view.getUint8(at + 8)]
      if (type !== 0) return { data, type, waits: 0n }
      const now = this.#now(this.view.getUint32(at + 16, true))
      const [time, absolute] = [this.view.getBigUint64(at + 24, true), this.view.getUint16(at + 40, true) & 1]
      return { data, type, waits: absolute ? (time > now ? time - now : 0n) : time }
    })
    // biome-ignore lint/complexity/useMathMinMax: these are bigints, which Math.min does not take
    const least = all.reduce((sooner, { waits }) => (waits < sooner ? waits : sooner), all[0].waits)
    if (least > 0n) sleep(Number(least) / 1e6)
    const ready = all.filter(({ waits }) => waits <= least)
    for (const [index, { data, type }] of ready.entries()) {
      const at = (events >>> 0) + index * 32
      this.at(at, 32).fill(0)
      this.u64(at, data)
      this.view.setUint8(at + 10, type)
      if (type !== 0) this.u64(at + 16, 1)
    }
    this.u32(result, ready.length)
  }
  proc_exit(code) {
    throw new Ended({ kind: 'exit', code: code & 255 })
  }
  proc_raise() {
    refuse('nosys')
  }
  random_get(pointer, length) {
    const target = this.at(pointer, length)
    for (let at = 0; at < target.length; at += 65536) random(target.subarray(at, at + 65536))
  }
  sched_yield() {}
  sock_accept() {
    refuse('nosys')
  }
  sock_recv() {
    refuse('nosys')
  }
  sock_send() {
    refuse('nosys')
  }
  sock_shutdown() {
    refuse('nosys')
  }
}

Object.assign(Wasi.prototype, fileCalls)
const callNames = Object.getOwnPropertyNames(Wasi.prototype).filter((name) =>
  /^(args|environ|clock|fd|path|poll|proc|random|sched|sock)_/.test(name),
)

function texts(list) {
  return list.map((text) => Buffer.from(`${text}\0`))
}
