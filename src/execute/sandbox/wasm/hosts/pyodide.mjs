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
