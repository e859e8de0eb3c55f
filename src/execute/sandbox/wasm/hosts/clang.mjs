/**
 * Child process for C and C++: takes jobs with sources, gives a WASI module or what the compiler has against them. The
 * compiler (clang and the linker in one WASI module) runs in an instance of its own for each source and for linking.
 * Started as `compiler`, or as `prepare` with the name of one thing that is the same for all programs (the object files
 * of guest/c, or the standard library's headers precompiled), which it sends before it ends.
 * Covers: see guest.mjs; sources and headers of the program, several of each; bits/stdc++.h.
 * Does not cover: threads, long of 64 bits (it has 32, as a pointer has), instructions of a real processor.
 */
import { Buffer } from 'node:buffer'
import fs from 'node:fs'
import process from 'node:process'
import { file, Files, freeze } from './files.mjs'
import { meter, receive, send, sendBytes } from './frames.mjs'
import { compileFile, decode, makeGuest, runGuest } from './guest.mjs'
import { harden } from './harden.mjs'
import { untar } from './tar.mjs'

const [llvmFile, resourcesFile, preparedFolder, role, wanted] = process.argv.slice(2)
const jobsPerChild = 50
const largestLeftover = 1500 * 1024 * 1024
const end = process.exit.bind(process)
const rss = process.memoryUsage.rss
const guestFile = (name) => fs.readFileSync(new URL(`../guest/c/${name}`, import.meta.url))

const llvm = compileFile(llvmFile)
const usr = toolFolder(fs.readFileSync(resourcesFile))
const everything = { nonce: '', outputBytes: 1 << 20, memoryMb: 2048, cpuMs: Number.POSITIVE_INFINITY }

/** The sysroot; of one age in every process, since precompiled headers remember it. */
function toolFolder(tar) {
  const files = new Files({ bytes: Number.POSITIVE_INFINITY, entries: Number.POSITIVE_INFINITY })
  for (const [name, bytes] of untar(tar)) files.place(name, file(bytes))
  files.place('include/c++/v1/bits/stdc++.h', file(guestFile('everything.h')))
  return freeze(files.root)
}

const sysroot = [
  ...['-resource-dir', '/usr', '-isysroot', '/usr'],
  ...['-D_WASI_EMULATED_SIGNAL', '-D_WASI_EMULATED_PROCESS_CLOCKS', '-D_WASI_EMULATED_MMAN', '-D_WASI_EMULATED_GETPID'],
]
const headers = ['-internal-isystem', '/usr/include/wasm32-wasip1', '-internal-isystem', '/usr/include']
const common = [
  ...['-triple', 'wasm32-unknown-wasip1', '-O2', '-disable-free', '-clear-ast-before-backend'],
  ...['-mrelocation-model', 'static', '-mframe-pointer=none', '-ffp-contract=on', '-fno-rounding-math'],
  ...['-mconstructor-aliases', '-target-cpu', 'generic', '-target-feature', '+exception-handling'],
  ...['-exception-model=wasm', '-mllvm', '-wasm-enable-eh', '-mllvm', '-wasm-enable-sjlj', '-fvisibility=hidden'],
  ...['-ferror-limit', '19', '-fgnuc-version=4.2.1', '-vectorize-loops', '-vectorize-slp'],
  // Memory that is asked for and never used is asked for all the same, as gcc has it.
  ...['-fno-builtin-malloc', '-fno-builtin-calloc', '-fno-builtin-realloc'],
  // Address 0 is memory like any other here; a native program would end.
  ...['-fsanitize=null', '-fsanitize-trap=null'],
]
/** What gcc still takes from old C. */
const lenient = [
  'implicit-function-declaration',
  'implicit-int',
  'int-conversion',
  'incompatible-function-pointer-types',
]
const languages = {
  c: [...lenient.map((name) => `-Wno-error=${name}`), '-std=gnu17', '-x', 'c'],
  cpp: ['-std=gnu++17', '-x', 'c++'],
  cpp20: ['-std=gnu++20', '-x', 'c++'],
}
const plusPlus = ['-internal-isystem', '/usr/include/c++/v1', '-fdeprecated-macro', '-fcxx-exceptions', '-fexceptions']
const libraries = [
  'setjmp',
  'c-printscan-long-double',
  'wasi-emulated-signal',
  'wasi-emulated-process-clocks',
  'wasi-emulated-mman',
  'wasi-emulated-getpid',
  'c',
]
const isPlusPlus = (language) => language !== 'c'
const flagsOf = (language) => [
  ...common,
  ...sysroot,
  ...(isPlusPlus(language) ? plusPlus : ['-fexceptions']),
  ...headers,
  ...languages[language],
]

/** The most memory that a call of this job took. */
let peak = 0

/** One call of the toolchain: exit code, what it said, and its files afterwards. */
function call(args, inputs, job = everything, used = meter()) {
  const files = new Files({ bytes: 1536 * 1024 * 1024 })
  files.place('usr', usr)
  for (const [name, node] of inputs) files.place(name, node)
  const said = []
  const guest = makeGuest(llvm, { ...everything, ...job, stdin: '' }, used, { files, args })
  guest.outlet.write = (_fd, bytes) => said.push(Buffer.from(bytes))
  const { stop, peakBytes } = runGuest(guest, ({ _start }) => void _start())
  peak = Math.max(peak, peakBytes)
  const output = (path) => {
    const { node } = files.find([files.root], path)
    return node?.kind === 'file' ? node.bytes.slice(0, node.size) : undefined
  }
  return { stop, ok: stop.kind === 'exit' && stop.code === 0, said: Buffer.concat(said).toString('utf8'), output }
}

const makers = {
  process: () => objectOf('c', 'process.c', guestFile('process.c')),
  exceptions: () => objectOf('cpp20', 'exceptions.cpp', guestFile('exceptions.cpp')),
  cpp: () => headersOf('cpp'),
  cpp20: () => headersOf('cpp20'),
}
function must(made, path) {
  if (!made.ok) throw new Error(`the toolchain failed: ${made.said.slice(0, 2000)}`)
  return made.output(path)
}
function objectOf(language, name, source) {
  const args = ['clang', '-cc1', ...flagsOf(language), '-emit-obj', '-o', '/tmp/out.o', name]
  return must(call(args, [[name, file(source)]]), '/tmp/out.o')
}
/** Every program's own include of one of these is then free. */
function headersOf(language) {
  const flags = flagsOf(language).with(-1, 'c++-header')
  const args = ['clang', '-cc1', ...flags, '-emit-pch', '-fno-pch-timestamp', '-fpch-instantiate-templates']
  const made = call([...args, '-o', '/tmp/out.pch', '/usr/include/c++/v1/bits/stdc++.h'], [])
  return must(made, '/tmp/out.pch')
}

if (role === 'prepare') {
  sendBytes(makers[wanted]())
  end(0)
}

/** What was prepared, read when it is first needed; undefined if it was not. */
const loaded = new Map()
function prepared(name) {
  const path = `${preparedFolder}/${name}`
  if (!loaded.has(name)) loaded.set(name, fs.existsSync(path) ? fs.readFileSync(path) : undefined)
  return loaded.get(name)
}
function helper(name) {
  if (prepared(name) === undefined) loaded.set(name, makers[name]())
  return file(loaded.get(name))
}

harden()
send({ ready: true })

for (let jobs = 1; ; jobs++) {
  const job = receive()
  const used = meter()
  peak = 0
  const report = build(job, used)
  const stays = jobs < jobsPerChild && rss() < largestLeftover
  send({ nonce: job.nonce, ...report, cpuMs: used.cpuMs(), peakBytes: peak, kept: stays })
  if (!stays) end(0)
}

function build(job, used) {
  const inputs = Object.entries(job.files).map(([name, content]) => [name, decode(content)])
  const links = [['/tmp/process.o', helper('process')]]
  if (isPlusPlus(job.language)) links.push(['/tmp/exceptions.o', helper('exceptions')])
  let said = ''
  for (const [index, name] of job.sources.entries()) {
    const made = compile(job, name, inputs, used)
    said += made.said
    if (!made.ok) return failure(made, said)
    links.unshift([`/tmp/${index}.o`, file(made.output('/tmp/out.o'))])
  }
  const linked = call(linkCommand(job.language, links), links, job, used)
  said += linked.said
  if (!linked.ok) return failure(linked, said)
  return { said, module: Buffer.from(linked.output('/tmp/out.wasm')).toString('base64') }
}

function failure({ stop }, said) {
  const why =
    stop.kind === 'exit' ? '' : `The compiler was ended: ${stop.kind}${stop.signal ? ` ${stop.signal}` : ''}.\n`
  return { said: said + why, stop }
}

/**
 * With the precompiled headers first: that takes a tenth of the time. They also declare what the source forgot to
 * include, and may then make a name ambiguous; so only what is said without them counts against a program.
 */
function compile(job, name, inputs, used) {
  const nodes = () => inputs.map(([path, bytes]) => [path, file(bytes)])
  const args = (more) => ['clang', '-cc1', ...flagsOf(job.language), ...more, '-emit-obj', '-o', '/tmp/out.o', name]
  const header = prepared(job.language)
  if (header !== undefined) {
    const made = call(args(['-include-pch', '/tmp/std.pch']), [...nodes(), ['/tmp/std.pch', file(header)]], job, used)
    if (made.ok || made.stop.code === undefined) return made
  }
  return call(args([]), nodes(), job, used)
}

function linkCommand(language, objectsAt) {
  return [
    ...['wasm-ld', '-m', 'wasm32', '-L/usr/lib/wasm32-unknown-wasip1', '-L/usr/lib/wasm32-wasip1'],
    '/usr/lib/wasm32-wasip1/crt1-command.o',
    ...objectsAt.map(([path]) => path),
    ...[...(isPlusPlus(language) ? ['c++', 'c++abi'] : []), ...libraries].map((name) => `-l${name}`),
    '/usr/lib/wasm32-unknown-wasip1/libclang_rt.builtins.a',
    ...['-z', 'stack-size=8388608', '--stack-first', '--strip-all', '-o', '/tmp/out.wasm'],
    ...(isPlusPlus(language) ? ['--wrap=__main_void'] : []),
  ]
}
