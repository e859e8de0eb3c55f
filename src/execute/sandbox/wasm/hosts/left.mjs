/**
 * The files a guest's program left in its folder, read from outside through the file system of Emscripten.
 * Covers: regular files, in the order of their names, within the limits on count and bytes; the reasons are those of
 * ../../files.ts.
 * Does not cover: links and devices (left out without a word), what lies outside the folder, folders below `deepest`.
 */
import { Buffer } from 'node:buffer'

const deepest = 32
const mostNamed = 100
const why = { tooMany: 1, tooLarge: 2, unreadable: 3, tooDeep: 4 }

/** A pattern names files or folders; a folder stands for all that is in it. */
function matches(pattern, path) {
  const wanted = pattern.split('/')
  const parts = path.split('/')
  return wanted.length <= parts.length && wanted.every((part, i) => partMatches(part, parts[i]))
}

function partMatches(pattern, name) {
  const literal = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  const source = pattern.replace(/[*?]|[^*?]+/g, (piece) =>
    piece === '*' ? '.*' : piece === '?' ? '.' : literal(piece),
  )
  return new RegExp(`^${source}$`, 'su').test(name)
}

/** `inputs` maps names to base64. Gives [path, bytes, base64 or null, why] for each file, and how many were not named. */
export function leftFiles(FS, folder, inputs, { patterns, files, fileBytes }) {
  const found = []
  let room = files
  let bytes = fileBytes
  let named = 0
  let unnamed = 0
  const leaveOut = (path, size, reason) => {
    if (named++ < mostNamed) found.push([path, size, null, reason])
    else unnamed++
  }
  const wanted = (path) => patterns.length === 0 || patterns.some((pattern) => matches(pattern, path))
  const attempt = (path, size, call) => {
    try {
      return call()
    } catch {
      if (wanted(path)) leaveOut(path, size, why.unreadable)
    }
  }
  const read = (path) => Buffer.from(FS.readFile(`${folder}/${path}`)).toString('base64')
  const isUnchanged = (path, size) =>
    Object.hasOwn(inputs, path) && Buffer.byteLength(inputs[path], 'base64') === size && read(path) === inputs[path]
  const take = (path, size) => {
    if (isUnchanged(path, size)) return
    if (room === 0) return leaveOut(path, size, why.tooMany)
    if (size > bytes) return leaveOut(path, size, why.tooLarge)
    found.push([path, size, read(path), 0])
    room--
    bytes -= size
  }
  const walk = (prefix, depth) => {
    const names = FS.readdir(`${folder}/${prefix}`).filter((name) => name !== '.' && name !== '..')
    for (const name of names.sort()) {
      const path = prefix + name
      const { mode, size } = FS.lstat(`${folder}/${path}`)
      if (FS.isFile(mode) && wanted(path)) attempt(path, size, () => take(path, size))
      else if (FS.isDir(mode) && depth < deepest) attempt(path, 0, () => walk(`${path}/`, depth + 1))
      else if (FS.isDir(mode) && wanted(path)) leaveOut(path, 0, why.tooDeep)
    }
  }
  if (isFolder(FS, folder)) attempt('.', 0, () => walk('', 0))
  return { found, unnamed }
}

function isFolder(FS, path) {
  try {
    return FS.isDir(FS.lstat(path).mode)
  } catch {
    return false // the program removed it
  }
}
