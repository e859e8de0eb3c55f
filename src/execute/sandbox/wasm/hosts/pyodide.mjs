/**
 * CPython in WebAssembly (Pyodide), with the ways from Python into JavaScript closed.
 *
 * Covers: no `js` globals, no `pyodide_js`, frozen intrinsics, memory cap (MemoryError in the guest), CPU deadline by
 * the interpreter's own signal check (not a Python exception: the process ends), bounded devices, a bound on what files
 * hold (they lie outside the interpreter's memory).
 * Does not cover: C code that runs long without checking for signals (the parent's deadlines end that); the fact that a
 * JsProxy's `constructor` is still the real one: it reaches frozen intrinsics and no code from strings.
 */
import fs from 'node:fs'
import process from 'node:process'
import { harden } from './harden.mjs'

/** Boots from the snapshot if there is one. `make` boots so that a snapshot can be taken afterwards. */
export async function bootPython(folder, snapshot, make) {
  // Pyodide's file system asks for this one constant table; the permission model refuses the real binding.
  process.binding = () => ({ fs: fs.constants })
  const { loadPyodide } = await import(
    new URL('pyodide.mjs', `file://${folder.startsWith('/') ? '' : '/'}${folder.replaceAll('\\', '/')}`).href
  )
  const quiet = () => {}
  const python = await loadPyodide({
    indexURL: folder,
    jsglobals: Object.freeze(Object.create(null)),
    checkAPIVersion: false,
    stdout: quiet,
    stderr: quiet,
    ...(make ? { _makeSnapshot: true } : {}),
    ...(snapshot === undefined ? {} : { _loadSnapshot: fs.readFileSync(snapshot) }),
  })
  return python
}

/** The modules every snapshot holds: what programs import most, and the judge's drivers. */
export function preload(python, drivers) {
  python.globals.set('drivers', python.toPy(drivers))
  python.runPython(`
import asyncio, base64, bisect, collections, copy, dataclasses, datetime, decimal, enum, fractions, functools, heapq, inspect
import io, itertools, json, linecache, math, operator, os, random, re, secrets, statistics, string, struct, sys, time
import traceback, types, typing
`)
  python.runPython(`
def _load(drivers):
    import linecache, sys, types
    for name, source in drivers.items():
        module = types.ModuleType(name)
        module.__file__ = name + ".py"
        sys.modules[name] = module
        linecache.cache[module.__file__] = (len(source), None, source.splitlines(True), module.__file__)
        exec(compile(source, module.__file__, "exec"), module.__dict__)
_load(drivers)
del drivers, _load
`)
}

/** The file system hands over views of signed bytes. */
const bytesOf = (buffer, offset, length) => new Uint8Array(buffer.buffer, buffer.byteOffset + offset, length)

/** Numbers of devices that Pyodide itself doesn't use. */
let lastDevice = 80

/** A character device of the guest's own file system. */
export function addDevice(python, path, { read, write }) {
  const { FS } = python
  const major = ++lastDevice
  const dev = FS.makedev(major, 0)
  FS.registerDevice(dev, {
    open(stream) {
      stream.seekable = false
    },
    read: (_stream, buffer, offset, length) => read(bytesOf(buffer, offset, length)),
    write: (_stream, buffer, offset, length) => {
      write(bytesOf(buffer, offset, length))
      return length
    },
  })
  FS.mkdev(path, 0o666, dev)
}

/**
 * Bounds what the guest's files hold: their content lies in this process, where the cap of the interpreter's memory does
 * not count it. Deleted files are found again by counting anew, which happens only at the bound.
 */
export function limitFiles(python, megabytes) {
  const { FS } = python
  const noSpace = 51
  const { file } = FS.filesystems.MEMFS.ops_table
  const [write, resize] = [file.stream.write, file.node.setattr]
  const before = held(FS)
  const most = before + megabytes * 1024 * 1024
  let holds = before
  const make = (node, bytes) => {
    // A file's room grows by more than is written to it, as arrays do.
    const more = Math.ceil(bytes * 1.125) - node.contents.length
    if (more <= 0) return
    if (holds + more > most) holds = held(FS)
    if (holds + more > most) throw new FS.ErrnoError(noSpace)
    holds += more
  }
  file.stream.write = (stream, buffer, offset, length, position, own) => {
    make(stream.node, position + length)
    return write(stream, buffer, offset, length, position, own)
  }
  file.node.setattr = (node, attributes) => {
    if (attributes.size !== undefined) make(node, attributes.size)
    return resize(node, attributes)
  }
}

/** Bytes of all files in the tree, and of those that are deleted and still open. */
function held(FS) {
  const files = new Set()
  const collect = (node) => {
    if (FS.isFile(node.mode)) files.add(node)
    else if (FS.isDir(node.mode) && !FS.isMountpoint(node))
      for (const inner of Object.values(node.contents)) collect(inner)
  }
  collect(FS.root.mounted?.root ?? FS.root)
  for (const name of Object.keys(FS.root.contents)) {
    const node = FS.lookupPath(`/${name}`).node
    if (FS.isDir(node.mode)) collect(node.mounted?.root ?? node)
  }
  for (const stream of FS.streams) if (stream?.node && FS.isFile(stream.node.mode)) files.add(stream.node)
  let bytes = 0
  for (const { contents } of files) bytes += contents?.length ?? 0
  return bytes
}

/** After booting, before any guest code. */
export function closeDoors(python) {
  python.runPython(`
def _close():
    import random, sys
    random.seed()
    for name in [name for name in sys.modules if name.split(".")[0] in ("js", "pyodide_js", "_pyodide_core", "pyodide", "_pyodide")]:
        sys.modules[name] = None
_close()
del _close
`)
  harden()
  // os._exit writes the exit code there; this is all that is left of it.
  Object.defineProperty(globalThis, 'process', { value: Object.seal({ __proto__: null, exitCode: 0 }) })
  for (const name of [
    'Object',
    'Function',
    'Array',
    'Promise',
    'Map',
    'Set',
    'WeakMap',
    'WeakSet',
    'RegExp',
    'Date',
    'Error',
    'Symbol',
    'String',
    'Number',
    'Boolean',
    'BigInt',
    'ArrayBuffer',
    'DataView',
    'Uint8Array',
    'Int8Array',
    'Int32Array',
    'Uint32Array',
    'Float64Array',
    'Reflect',
    'JSON',
    'Math',
    'Atomics',
    'WebAssembly',
    'Proxy',
    'TextDecoder',
    'TextEncoder',
  ]) {
    const intrinsic = globalThis[name]
    if (intrinsic?.prototype) Object.freeze(intrinsic.prototype)
    Object.freeze(intrinsic)
  }
}

/** Ends the process through `overdue` when the guest has used its CPU; asked every few bytecodes. */
export function setDeadline(python, isOver, overdue) {
  let asked = 0
  const signals = {
    get 0() {
      if ((++asked & 15) === 0 && isOver()) overdue()
      return 0
    },
    set 0(_value) {},
  }
  python.setInterruptBuffer(signals)
}
