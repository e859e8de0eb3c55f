/**
 * Child process for Perl 5 (zeroperl, a build for WASI): each program gets an interpreter and memory of its own.
 * Covers: see guest.mjs; @ARGV, standard input, exit codes, END, DATA, require of the program's files, the modules inside
 * the package and those of guest/perl.
 * Does not cover: modules that need C code the package was built without (Socket, threads, B), processes, sockets.
 */
import { Buffer } from 'node:buffer'
import fs from 'node:fs'
import process from 'node:process'
import { file, freeze } from './files.mjs'
import { meter, receive, send } from './frames.mjs'
import { compileFile, filesOf, makeGuest, runGuest } from './guest.mjs'
import { harden } from './harden.mjs'

const [wasmFile] = process.argv.slice(2)
const jobsPerChild = 40
const end = process.exit.bind(process)
const modules = new URL('../guest/perl/', import.meta.url)
const library = fs
  .readdirSync(modules)
  .filter((name) => name.endsWith('.pm'))
  .map((name) => [`/dev/perl/${name}`, freeze(file(fs.readFileSync(new URL(name, modules))))])
const outOfMemory = /^Out of memory/m
const syntaxError = /aborted due to compilation errors|had compilation errors/
const compiled = compileFile(wasmFile)
const imports = {
  env: {
    __proto__: null,
    call_host_function() {
      throw new WebAssembly.RuntimeError('there is no host function')
    },
  },
}
harden()
send({ ready: true })

/** Texts in the guest's memory, as the arguments of a C program. */
function argumentsOf(guest, exports, words) {
  const list = exports.malloc((words.length + 1) * 4)
  const places = words.map((word) => {
    const bytes = Buffer.from(`${word}\0`)
    const at = exports.malloc(bytes.length)
    new Uint8Array(guest.memory.buffer).set(bytes, at)
    return at
  })
  new Uint32Array(guest.memory.buffer, list, places.length + 1).set([...places, 0])
  return [words.length, list]
}

for (let jobs = 1; ; jobs++) {
  const job = receive()
  const used = meter()
  const guest = makeGuest(compiled, job, used, { files: filesOf(job, library), args: ['perl'], env: job.env, imports })
  const report = runGuest(
    guest,
    (exports) => {
      exports._initialize()
      const words = ['perl', '-I/dev/perl', job.entry, ...job.args]
      const code = exports.zeroperl_init_with_args(...argumentsOf(guest, exports, words))
      exports.zeroperl_shutdown()
      return code & 255
    },
    outOfMemory,
  )
  if (report.stop.kind === 'exit' && report.stop.code !== 0 && syntaxError.test(guest.outlet.errorText))
    report.stop = { kind: 'syntax' }
  const kept = jobs < jobsPerChild
  send({ nonce: job.nonce, ...report, cpuMs: used.cpuMs(), kept })
  if (!kept) end(0)
}
