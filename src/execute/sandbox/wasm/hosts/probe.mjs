/**
 * Tries, in a restricted child, what a guest must not be able to do, and reports what was refused.
 * Covers: reading and writing files, processes, workers, code from strings, native bindings, signals, the network, the
 * environment, the memory cap, deep recursion of the guest.
 * Does not cover: whether the operating system would refuse it too.
 */
import { spawnSync } from 'node:child_process'
import dgram from 'node:dgram'
import fs from 'node:fs'
import net from 'node:net'
import process from 'node:process'
import { Worker } from 'node:worker_threads'
import { meter, receive, send } from './frames.mjs'
import { harden, memoryCap } from './harden.mjs'
import { Interpreter } from './quickjs.mjs'

const [core, variantUrl] = process.argv.slice(2)
const { newQuickJSWASMModuleFromVariant } = await import(core)
const wasm = await newQuickJSWASMModuleFromVariant((await import(variantUrl)).default)
const end = process.exit.bind(process)
const { execPath, env } = process
harden()
send({ ready: true })
const job = receive()

const refused = {}
const attempt = (name, act) => {
  try {
    act()
    refused[name] = false
  } catch {
    refused[name] = true
  }
}
const outside = new URL('../../../../../../', import.meta.url)
attempt('fs-read', () => fs.readFileSync(execPath))
attempt('fs-list', () => fs.readdirSync(outside))
attempt('fs-write', () => fs.writeFileSync(new URL('probe.tmp', import.meta.url), 'x'))
attempt('child-process', () => {
  const { error } = spawnSync(execPath, ['--version'])
  if (error) throw error
})
attempt('worker', () => new Worker('0', { eval: true }).terminate())
attempt('code-from-strings', () => new Function('return 1')())
attempt('native-binding', () => process.binding('fs'))
attempt('signal', () => process.kill(job.parent, 0))
attempt('socket', () => net.connect(9, '127.0.0.1').destroy())
attempt('datagram', () => dgram.createSocket('udp4').close())
refused.fetch = !('fetch' in globalThis)
refused.environment = Object.keys(env).length === 0
memoryCap.pages = 16
attempt('memory-growth', () => new WebAssembly.Memory({ initial: 10 }).grow(10))
memoryCap.pages = 65536

let deep = false
try {
  const shared = { stop: undefined, meter: meter(), cpuMs: 20_000 }
  const js = new Interpreter(wasm).limit({ memoryBytes: 256 << 20, stackBytes: job.stackBytes, shared })
  deep = js.vm.evalCode('(function f(x) { return f([x].map(f)) })()').error !== undefined
} catch {
  deep = false
}
send({ nonce: job.nonce, refused, deep })
end(0)
