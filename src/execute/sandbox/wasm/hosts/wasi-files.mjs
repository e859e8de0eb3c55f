/**
 * The calls of WASI that are about files and folders, for wasi.mjs; `this` is a Wasi.
 * Covers: descriptors, reading, writing, seeking, folders, links, renaming.
 * Does not cover: times of the last access; a folder that changes while it is listed may be listed with gaps.
 */
import { Buffer } from 'node:buffer'
import { directory, file, refuse } from './files.mjs'

const types = { device: 0, directory: 3, file: 4, link: 7 }
const mostDescriptors = 1024
const everyRight = 0x1fffffffn
/** Without the two of seeking a descriptor that is no file is taken for a pipe. */
const withoutSeek = everyRight & ~0x24n
const open = { create: 1, directory: 2, exclusive: 4, truncate: 8 }
const append = 1

export const fileCalls = {
  fd_advise(fd) {
    this.descriptor(fd)
  },
  fd_allocate(fd, offset, length) {
    const { node } = this.descriptor(fd)
    const size = Number(offset) + Number(length)
    if (node.kind === 'file' && size > node.size) this.files.resize(node, size)
  },
  fd_close(fd) {
    this.files.close(this.descriptor(fd).node)
    this.descriptors.delete(fd)
  },
  fd_datasync(fd) {
    this.descriptor(fd)
  },
  fd_sync(fd) {
    this.descriptor(fd)
  },
  fd_fdstat_get(fd, result) {
    const { node, flags } = this.descriptor(fd)
    this.at(result, 24).fill(0)
    this.view.setUint8(result >>> 0, types[node.kind])
    this.view.setUint16((result >>> 0) + 2, flags, true)
    this.u64(result + 8, node.kind === 'device' ? withoutSeek : everyRight)
    this.u64(result + 16, everyRight)
  },
  fd_fdstat_set_flags(fd, flags) {
    this.descriptor(fd).flags = flags & 0x1f
  },
  fd_fdstat_set_rights(fd) {
    this.descriptor(fd)
  },
  stat(node, result) {
    this.at(result, 64).fill(0)
    this.u64(result + 8, node.inode)
    this.view.setUint8((result >>> 0) + 16, types[node.kind])
    this.u64(result + 24, Math.max(1, node.links))
    this.u64(result + 32, node.size ?? node.target?.length ?? 0)
    for (const at of [40, 48, 56]) this.u64(result + at, BigInt(node.changed) * 1_000_000n)
  },
  fd_filestat_get(fd, result) {
    this.stat(this.descriptor(fd).node, result)
  },
  fd_filestat_set_size(fd, size) {
    this.files.resize(this.descriptor(fd).node, Number(size))
  },
  fd_filestat_set_times(fd, _access, changed, flags) {
    this.setTime(this.descriptor(fd).node, changed, flags)
  },
  setTime(node, changed, flags) {
    if (node.frozen) refuse('rofs')
    if (flags & 4) node.changed = Number(BigInt.asUintN(64, changed) / 1_000_000n)
    else if (flags & 8) node.changed = Date.now()
  },
  read(fd, vectors, count, total, start) {
    const { node } = this.descriptor(fd)
    if (node.kind === 'directory') refuse('isdir')
    return this.vectors(vectors, count, total, (part, done) =>
      node.kind === 'device' ? node.read(part) : this.files.read(node, start + done, part),
    )
  },
  fd_read(fd, vectors, count, total) {
    const descriptor = this.descriptor(fd)
    descriptor.at += this.read(fd, vectors, count, total, descriptor.at)
  },
  fd_pread(fd, vectors, count, offset, total) {
    if (this.descriptor(fd).node.kind === 'device') refuse('spipe')
    this.read(fd, vectors, count, total, position(offset))
  },
  write(fd, vectors, count, total, start) {
    const { node } = this.descriptor(fd)
    if (node.kind === 'directory') refuse('isdir')
    return this.vectors(vectors, count, total, (part, done) => {
      if (node.kind === 'device') node.write(part)
      else this.files.write(node, start + done, part)
      return part.length
    })
  },
  fd_write(fd, vectors, count, total) {
    const descriptor = this.descriptor(fd)
    if (descriptor.flags & append) descriptor.at = descriptor.node.size ?? 0
    descriptor.at += this.write(fd, vectors, count, total, descriptor.at)
  },
  fd_pwrite(fd, vectors, count, offset, total) {
    if (this.descriptor(fd).node.kind === 'device') refuse('spipe')
    this.write(fd, vectors, count, total, position(offset))
  },
  fd_prestat_get(fd, result) {
    const { name } = this.descriptor(fd)
    if (name === undefined) refuse('badf')
    this.u32(result, 0)
    this.u32(result + 4, name.length)
  },
  fd_prestat_dir_name(fd, pointer, length) {
    const { name } = this.descriptor(fd)
    if (name === undefined) refuse('badf')
    this.at(pointer, length).set(name.subarray(0, length))
  },
  fd_readdir(fd, pointer, length, cookie, result) {
    const trail = this.folder(fd)
    const node = trail.at(-1)
    const all = [['.', node], ['..', trail.at(-2) ?? node], ...node.entries]
    const target = this.at(pointer, length)
    let used = 0
    for (let index = Number(cookie); index < all.length && used < target.length; index++) {
      const [name, child] = all[index]
      const bytes = Buffer.from(name)
      const row = Buffer.alloc(24 + bytes.length)
      row.writeBigUInt64LE(BigInt(index + 1), 0)
      row.writeBigUInt64LE(BigInt(child.inode), 8)
      row.writeUInt32LE(bytes.length, 16)
      row.writeUInt8(types[child.kind], 20)
      bytes.copy(row, 24)
      used += row.copy(Buffer.from(target.buffer, target.byteOffset + used, target.length - used))
    }
    this.u32(result, used)
  },
  fd_renumber(from, to) {
    const descriptor = this.descriptor(from)
    if (from === to) return
    const old = this.descriptor(to)
    this.files.close(old.node)
    this.descriptors.set(to, descriptor)
    this.descriptors.delete(from)
  },
  fd_seek(fd, offset, whence, result) {
    const descriptor = this.descriptor(fd)
    const { node } = descriptor
    if (node.kind !== 'file') refuse(node.kind === 'directory' ? 'isdir' : 'spipe')
    const base = [0, descriptor.at, node.size][whence] ?? refuse('inval')
    descriptor.at = position(BigInt(base) + BigInt(offset))
    this.u64(result, descriptor.at)
  },
  fd_tell(fd, result) {
    const { node, at } = this.descriptor(fd)
    if (node.kind !== 'file') refuse('spipe')
    this.u64(result, at)
  },

  path_create_directory(fd, pointer, length) {
    const { parent, name, node } = this.files.find(this.folder(fd), this.path(pointer, length))
    if (node !== undefined) refuse('exist')
    this.files.add(parent, name, directory())
  },
  path_filestat_get(fd, follow, pointer, length, result) {
    this.stat(this.files.get(this.folder(fd), this.path(pointer, length), (follow & 1) === 1).node, result)
  },
  path_filestat_set_times(fd, follow, pointer, length, _access, changed, flags) {
    this.setTime(this.files.get(this.folder(fd), this.path(pointer, length), (follow & 1) === 1).node, changed, flags)
  },
  path_link(fd, follow, pointer, length, toFd, toPointer, toLength) {
    const { node } = this.files.get(this.folder(fd), this.path(pointer, length), (follow & 1) === 1)
    const to = this.files.find(this.folder(toFd), this.path(toPointer, toLength), false)
    if (to.node !== undefined) refuse('exist')
    this.files.link(node, to.parent, to.name)
  },
  path_open(fd, follow, pointer, length, how, _base, _inheriting, flags, result) {
    if (this.descriptors.size >= mostDescriptors) refuse('mfile')
    const found = this.files.find(this.folder(fd), this.path(pointer, length), (follow & 1) === 1)
    let { node, trail } = found
    if (node !== undefined && how & open.create && how & open.exclusive) refuse('exist')
    if (node === undefined) {
      if (!(how & open.create)) refuse('noent')
      node = this.files.add(found.parent, found.name, file())
    }
    if (node.kind === 'link') refuse('loop')
    if (how & open.directory && node.kind !== 'directory') refuse('notdir')
    if (how & open.truncate && node.kind === 'file') this.files.resize(node, 0)
    let free = 3
    while (this.descriptors.has(free)) free++
    this.descriptors.set(free, { node: this.files.open(node), trail, at: 0, flags })
    this.u32(result, free)
  },
  path_readlink(fd, pointer, length, buffer, size, result) {
    const { node } = this.files.get(this.folder(fd), this.path(pointer, length), false)
    if (node.kind !== 'link') refuse('inval')
    const bytes = Buffer.from(node.target).subarray(0, size >>> 0)
    this.at(buffer, bytes.length).set(bytes)
    this.u32(result, bytes.length)
  },
  remove(fd, pointer, length, kind) {
    const { parent, name, node } = this.files.get(this.folder(fd), this.path(pointer, length), false)
    this.files.remove(parent, name, node, kind)
  },
  path_remove_directory(fd, pointer, length) {
    this.remove(fd, pointer, length, 'directory')
  },
  path_unlink_file(fd, pointer, length) {
    this.remove(fd, pointer, length, 'file')
  },
  path_rename(fd, pointer, length, toFd, toPointer, toLength) {
    const from = this.files.find(this.folder(fd), this.path(pointer, length), false)
    this.files.rename(from, this.files.find(this.folder(toFd), this.path(toPointer, toLength), false))
  },
  path_symlink(pointer, length, fd, toPointer, toLength) {
    const to = this.files.find(this.folder(fd), this.path(toPointer, toLength), false)
    if (to.node !== undefined) refuse('exist')
    this.files.symlink(to.parent, to.name, this.path(pointer, length))
  },
}

function position(value) {
  const at = BigInt(value)
  if (at < 0n || at > 0x1f_ffff_ffff_ffffn) refuse('inval')
  return Number(at)
}
