/**
 * Child process for JavaScript: takes jobs (`run` or `examine`), each in WebAssembly modules of its own that are thrown
 * away afterwards.
 * Covers: see quickjs.mjs, run-javascript.mjs, examine-javascript.mjs, harden.mjs.
 * Does not cover: a guest that got out of its module into this process; it could meet the next job here. Therefore a
 * child retires after some jobs, and at once when anything unusual happened.
 */
import process from 'node:process'
import { examine } from './examine-javascript.mjs'
import { meter, receive, send } from './frames.mjs'
import { harden, memoryCap } from './harden.mjs'
import { guestSource, Interpreter } from './quickjs.mjs'
import { environmentParts, run } from './run-javascript.mjs'

const jobsPerChild = 40
const largestLeftover = 600 * 1024 * 1024

const [core, variantUrl, wasmFile] = process.argv.slice(2)
const { newQuickJSWASMModuleFromVariant, newVariant } = await import(core)
const { readFileSync } = await import('node:fs')
// Compiled once: the modules of later jobs are instances of it.
const wasmModule = await WebAssembly.compile(readFileSync(wasmFile))
const variant = newVariant((await import(variantUrl)).default, { wasmModule })
const sources = (names) => Object.fromEntries(names.map((name) => [name, guestSource(name)]))
const crossing = ['values', 'encode', 'decode', 'wire']
const surroundings = ['timers', 'inspect', 'assert', 'environment', ...environmentParts]
const candidateSources = sources([...crossing, 'handles', 'candidate', ...surroundings])
const examinerSources = sources([...crossing, 'handles', 'examiner', ...surroundings])
const end = process.exit.bind(process)
const rss = process.memoryUsage.rss

async function prepare() {
  memoryCap.pages = 65536
  const [first, second] = [
    await newQuickJSWASMModuleFromVariant(variant),
    await newQuickJSWASMModuleFromVariant(variant),
  ]
  return [new Interpreter(first).prepare(candidateSources), new Interpreter(second).prepare(examinerSources)]
}

let modules = await prepare()
harden()
send({ ready: true })

for (let jobs = 1; ; jobs++) {
  const job = receive()
  const used = meter()
  // Some room for the interpreter itself and for what its allocator wastes.
  memoryCap.pages = Math.ceil((job.memoryBytes * 1.25) / 65536) + 1024
  memoryCap.refused = false
  let report
  let unusual = false
  try {
    report = job.kind === 'run' ? run(job, modules, used) : examine(job, modules, used)
  } catch (error) {
    // The guest broke its own module: too deep for the host's stack, or an assertion inside the interpreter.
    unusual = true
    report = {
      broken: error instanceof RangeError ? 'stack' : 'module',
      message: String(error?.message ?? error).slice(0, 500),
    }
  }
  const peakBytes = modules[0].bytes()
  const kept = !unusual && jobs < jobsPerChild && rss() < largestLeftover
  send({ nonce: job.nonce, ...report, cpuMs: used.cpuMs(), peakBytes, kept })
  if (!kept) end(0)
  modules = await prepare()
}
