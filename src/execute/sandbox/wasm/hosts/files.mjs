/**
 * A file system in this process's memory: all that a WASI guest ever sees of files.
 * Covers: directories, files, symbolic and hard links, devices made of two functions, read-only parts that several guests
 * share, limits on bytes and on the number of entries.
 * Does not cover: owners and permissions (there is one user), times other than those of the last change, sparse files.
 */

/** Error numbers of WASI, the ones that occur. */
export const errno = {
  badf: 8,
  exist: 20,
  fault: 21,
  fbig: 22,
  inval: 28,
  isdir: 31,
  loop: 32,
  mfile: 33,
  nametoolong: 37,
  noent: 44,
  nospc: 51,
  nosys: 52,
  notdir: 54,
  notempty: 55,
  perm: 63,
  pipe: 64,
  rofs: 69,
  spipe: 70,
}

export class FileError extends Error {
  constructor(code) {
    super(`error ${code}`)
    this.code = code
  }
}
export const refuse = (name) => {
  throw new FileError(errno[name])
}

const mostLinks = 40
const longestPath = 4096
let lastInode = 0

const entry = (kind, more) => ({
  kind,
  inode: ++lastInode,
  changed: Date.now(),
  links: 1,
  /** Descriptors that hold it. */
  opens: 0,
  frozen: false,
  ...more,
})
export const directory = (entries = []) => entry('directory', { entries: new Map(entries) })
export const file = (bytes = new Uint8Array(0)) => entry('file', { bytes, size: bytes.length })
/** `read(target)` gives the count of bytes it put there; `write(bytes)` takes all of them. */
export const device = (read, write) => entry('device', { read, write })

/** Nothing below it can be changed from now on, by any guest; it looks equally old in every process. */
export function freeze(node) {
  node.frozen = true
  node.changed = 0
  if (node.kind === 'directory') for (const child of node.entries.values()) freeze(child)
  return node
}

export class Files {
  #bytes = 0
  #entries = 0

  constructor({ bytes, entries = 20_000 }) {
    this.root = directory()
    this.limits = { bytes, entries }
  }

  /** Puts a node at a path from the root, making the directories above it. */
  place(path, node) {
    const parts = []
    for (const part of path.split('/'))
      if (part === '..') parts.pop()
      else if (part !== '' && part !== '.') parts.push(part)
    const name = parts.pop()
    let at = this.root
    for (const part of parts) {
      if (at.entries.get(part)?.kind !== 'directory') this.add(at, part, directory())
      at = at.entries.get(part)
    }
    this.add(at, name, node)
    if (node.kind === 'file') this.#bytes += node.size
  }

  /** Parent directory, last name and, if there is one, the node; follows links (the last one if `follow`). */
  find(from, path, follow = true, depth = 0) {
    if (path.length > longestPath) refuse('nametoolong')
    if (path === '' || path.includes('\0')) refuse(path === '' ? 'noent' : 'inval')
    const parts = path.split('/').filter((part) => part !== '' && part !== '.')
    const trail = path.startsWith('/') ? [this.root] : [...from]
    for (const [index, part] of parts.entries()) {
      const last = index === parts.length - 1
      const parent = trail.at(-1)
      if (parent.kind !== 'directory') refuse('notdir')
      if (part === '..') {
        if (trail.length > 1) trail.pop()
        continue
      }
      const node = parent.entries.get(part)
      if (node?.kind === 'link' && (!last || follow)) {
        if (depth >= mostLinks) refuse('loop')
        const rest = [node.target, ...parts.slice(index + 1)].join('/')
        return this.find(trail, rest, follow, depth + 1)
      }
      if (last) return { parent, name: part, node, trail: node?.kind === 'directory' ? [...trail, node] : undefined }
      if (node === undefined) refuse('noent')
      trail.push(node)
    }
    return { parent: undefined, name: '.', node: trail.at(-1), trail }
  }

  /** A node that must be there. */
  get(from, path, follow = true) {
    const found = this.find(from, path, follow)
    if (found.node === undefined) refuse('noent')
    return found
  }

  #changeable(node) {
    if (node === undefined) refuse('perm')
    if (node.frozen) refuse('rofs')
  }

  add(parent, name, node) {
    this.#changeable(parent)
    if (parent.entries.has(name)) refuse('exist')
    if (name.length > 255) refuse('nametoolong')
    if (++this.#entries > this.limits.entries) {
      this.#entries--
      refuse('nospc')
    }
    parent.entries.set(name, node)
    parent.changed = Date.now()
    return node
  }

  remove(parent, name, node, kind) {
    this.#changeable(parent)
    if (kind === 'directory' && node.kind !== 'directory') refuse('notdir')
    if (kind !== 'directory' && node.kind === 'directory') refuse('isdir')
    if (node.kind === 'directory' && node.entries.size > 0) refuse('notempty')
    parent.entries.delete(name)
    this.#entries--
    parent.changed = Date.now()
    node.links--
    this.#release(node)
  }

  /** Bytes count until nobody can reach them, by a name or by a descriptor. */
  #release(node) {
    if (node.kind === 'file' && node.links === 0 && node.opens === 0) this.#bytes -= node.size
  }

  open(node) {
    node.opens++
    return node
  }

  close(node) {
    node.opens--
    this.#release(node)
  }

  link(node, parent, name) {
    if (node.kind === 'directory') refuse('perm')
    this.#changeable(node)
    this.add(parent, name, node)
    node.links++
  }

  symlink(parent, name, target) {
    if (target === '' || target.length > longestPath) refuse('inval')
    this.add(parent, name, entry('link', { target }))
  }

  rename(from, to) {
    if (from.node === undefined) refuse('noent')
    this.#changeable(from.parent)
    this.#changeable(to.parent)
    if (from.node === to.node) return
    if (from.node.kind === 'directory' && this.#isWithin(from.node, to.parent)) refuse('inval')
    if (to.node !== undefined) this.remove(to.parent, to.name, to.node, from.node.kind)
    from.parent.entries.delete(from.name)
    to.parent.entries.set(to.name, from.node)
  }

  #isWithin(outer, inner) {
    const open = [outer]
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      if (node === inner) return true
      for (const child of node.entries.values()) if (child.kind === 'directory') open.push(child)
    }
    return false
  }

  resize(node, size) {
    if (node.kind !== 'file') refuse(node.kind === 'directory' ? 'isdir' : 'inval')
    this.#changeable(node)
    if (!Number.isSafeInteger(size) || size < 0) refuse('fbig')
    if (this.#bytes + size - node.size > this.limits.bytes) refuse('nospc')
    if (size > node.bytes.length) {
      const more = new Uint8Array(Math.max(size, Math.min(node.bytes.length * 2, node.bytes.length + 16 * 1024 * 1024)))
      more.set(node.bytes.subarray(0, node.size))
      node.bytes = more
    } else if (size < node.size) node.bytes.fill(0, size, node.size)
    this.#bytes += size - node.size
    node.size = size
    node.changed = Date.now()
  }

  write(node, at, bytes) {
    if (bytes.length === 0) return
    if (at + bytes.length > node.size || node.frozen) this.resize(node, Math.max(node.size, at + bytes.length))
    node.bytes.set(bytes, at)
    node.changed = Date.now()
  }

  /** Count of bytes put into `target`. */
  read(node, at, target) {
    const part = node.bytes.subarray(Math.min(at, node.size), Math.min(at + target.length, node.size))
    target.set(part)
    return part.length
  }
}

/** The few calls of emscripten's file system that left.mjs makes, for a program's folder; `hidden` are not the program's. */
export function asFileSystem(files, hidden) {
  const at = (path) => files.get([files.root], path === '' ? '/' : path, false).node
  return {
    readdir: (path) => [...at(path).entries.keys()].filter((name) => !/^\/?$/.test(path) || !hidden.has(name)),
    lstat: (path) => ({ mode: at(path).kind, size: at(path).size ?? 0 }),
    isFile: (mode) => mode === 'file',
    isDir: (mode) => mode === 'directory',
    readFile(path) {
      const { bytes, size } = at(path)
      return bytes.subarray(0, size)
    },
  }
}
