/**
 * Runs one JavaScript program in QuickJS with a small, honest imitation of node's standard input and output.
 * Covers: process, console, fs reads of stdin and the program's files, readline, timers, require, exit codes.
 * Does not cover: what guest/environment.js says it does not.
 */
import { sleep } from './frames.mjs'
import { memoryCap } from './harden.mjs'

/** Guest files that environment.js puts together. */
export const environmentParts = ['console', 'events', 'bytes', 'process', 'readline', 'modules']
const utf8 = new TextDecoder('utf-8')
const toBytes = new TextEncoder()
const decodeBase64 = (text) => Uint8Array.from(globalThis.atob(text), (c) => c.charCodeAt(0))

/** Collects output up to the limit; stops the job past it. */
export function outlet(shared, limit) {
  const parts = ['', '']
  let total = 0
  return {
    write(fd, text) {
      if (total > limit) return
      total += text.length
      parts[fd - 1] += text
      if (total > limit) shared.stop ??= { kind: 'output-limit' }
    },
    collected: () => ({ stdout: parts[0].slice(0, limit), stderr: parts[1].slice(0, limit) }),
  }
}

/** console, process, require and timers for one interpreter. */
export function surround(js, { files, entry, stdin, args, env, output, shared, assertions, translate, onUncaught }) {
  const { vm } = js
  const turn = js.load('timers')
  const show = js.load('inspect')
  const kit = assertions ?? js.load('assert', [vm.getProp(show, 'inspect'), js.must(vm.evalCode('(() => false)'))])
  const host = js.object({
    write: (fd, text) => void output.write(vm.getNumber(fd), vm.getString(text)),
    exit(code) {
      shared.stop ??= { kind: 'exit', code: vm.getNumber(code) | 0, by: js.role }
    },
    encode: (text) => toBytes.encode(vm.getString(text)),
    decode: (buffer) => utf8.decode(vm.getArrayBuffer(buffer).value),
    stdin: () => stdin,
    file: (name) => files.get(vm.getString(name)),
    compile: (name) => {
      const file = vm.getString(name)
      return compile(js, file, utf8.decode(files.get(file)), translate)
    },
    uncaught: (error) => void onUncaught(error),
  })
  const settings = js.data({ entry, args, env, started: Date.now() })
  vm.setProp(settings, 'assertions', kit)
  const parts = vm.newObject()
  for (const name of environmentParts) vm.setProp(parts, name, js.load(name))
  const environment = js.load('environment', [host, show, settings, parts])
  return { environment, turn, show }
}

/** `translate(js, file, source)` makes JavaScript of a source in another language: a result like evalCode's, or nothing. */
function compile(js, file, source, translate = () => undefined) {
  const made = translate(js, file, source)
  if (made?.error !== undefined) return made
  const code = made === undefined ? source : js.text(made.value)
  return js.vm.evalCode(
    `(function (exports, require, module, __filename, __dirname) {${code.replace(/^#!/, '//')}\n})`,
    file,
  )
}

export function run(job, [js], used, translate) {
  const shared = { stop: undefined, meter: used, cpuMs: job.cpuMs }
  js.limit({ memoryBytes: job.memoryBytes, stackBytes: job.stackBytes, shared })
  const { vm } = js
  const output = outlet(shared, job.outputBytes)
  const files = new Map(Object.entries(job.files).map(([name, base64]) => [name, decodeBase64(base64)]))
  let environment
  const onUncaught = (error) => {
    if (shared.stop !== undefined) return
    if (memoryCap.refused || js.isOutOfMemory(error)) {
      shared.stop = { kind: 'memory-limit' }
      return
    }
    const shown = js.method(environment, 'uncaught', error)
    if (shown.error !== undefined) shared.stop = { kind: 'exit', code: 1 }
    else {
      const text = js.text(shown.value)
      if (text === '') return
      output.write(2, `${text}\n`)
      shared.stop = { kind: 'exit', code: 1 }
    }
  }
  const world = surround(js, { ...job, files, stdin: decodeBase64(job.stdin), output, shared, translate, onUncaught })
  environment = world.environment

  const compiled = compile(js, job.entry, utf8.decode(files.get(job.entry)), translate)
  if (compiled.error !== undefined) {
    const { name, message, stack } = vm.dump(compiled.error)
    return { compileError: `${name}: ${message}\n${stack ?? ''}`.trimEnd() }
  }
  const started = js.method(environment, 'start')
  if (started.error !== undefined) onUncaught(started.error)
  turns(js, world.turn, shared, onUncaught)
  if (shared.stop === undefined) {
    const finished = js.method(environment, 'finish')
    if (finished.error !== undefined) onUncaught(finished.error)
    // A job that found no memory is dropped by the interpreter without a word; the program did not really end.
    else if (memoryCap.refused) shared.stop = { kind: 'memory-limit' }
    else shared.stop = { kind: 'exit', code: vm.getNumber(finished.value) }
  }
  return { stop: shared.stop, ...output.collected() }
}

/** Jobs and timers until nothing is left to do. */
function turns(js, turn, shared, onUncaught) {
  while (shared.stop === undefined) {
    const failed = js.drain()
    if (failed !== undefined) onUncaught(failed)
    if (shared.stop !== undefined) return
    const wait = js.vm.callFunction(turn, js.vm.undefined)
    if (wait.error !== undefined) {
      onUncaught(wait.error)
      continue
    }
    const ms = js.vm.getNumber(wait.value)
    if (ms < 0 && !js.runtime.hasPendingJob()) return
    if (ms > 0) sleep(ms)
  }
}
