/**
 * Child process for Lua: one program in Lua 5.4 (wasmoon).
 * Covers: print, io.read, io.lines, io.write, io.stderr, os.exit, error with traceback, require of the program's files,
 * arg, CPU and memory limits.
 * Does not cover: bytes that are not UTF-8 in standard input and output, files, os.execute, io.popen.
 */
import { Buffer } from 'node:buffer'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import process from 'node:process'
import { meter, receive, send, writeAll } from './frames.mjs'
import { harden, memoryCap } from './harden.mjs'

const [main, wasm] = process.argv.slice(2)
const { LuaFactory } = createRequire(import.meta.url)(new URL(main).pathname.replace(/^\/([A-Za-z]:)/, '$1'))
const prelude = fs.readFileSync(new URL('../guest/prelude.lua', import.meta.url), 'utf8')
const lua = await new LuaFactory(wasm, {}).createEngine({
  openStandardLibs: true,
  injectObjects: false,
  enableProxy: false,
  traceAllocations: true,
})
const end = process.exit.bind(process)
const toBytes = Buffer.from.bind(Buffer)
harden()
send({ ready: true })

const job = receive()
const used = meter()
memoryCap.pages = Math.ceil((job.memoryMb * 1.25 * 1024 * 1024) / 65536) + 256
lua.global.setMemoryMax(job.memoryMb * 1024 * 1024)
let waiting = ''
const flush = () => {
  if (waiting !== '') writeAll(1, toBytes(waiting))
  waiting = ''
}
const finish = (stop) => {
  flush()
  send({ nonce: job.nonce, stop, cpuMs: used.cpuMs(), peakBytes: used.peakBytes() })
  end(0)
}
const host = {
  write(fd, text) {
    if (fd === 2) {
      flush()
      writeAll(2, toBytes(text))
      return
    }
    waiting += text
    if (waiting.length > 16384) flush()
  },
  check() {
    if (used.cpuMs() > job.cpuMs) finish({ kind: 'time-limit', limit: 'cpu' })
  },
  exit: (code) => finish({ kind: 'exit', code: Number(code) & 255 }),
}
const files = Object.fromEntries(
  Object.entries(job.files).map(([name, content]) => [name, toBytes(content, 'base64').toString('utf8')]),
)
for (const [name, value] of Object.entries(host)) lua.global.set(`__${name}`, value)
lua.global.set('__stdin', toBytes(job.stdin, 'base64').toString('utf8'))
lua.global.set('__source', (name) => files[name])
lua.global.set('__entry', job.entry)
lua.global.set('__argument', (i) => job.args[i - 1])
try {
  const ended = lua.doStringSync(prelude)
  if (ended === 'memory') finish({ kind: 'memory-limit' })
  else if (ended === 'syntax') finish({ kind: 'syntax' })
  else finish({ kind: 'exit', code: ended === 'ok' ? 0 : 1 })
} catch (error) {
  if (/not enough memory/.test(String(error?.message))) finish({ kind: 'memory-limit' })
  writeAll(2, toBytes(`lua: ${error?.message ?? error}\n`))
  finish({ kind: 'exit', code: 1 })
}
