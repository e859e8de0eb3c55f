/**
 * Child process for WebAssembly text: one program, made a module by wabt and run as a WASI command.
 * Covers: see guest.mjs; `_start`, or `main` where that is all there is; the features that this node's V8 has.
 * Does not cover: several memories, shared and 64-bit ones; imports other than WASI.
 */
import { Buffer } from 'node:buffer'
import { createRequire } from 'node:module'
import process from 'node:process'
import { meter, receive, send } from './frames.mjs'
import { compileModule, decode, filesOf, makeGuest, runGuest } from './guest.mjs'
import { harden } from './harden.mjs'
import { Outlet } from './outlet.mjs'

const [wabtFile] = process.argv.slice(2)
const end = process.exit.bind(process)
const wabt = await createRequire(import.meta.url)(wabtFile)()
const features = { exceptions: true, tail_call: true, simd: true, reference_types: true, bulk_memory: true }
harden()
send({ ready: true })

const job = receive()
const used = meter()
const report = run()
send({ nonce: job.nonce, ...report, cpuMs: used.cpuMs() })
end(0)

function run() {
  let compiled
  try {
    const text = wabt.parseWat(job.entry, decode(job.files[job.entry]).toString('utf8'), features)
    text.validate()
    compiled = compileModule(Buffer.from(text.toBinary({}).buffer))
  } catch (error) {
    const outlet = new Outlet(job.outputBytes, () => {})
    outlet.write(2, Buffer.from(`${error.message}\n`))
    return { stop: { kind: 'syntax' }, peakBytes: 0 }
  }
  const args = [job.entry.replace(/\.wa[st]t?$/, ''), ...job.args]
  const guest = makeGuest(compiled, job, used, { files: filesOf(job), args, env: job.env })
  return runGuest(guest, ({ _start, main }) => (_start === undefined ? Number(main?.() ?? 0) & 255 : void _start()))
}
