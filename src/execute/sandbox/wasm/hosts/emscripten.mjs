/**
 * What the hosts of interpreters made with emscripten (PHP, SWI-Prolog) share: the streams of the guest, and the doors
 * from it into JavaScript, which are closed before its program runs.
 * Covers: calls that run JavaScript (EM_ASM and the like) refused, standard streams by descriptor, files put in place.
 * Does not cover: the rest of emscripten's own JavaScript, which serves the guest's system calls from memory.
 */
import { Buffer } from 'node:buffer'
import { decode } from './guest.mjs'

/** Imports by which a guest runs JavaScript of its own choice or of its package. */
const intoJavaScript = /asm_const|run_script|asyncjs|^_?js_|eval|vrzno/i

export class Refused extends Error {}

/** Puts a lock before these imports of a module; `closed = true` turns it. `passes` tells which calls pass all the same. */
export function lockable(imports, passes = () => false) {
  const doors = { closed: false }
  for (const name of Object.keys(imports)) {
    const open = imports[name]
    if (typeof open !== 'function' || !(intoJavaScript.test(name) || intoJavaScript.test(open.name))) continue
    const locked = (...values) => {
      if (doors.closed && !passes(...values)) throw new Refused('JavaScript cannot be reached in the sandbox.')
      return open(...values)
    }
    // Emscripten keeps a function's signature on it.
    imports[name] = Object.assign(locked, open)
  }
  return doors
}

/** Standard input from bytes; standard output and error to `write`, without emscripten's terminals between. */
export function connect(FS, stdin, write) {
  let readAt = 0
  const input = FS.getStream(0)
  input.stream_ops = {
    ...input.stream_ops,
    read(_stream, buffer, offset, length) {
      const part = stdin.subarray(readAt, readAt + length)
      buffer.set(part, offset)
      readAt += part.length
      return part.length
    },
  }
  for (const fd of [1, 2]) {
    const stream = FS.getStream(fd)
    stream.stream_ops = {
      ...stream.stream_ops,
      write(_stream, buffer, offset, length) {
        write(fd, Buffer.from(buffer.buffer, buffer.byteOffset + offset, length))
        return length
      },
      fsync() {},
    }
  }
}

/** The program's files below `home`, which becomes the working directory. */
export function putFiles(FS, home, files) {
  FS.mkdirTree(home)
  for (const [name, content] of Object.entries(files)) {
    const parts = name.split('/').filter((part) => part !== '' && part !== '.' && part !== '..')
    FS.mkdirTree([home, ...parts.slice(0, -1)].join('/'))
    FS.writeFile([home, ...parts].join('/'), decode(content))
  }
  FS.chdir(home)
}
