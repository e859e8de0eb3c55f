/**
 * A tree as a tar archive: its files get into a sandbox by one pipe, and a tar with the rights of the job unpacks them there.
 * So there is no limit to their number, links are links, and nothing outside of the job follows a path of it.
 */
import type { Tree } from './tree.js'

const block = 512
const fieldBytes = 100

export function archiveOf(tree: Tree): Buffer {
  const parts: Buffer[] = []
  for (const [path, { content, mode }] of tree) {
    const name = Buffer.from(path)
    addLongName(parts, 'L', name)
    if (mode === 'link') {
      addLongName(parts, 'K', content)
      add(parts, name, '2', Buffer.alloc(0), 0o777, content)
    } else add(parts, name, '0', content, mode === 'plain' ? 0o644 : 0o755)
  }
  parts.push(Buffer.alloc(2 * block))
  return Buffer.concat(parts)
}

/** What an archive of it takes, and how many inodes its files do. */
export function roomFor(tree: Tree): { readonly bytes: number; readonly inodes: number } {
  const page = 4096
  let bytes = 0
  const folders = new Set<string>()
  for (const [path, { content }] of tree) {
    bytes += Math.max(1, Math.ceil(content.length / page)) * page
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      const folder = path.slice(0, end)
      if (folders.has(folder)) break
      folders.add(folder)
    }
  }
  return { bytes, inodes: tree.size + folders.size }
}

/** GNU's way to write a name that is longer than its field: it stands before the entry, as the content of another. */
function addLongName(parts: Buffer[], type: string, name: Buffer): void {
  if (name.length > fieldBytes)
    add(parts, Buffer.from('././@LongLink'), type, Buffer.concat([name, Buffer.alloc(1)]), 0o644)
}

function add(
  parts: Buffer[],
  name: Buffer,
  type: string,
  content: Buffer,
  permissions: number,
  target: Buffer = Buffer.alloc(0),
): void {
  const header = Buffer.alloc(block)
  const octal = (value: number, at: number, digits: number) =>
    header.write(value.toString(8).padStart(digits, '0'), at, 'latin1')
  name.copy(header, 0, 0, fieldBytes)
  octal(permissions, 100, 7)
  octal(0, 108, 7)
  octal(0, 116, 7)
  octal(content.length, 124, 11)
  octal(0, 136, 11)
  // The sum is taken with blanks in its own place.
  header.write(`        ${type}`, 148, 'latin1')
  target.copy(header, 157, 0, fieldBytes)
  header.write('ustar  \0', 257, 'latin1')
  octal(
    header.reduce((sum, byte) => sum + byte, 0),
    148,
    6,
  )
  header[154] = 0
  parts.push(header, content, Buffer.alloc((block - (content.length % block)) % block))
}
