/**
 * Child process for Ruby (CRuby for WASI). The interpreter is started once; each program gets an instance with a copy of
 * the started interpreter's memory, which is thrown away after it.
 * Covers: see guest.mjs and guest/ruby/start.rb; the standard library that the package has inside.
 * Does not cover: threads, sockets, processes. Ruby's way into JavaScript is not connected: calling it ends the program.
 * Programs share the hash seed of the interpreter they are copies of.
 */
import { Buffer } from 'node:buffer'
import fs from 'node:fs'
import process from 'node:process'
import { device } from './files.mjs'
import { meter, receive, send } from './frames.mjs'
import { compileFile, filesOf, keepImage, makeGuest, runGuest } from './guest.mjs'
import { harden } from './harden.mjs'
import { Ended } from './wasi.mjs'

const [wasmFile] = process.argv.slice(2)
const jobsPerChild = 40
const largestLeftover = 1500 * 1024 * 1024
const end = process.exit.bind(process)
const rss = process.memoryUsage.rss
const start = fs.readFileSync(new URL('../guest/ruby/start.rb', import.meta.url), 'utf8')
const outOfMemory = /\(NoMemoryError\)|failed to allocate memory/

const bare = compileFile(wasmFile)
const exportNames = new Map(WebAssembly.Module.exports(bare.module).map(({ name }) => [name.split(':')[0], name]))
const javascriptNames = WebAssembly.Module.imports(bare.module)
  .filter(({ module }) => module === 'rb-js-abi-host')
  .map(({ name }) => name)
/** Handles of Ruby's values are the values themselves: nobody here keeps one. */
const handles = {
  'resource_drop_js-abi-value': () => {},
  'resource_new_rb-abi-value': (value) => value,
  'resource_get_rb-abi-value': (handle) => handle,
}

function ruby(compiled, job, used, more = []) {
  const javascript = Object.fromEntries(javascriptNames.map((name) => [name, () => refuse()]))
  const imports = { 'rb-js-abi-host': javascript, canonical_abi: handles }
  const guest = makeGuest(compiled, job, used, { files: filesOf(job, more), args: ['ruby'], imports })
  const refuse = () => {
    guest.outlet.write(2, Buffer.from('JavaScript cannot be reached in the sandbox.\n'))
    throw new Ended({ kind: 'exit', code: 1 })
  }
  return guest
}

/** A text in the guest's memory, as the calls of its interface want it: place and length. */
function put(guest, exports, text) {
  const bytes = Buffer.from(`${text}\0`)
  const at = exports.cabi_realloc(0, 0, 1, bytes.length)
  new Uint8Array(guest.memory.buffer).set(bytes, at)
  return [at, bytes.length]
}

const call = (exports, name, ...values) => exports[exportNames.get(name)](...values)
const evaluate = (guest, exports, source) => call(exports, 'rb-eval-string-protect', ...put(guest, exports, source))

function startInterpreter() {
  const job = { nonce: '', outputBytes: 1 << 16, memoryMb: 512, cpuMs: Number.POSITIVE_INFINITY }
  const guest = ruby(bare, job, meter())
  const { stop } = runGuest(guest, (exports) => {
    exports._initialize()
    const words = ['ruby', '-EUTF-8', '-e_=0'].map((word) => put(guest, exports, word))
    const list = exports.cabi_realloc(0, 0, 4, words.length * 8)
    new Uint32Array(guest.memory.buffer, list, words.length * 2).set(words.flat())
    call(exports, 'ruby-init', list, words.length)
    // A file name that tell() can find in backtraces.
    evaluate(guest, exports, `eval(${text(start)}, TOPLEVEL_BINDING, "cupel:start")`)
    // What most programs need, and what describes an error.
    evaluate(
      guest,
      exports,
      'require "set"; require "json"; (begin; nil.x; rescue => e; e.full_message; end); GC.start',
    )
  })
  if (stop.kind !== 'exit' || stop.code !== 0)
    throw new Error(`Ruby did not start: ${JSON.stringify(stop)} ${guest.outlet.errorText}`)
  return keepImage(bare, guest)
}

/** A Ruby expression for a text, whatever is in it. */
function text(value) {
  return `"${Buffer.from(value).toString('base64')}".unpack1("m").force_encoding("UTF-8")`
}

const compiled = startInterpreter()
harden()
send({ ready: true })

for (let jobs = 1; ; jobs++) {
  const job = receive()
  const used = meter()
  let said
  const host = device(
    () => 0,
    (bytes) => {
      said ??= Buffer.from(bytes).toString()
    },
  )
  const guest = ruby(compiled, job, used, [['/dev/host', host]])
  const pairs = Object.entries(job.env).map(([name, value]) => `${text(name)} => ${text(value)}`)
  const source = `CupelStart.run(${text(job.entry)}, [${job.args.map(text).join(', ')}], {${pairs.join(', ')}})`
  const report = runGuest(guest, (exports) => void evaluate(guest, exports, source), outOfMemory)
  if (said === 'syntax') report.stop = { kind: 'syntax' }
  const kept = jobs < jobsPerChild && rss() < largestLeftover
  send({ nonce: job.nonce, ...report, cpuMs: used.cpuMs(), kept })
  if (!kept) end(0)
}
