/**
 * Trees that lie on this machine: read when a candidate is judged, and kept for the next ones of the same problem.
 *
 * Links are read as links and never followed. Refused: names that are not UTF-8, sockets and devices, and trees that no
 * sandbox would take. What changes in a folder while a run goes on is not seen.
 */
import { constants, type Dirent } from 'node:fs'
import { open, readdir, readlink } from 'node:fs/promises'
import { type Checkout, describeError } from '../../../kernel/index.js'
import { readCommit } from './commit.js'
import { type Tree, type TreeFile, checkSize, checkedName, mostBytes } from './tree.js'

/** Of all trees that are kept. */
const keptBytes = 256 * 1024 * 1024
const atOnce = 32

export class Checkouts {
  /** The one used last stands last. */
  readonly #trees = new Map<string, { readonly tree: Promise<Tree>; bytes: number }>()
  readonly #most: number

  constructor(most = keptBytes) {
    this.#most = most
  }

  /** Nobody may change the tree. Throws with one sentence for what cannot be read. */
  async tree(checkout: Checkout): Promise<Tree> {
    const key = JSON.stringify(checkout)
    const known = this.#trees.get(key)
    const entry = known ?? { tree: readCheckout(checkout), bytes: 0 }
    this.#trees.delete(key)
    this.#trees.set(key, entry)
    try {
      const tree = await entry.tree
      if (!known) for (const { content } of tree.values()) entry.bytes += content.length
      this.#forget()
      return tree
    } catch (error) {
      if (this.#trees.get(key) === entry) this.#trees.delete(key)
      throw error
    }
  }

  /** One that is too large by itself is kept as long as no other is wanted. */
  #forget(): void {
    let bytes = [...this.#trees.values()].reduce((sum, entry) => sum + entry.bytes, 0)
    for (const [key, entry] of this.#trees) {
      if (bytes <= this.#most || this.#trees.size === 1) return
      this.#trees.delete(key)
      bytes -= entry.bytes
    }
  }
}

export async function readCheckout(checkout: Checkout): Promise<Tree> {
  const tree = checkout.kind === 'commit' ? await readCommit(checkout) : await readFolder(checkout.path)
  if (tree.size === 0) throw new Error(`${placeOf(checkout)} holds no file: name a checkout of the repository`)
  return tree
}

function placeOf(checkout: Checkout): string {
  return checkout.kind === 'folder' ? checkout.path : `commit ${checkout.commit} of ${checkout.repository}`
}

async function readFolder(folder: string): Promise<Tree> {
  const names: [string, 'file' | 'link'][] = []
  const list = async (below: string) => {
    let entries: Dirent<Buffer>[]
    try {
      entries = await readdir(below === '' ? folder : `${folder}/${below}`, { withFileTypes: true, encoding: 'buffer' })
    } catch (error) {
      throw new Error(`${folder} cannot be read as a checkout: ${describeError(error)}`, { cause: error })
    }
    for (const entry of entries) {
      if (entry.name.toString('latin1') === '.git') continue
      const name = checkedName(folder, entry.name)
      const path = below === '' ? name : `${below}/${name}`
      if (entry.isDirectory()) await list(path)
      else if (entry.isFile()) names.push([path, 'file'])
      else if (entry.isSymbolicLink()) names.push([path, 'link'])
      else throw new Error(`${folder}/${path} is neither a file nor a folder nor a link: remove it`)
      checkSize(folder, names.length, 0)
    }
  }
  await list('')
  let bytes = 0
  const tree: Tree = new Map()
  for (let start = 0; start < names.length; start += atOnce) {
    const part = names.slice(start, start + atOnce)
    const files = await Promise.all(part.map(([path, kind]) => readOne(folder, path, kind, mostBytes - bytes)))
    for (const [i, file] of files.entries()) {
      bytes += file.content.length
      checkSize(folder, names.length, bytes)
      tree.set((part[i] as [string, string])[0], file)
    }
  }
  return tree
}

async function readOne(folder: string, path: string, kind: 'file' | 'link', left: number): Promise<TreeFile> {
  const place = `${folder}/${path}`
  if (kind === 'link') return { content: await readlink(place, { encoding: 'buffer' }), mode: 'link' }
  const file = await open(place, constants.O_RDONLY | constants.O_NOFOLLOW)
  try {
    const { size, mode } = await file.stat()
    if (size > left) checkSize(folder, 0, mostBytes + 1)
    return { content: await file.readFile(), mode: (mode & 0o100) === 0 ? 'plain' : 'executable' }
  } finally {
    await file.close()
  }
}
