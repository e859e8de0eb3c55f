/**
 * Child process for Prolog (SWI-Prolog): one program, one interpreter.
 * Covers: see emscripten.mjs and guest/prolog; standard streams in UTF-8, exit codes, stack limit as memory limit.
 * Does not cover: threads, sockets, processes, foreign libraries the build has not, CPU limits from inside (the parent
 * has its own).
 */
import { Buffer } from 'node:buffer'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import process from 'node:process'
import { connect, limitFiles, lockable, putFiles, Refused } from './emscripten.mjs'
import { meter, receive, send } from './frames.mjs'
import { decode } from './guest.mjs'
import { harden, memoryCap } from './harden.mjs'
import { leftFiles } from './left.mjs'
import { Outlet } from './outlet.mjs'

const [folder] = process.argv.slice(2)
const end = process.exit.bind(process)
const pageBytes = 65536
const home = '/program'
const outOfMemory = /resource error|Not enough resources|Stack limit \(|out of memory/i

// The interpreter's file system asks for this one table of constants; the permission model refuses the real binding.
process.binding = () => ({ fs: fs.constants })
const glue = `${folder}/swipl-web.js`
const load = createRequire(import.meta.url)(glue)
/** Of the pieces of JavaScript in the interpreter, the one that only flushes a stream. */
const [, flush] = fs.readFileSync(glue, 'utf8').match(/(\d+):\$0=>\{flush_std_stream\(\$0\)\}/) ?? []
const module = new WebAssembly.Module(fs.readFileSync(`${folder}/swipl-web.wasm`))
let doors
let memory
const said = []
const guest = await load({
  arguments: ['-q', '--no-tty'],
  locateFile: (path) => `${folder}/${path}`,
  preRun: [({ ENV }) => Object.assign(ENV ?? {}, { LANG: 'C.UTF-8' })],
  print: (line) => said.push(line),
  printErr: (line) => said.push(line),
  instantiateWasm(imports, done) {
    doors = lockable(Object.values(imports)[0], (code) => code === Number(flush))
    const instance = new WebAssembly.Instance(module, imports)
    memory = Object.values(instance.exports).find((one) => one instanceof WebAssembly.Memory)
    done(instance, module)
    return {}
  },
})
const { FS, prolog } = guest
FS.mkdirTree('/cupel')
FS.writeFile('/cupel/start.pl', fs.readFileSync(new URL('../guest/prolog/start.pl', import.meta.url)))
prolog.call("consult('/cupel/start.pl')")
harden()
Object.defineProperty(globalThis, 'process', { value: Object.seal({ __proto__: null, exitCode: 0 }) })
doors.closed = true
send({ ready: true })

const job = receive()
const used = meter()
const limit = job.memoryMb * 1024 * 1024
memoryCap.pages = Math.ceil(memory.buffer.byteLength / pageBytes) + Math.ceil(limit / pageBytes)
const finish = (stop) => {
  const left = job.collect && { left: leftFiles(FS, home, job.files, job.collect) }
  send({ nonce: job.nonce, stop, ...left, cpuMs: used.cpuMs(), peakBytes: memory.buffer.byteLength })
  end(0)
}
const outlet = new Outlet(job.outputBytes, () => finish({ kind: 'output-limit' }))
connect(FS, decode(job.stdin), (fd, bytes) => outlet.write(fd, bytes))
putFiles(FS, home, job.files)
limitFiles(guest, job.diskMb)

const quoted = (text) => `'${text.replace(/[\\']/g, '\\$&').replaceAll('\n', '\\n')}'`
const source = decode(job.files[job.entry])
  .toString('utf8')
  .replace(/%[^\n]*|\/\*[\s\S]*?\*\//g, ' ')
const goal = /^main\b/m.test(source) && !/:-\s*initialization\b/.test(source) ? 'main' : 'true'
let code
try {
  const words = job.args.map(quoted).join(', ')
  const environment = Object.entries(job.env).map((pair) => pair.map(quoted).join('-'))
  const file = quoted(`${home}/${job.entry}`)
  prolog.call(`cupel_start(${file}, [${words}], [${environment.join(', ')}], ${goal}, ${limit})`)
  outlet.write(2, Buffer.from(`${said.join('\n')}\nThe interpreter ended without an exit code.\n`))
  code = 134
} catch (error) {
  if (error instanceof Refused) outlet.write(2, Buffer.from(`${error.message}\n`))
  code = typeof error?.status === 'number' ? error.status & 255 : 134
}
if (code !== 0 && (memoryCap.refused || outOfMemory.test(outlet.errorText))) finish({ kind: 'memory-limit' })
else finish({ kind: 'exit', code })
