/**
 * What the hosts of interpreters made with emscripten (Pyodide, PHP, SWI-Prolog) share: the streams of the guest, and the doors
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

/**
 * Bounds what the guest's files hold: their content lies in this process, where the cap of the interpreter's memory does
 * not count it. Deleted files are found again by counting anew, which happens only at the bound.
 */
export function limitFiles({ FS }, megabytes) {
  const noSpace = 51
  const { file } = FS.filesystems.MEMFS.ops_table
  const [write, resize] = [file.stream.write, file.node.setattr]
  const before = held(FS)
  const most = before + megabytes * 1024 * 1024
  let holds = before
  const make = (node, bytes) => {
    // A file's room grows by more than is written to it, as arrays do.
    const more = Math.ceil(bytes * 1.125) - (node.contents?.length ?? 0)
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
