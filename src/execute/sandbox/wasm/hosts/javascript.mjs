/**
 * Child process for JavaScript: takes one job (`run` or `examine`) and ends.
 * Covers: see quickjs.mjs, run-javascript.mjs, examine-javascript.mjs, harden.mjs.
 * Does not cover: a second job; every execution has a process and a WebAssembly module of its own.
 */
import process from 'node:process'
import { harden } from './harden.mjs'
import { meter, receive, send } from './frames.mjs'
import { examine } from './examine-javascript.mjs'
import { run } from './run-javascript.mjs'

const [core, variantUrl] = process.argv.slice(2)
const { newQuickJSWASMModuleFromVariant } = await import(core)
const variant = (await import(variantUrl)).default
const modules = [await newQuickJSWASMModuleFromVariant(variant), await newQuickJSWASMModuleFromVariant(variant)]
const end = process.exit.bind(process)
harden()
send({ ready: true })

const job = receive()
const used = meter()
let report
try {
  report = job.kind === 'run' ? run(job, modules, used) : examine(job, modules, used)
} catch (error) {
  // The guest broke its own module: too deep for the host's stack, or an assertion inside the interpreter.
  const deep = error instanceof RangeError
  report = { broken: deep ? 'stack' : 'module', message: String(error?.message ?? error).slice(0, 500) }
}
send({ nonce: job.nonce, ...report, cpuMs: used.cpuMs(), peakBytes: used.peakBytes() })
end(0)
