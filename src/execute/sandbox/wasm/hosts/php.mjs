/**
 * Child process for PHP 8.4 (php-wasm): one program, one interpreter.
 * Covers: see emscripten.mjs and guest/php; exit codes, shutdown functions, errors on standard error, memory limit.
 * Does not cover: integers of 64 bits (this build has 32, larger ones become floats), intl and other extensions the
 * build has not, sockets, processes, CPU limits from inside (the parent has its own).
 */
import { Buffer } from 'node:buffer'
import fs from 'node:fs'
import process from 'node:process'
import { connect, limitFiles, lockable, putFiles, Refused } from './emscripten.mjs'
import { meter, receive, send } from './frames.mjs'
import { decode } from './guest.mjs'
import { harden, memoryCap } from './harden.mjs'
import { leftFiles } from './left.mjs'
import { Outlet } from './outlet.mjs'

const [glue, wasmFile] = process.argv.slice(2)
const end = process.exit.bind(process)
const pageBytes = 65536
/** Where this build puts its data, and the exit code in its table of globals. */
const dataStart = 1024
const exitStatus = 264
const home = '/program'
const settings = [
  'display_errors=stderr',
  'log_errors=0',
  'html_errors=0',
  'zend.assertions=1',
  'enable_dl=0',
  'variables_order=EGPCS',
]
const php = (name) => fs.readFileSync(new URL(`../guest/php/${name}`, import.meta.url))

// The interpreter's file system asks for this one table of constants; the permission model refuses the real binding.
process.binding = () => ({ fs: fs.constants })
const { default: load } = await import(glue)
const module = new WebAssembly.Module(fs.readFileSync(wasmFile))
let doors
let own
const guest = await load({
  onRefresh: new Set(),
  stdin: () => null,
  stdout() {},
  stderr() {},
  // Not in the package; nothing here calls it.
  locateFile: (path) => (path === 'libxml2.so' ? 'data:,' : path),
  instantiateWasm(imports, done) {
    doors = lockable(imports.env)
    const instance = new WebAssembly.Instance(module, imports)
    own = instance.exports
    return done(instance, module)
  },
})
const { FS } = guest
const start = (name, types, values) => guest.ccall(name, 'number', types, values, { async: true })
await start('pib_storage_init', [], [])
FS.mkdirTree('/preload')
FS.writeFile('/php.ini', `${settings.join('\n')}\n`)
await start('pib_init', ['string'], ['embed'])
const at = (name) => own[name].value + dataStart
const memory = () => new DataView(guest.HEAPU8.buffer)
// It is a script's own process, and errors go to standard error only under this name.
guest.HEAPU8.set(Buffer.from('cli\0'), memory().getUint32(at('php_embed_module'), true))
for (const name of ['start.php', 'mbstring.php']) {
  FS.mkdirTree('/cupel')
  FS.writeFile(`/cupel/${name}`, php(name))
}
harden()
// The interpreter's own JavaScript notes the exit code there.
Object.defineProperty(globalThis, 'process', { value: Object.seal({ __proto__: null, exitCode: 0 }) })
doors.closed = true
send({ ready: true })

const job = receive()
const used = meter()
memoryCap.pages = Math.ceil(guest.HEAPU8.length / pageBytes) + Math.ceil((job.memoryMb * 1024 * 1024) / pageBytes)
const finish = (stop) => {
  const peakBytes = guest.HEAPU8.length
  const left = job.collect && { left: leftFiles(FS, home, job.files, job.collect) }
  send({ nonce: job.nonce, stop, ...left, cpuMs: used.cpuMs(), peakBytes })
  end(0)
}
const outlet = new Outlet(job.outputBytes, () => finish({ kind: 'output-limit' }))
connect(FS, decode(job.stdin), (fd, bytes) => outlet.write(fd, bytes))
putFiles(FS, home, job.files)
limitFiles(guest, job.diskMb)
const { entry, args, env, memoryMb } = job
FS.writeFile('/cupel/job.json', JSON.stringify({ entry, args, env, memoryMb }))
const quoted = `'${entry.replace(/[\\']/g, '\\$&')}'`
let code
try {
  guest.ccall(
    'pib_run',
    'number',
    ['string'],
    [`require '/cupel/start.php'; require '/cupel/mbstring.php'; require ${quoted};`],
  )
  // As at the end of a request, without what the extensions do then.
  for (const step of [
    'zend_clear_exception',
    'php_call_shutdown_functions',
    'zend_call_destructors',
    'php_output_end_all',
  ])
    own[step]()
  code = memory().getInt32(at('executor_globals') + exitStatus, true) & 255
} catch (error) {
  code = ended(error)
}
const failed = code !== 0
if (
  failed &&
  (memoryCap.refused || /^(PHP )?(Fatal error: +)?(Allowed memory size of|Out of memory)/m.test(outlet.errorText))
)
  finish({ kind: 'memory-limit' })
else if (failed && /^(PHP )?Parse error: /m.test(outlet.errorText)) finish({ kind: 'syntax' })
else finish({ kind: 'exit', code })

/** The exit code when the interpreter itself ended. */
function ended(error) {
  if (error instanceof Refused) outlet.write(2, Buffer.from(`${error.message}\n`))
  else if (error instanceof RangeError) outlet.write(2, Buffer.from('Fatal error: Maximum call stack size reached.\n'))
  return typeof error?.status === 'number' ? error.status & 255 : 255
}
