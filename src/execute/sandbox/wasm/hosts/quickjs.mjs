/**
 * One QuickJS in one fresh WebAssembly module: after running out of memory or stack a module is not usable again, so none is.
 * Covers: CPU deadline by interrupt (uncatchable in the guest), memory and stack limits, bounded job queue.
 * Does not cover: a built-in that runs long without polling for interrupts; the wall deadline of the parent ends that.
 */
import fs from 'node:fs'

/** Reads and keeps the guest sources, before the job comes. */
export function guestSource(name) {
  return fs.readFileSync(new URL(`../guest/${name}.js`, import.meta.url), 'utf8')
}

export class Interpreter {
  constructor(wasm) {
    this.wasm = wasm
    this.runtime = wasm.newRuntime()
    this.vm = this.runtime.newContext()
    this.prepared = new Map()
  }

  /** Before the job comes: makes the values of guest files, so that a job doesn't pay for it. */
  prepare(sources) {
    for (const [name, source] of Object.entries(sources))
      this.prepared.set(name, this.must(this.vm.evalCode(source, `${name}.js`)))
    return this
  }

  /** `shared.stop` ends all interpreters of one job: {kind, …}. `meter` and `cpuMs` give the deadline. */
  limit({ memoryBytes, stackBytes, shared }) {
    this.shared = shared
    this.runtime.setMemoryLimit(memoryBytes)
    this.runtime.setMaxStackSize(stackBytes)
    this.runtime.setInterruptHandler(() => this.overdue())
    return this
  }

  /** WebAssembly memory never shrinks, so its size is its peak. */
  bytes() {
    return this.wasm.getWasmMemory().buffer.byteLength
  }

  overdue() {
    const { shared } = this
    if (shared.stop === undefined && shared.meter.cpuMs() > shared.cpuMs)
      shared.stop = { kind: 'time-limit', limit: 'cpu' }
    return shared.stop !== undefined
  }

  /** Host functions by name, as one object of the guest. Each gets strings, numbers or handles, gives a string, bytes or nothing. */
  object(functions) {
    const { vm } = this
    const object = vm.newObject()
    for (const [name, call] of Object.entries(functions)) {
      const f = vm.newFunction(name, (...args) => this.give(call(...args)))
      vm.setProp(object, name, f)
      f.dispose()
    }
    return object
  }

  give(value) {
    if (typeof value === 'string') return this.vm.newString(value)
    if (value instanceof Uint8Array) return this.vm.newArrayBuffer(value.slice().buffer)
    return value
  }

  /** A value of the guest from JSON-like data of ours. */
  data(value) {
    return this.must(this.vm.evalCode(`(${JSON.stringify(value)})`))
  }

  text(handle) {
    return this.vm.getString(handle)
  }

  /** Our own code: whatever it throws is a defect of ours. */
  must(result) {
    if (result.error === undefined) return result.value
    const shown = this.vm.dump(result.error)
    throw new Error(shown?.message ?? String(shown))
  }

  /** The value of a prepared guest file; called with `args` if there are any. */
  load(name, args) {
    const made = this.prepared.get(name)
    return args === undefined ? made : this.must(this.vm.callFunction(made, this.vm.undefined, ...args))
  }

  method(object, name, ...args) {
    const f = this.vm.getProp(object, name)
    return this.vm.callFunction(f, object, ...args)
  }

  /** Runs what waits in the job queue; gives the error handle of the first job that failed, if any. */
  drain() {
    while (this.shared.stop === undefined && this.runtime.hasPendingJob()) {
      const result = this.runtime.executePendingJobs(500)
      if (result.error) return result.error
      this.overdue()
    }
    return undefined
  }

  /** Whether this error is the interpreter's own "out of memory". */
  isOutOfMemory(error) {
    try {
      const name = this.vm.getProp(error, 'name').consume((h) => this.vm.getString(h))
      const message = this.vm.getProp(error, 'message').consume((h) => this.vm.getString(h))
      return name === 'InternalError' && message === 'out of memory'
    } catch {
      return true
    }
  }
}
