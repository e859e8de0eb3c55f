/** Reads a tar archive that a package brings. Covers: files with names up to 255 bytes. Does not cover: links, long names. */
import { Buffer } from 'node:buffer'

const block = 512
const text = (bytes) =>
  Buffer.from(bytes)
    .toString('utf8')
    .replace(/\0[\s\S]*$/, '')

/** Name and bytes of each file. */
export function* untar(archive) {
  for (let at = 0; at + block <= archive.length; ) {
    const head = archive.subarray(at, at + block)
    const name = text(head.subarray(0, 100))
    if (name === '') return
    const prefix = text(head.subarray(345, 500))
    const size = Number.parseInt(text(head.subarray(124, 136)), 8)
    const kind = String.fromCharCode(head[156])
    at += block
    if (kind === '0' || kind === '\0')
      yield [prefix === '' ? name : `${prefix}/${name}`, archive.subarray(at, at + size)]
    at += Math.ceil(size / block) * block
  }
}
