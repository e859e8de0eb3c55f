/**
 * Child process for CoffeeScript: its compiler, which is JavaScript, runs inside the QuickJS of the program, so that
 * neither sources nor programs touch this process.
 * Covers: what run-javascript.mjs covers, sources in several files, errors of the compiler with file and line.
 * Does not cover: import and export, source maps (a line in a message is one of the JavaScript), promises nobody keeps.
 */
import fs from 'node:fs'
import process from 'node:process'
import { meter, receive, send } from './frames.mjs'
import { harden, memoryCap } from './harden.mjs'
import { guestSource, Interpreter } from './quickjs.mjs'
import { environmentParts, run } from './run-javascript.mjs'

const [core, variantUrl, wasmFile, compilerFile, stackBytes] = process.argv.slice(2)
const jobsPerChild = 40
const end = process.exit.bind(process)
const { newQuickJSWASMModuleFromVariant, newVariant } = await import(core)
const wasmModule = await WebAssembly.compile(fs.readFileSync(wasmFile))
const variant = newVariant((await import(variantUrl)).default, { wasmModule })
const names = ['timers', 'inspect', 'assert', 'environment', ...environmentParts]
const sources = Object.fromEntries(names.map((name) => [name, guestSource(name)]))
/** A value, as all guest files are: a function of source and file name that gives JavaScript. */
sources.coffeescript = `(function () {
  ${fs.readFileSync(compilerFile, 'utf8')}
  const { compile } = this.CoffeeScript
  return (source, filename) => {
    try { return compile(source, { filename, bare: true }) }
    catch (error) { throw new SyntaxError(error.location ? error.toString() : String(error)) }
  }
}).call({})`

async function prepare() {
  memoryCap.pages = 65536
  return new Interpreter(await newQuickJSWASMModuleFromVariant(variant)).prepare(sources)
}

let js = await prepare()
harden()
send({ ready: true })

for (let jobs = 1; ; jobs++) {
  const job = receive()
  const used = meter()
  const memoryBytes = Math.min(job.memoryMb, 2000) * 1024 * 1024
  memoryCap.pages = Math.ceil((memoryBytes * 1.25) / 65536) + 1024
  memoryCap.refused = false
  let report
  let unusual = false
  try {
    report = run({ ...job, memoryBytes, stackBytes: Number(stackBytes) }, [js], used, translate)
  } catch (error) {
    unusual = true
    // What breaks the interpreter itself is running out of memory or of the host's stack.
    report =
      error instanceof RangeError
        ? { stop: { kind: 'exit', code: 1 }, stderr: 'RangeError: Maximum call stack size exceeded\n' }
        : { stop: { kind: 'memory-limit' } }
  }
  if (report.compileError !== undefined) report = { stop: { kind: 'syntax' }, stderr: report.compileError }
  const kept = !unusual && jobs < jobsPerChild
  send({ nonce: job.nonce, ...report, cpuMs: used.cpuMs(), peakBytes: js.bytes(), kept })
  if (!kept) end(0)
  js = await prepare()
}

/** JavaScript of a source, or the error of the compiler, as evalCode gives them. */
function translate(js, file, source) {
  if (!file.endsWith('.coffee')) return undefined
  const { vm } = js
  return vm.callFunction(js.load('coffeescript'), vm.undefined, vm.newString(source), vm.newString(file))
}
