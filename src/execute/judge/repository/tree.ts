/** Trees of files, and the paths they may have. */
import { isUtf8 } from 'node:buffer'
import { posix } from 'node:path'
import type { FileTree } from '../../../kernel/index.js'

/** As git sees a file: its bytes (a patch sees what is there, not what it decodes to), or for a link where it leads. */
export interface TreeFile {
  readonly content: Buffer
  readonly mode: 'plain' | 'executable' | 'link'
}

/** A tree that is being changed. */
export type Tree = Map<string, TreeFile>

/** A tree in memory does not say which of its files may be run: all may. */
export function treeOf(files: FileTree): Tree {
  return new Map(
    Object.entries(files).map(([path, content]) => [
      path,
      {
        content: typeof content === 'string' ? Buffer.from(content) : Buffer.from(content.base64, 'base64'),
        mode: 'executable',
      },
    ]),
  )
}

/** A sandbox takes 250 MB at once, with a block for each file and what a candidate adds. */
export const mostBytes = 160 * 1024 * 1024
const mostFiles = 50_000

/** Throws with one sentence for a tree that no sandbox would take. */
export function checkSize(place: string, files: number, bytes: number): void {
  if (files > mostFiles) throw new Error(`${place} has more than ${mostFiles} files: no sandbox takes them`)
  if (bytes > mostBytes)
    throw new Error(`${place} holds more than ${mostBytes / 1024 / 1024} MB: no sandbox takes them at once`)
}

/** A name or path as it was found on this machine. Throws with one sentence for one that cannot be handed over. */
export function checkedName(place: string, found: Buffer): string {
  const name = found.toString('utf8')
  if (!isUtf8(found))
    throw new Error(`${place} has a file whose name is not UTF-8 («${found.toString('latin1')}»): rename or remove it`)
  if (name.split('/').some((part) => ['', '.', '..', '.git'].includes(part)))
    throw new Error(`${place} has a file called «${name}», which no checkout has: remove it`)
  return name
}

/** For a suite: text where it is text. */
export function fileContent(bytes: Buffer): FileTree[string] {
  return isUtf8(bytes) ? bytes.toString('utf8') : { base64: bytes.toString('base64') }
}

/** Why a path cannot be one of a tree; null if it can. */
export function pathFault(path: string): string | null {
  const parts = path.split('/')
  if (path === '' || path.startsWith('/')) return 'it is not relative'
  if (/[\0-\x1f\x7f\\]/.test(path)) return 'it holds a backslash or a control character'
  if (parts.some((part) => part === '' || part === '.' || part === '..')) return 'it leaves the tree or is not plain'
  // What Windows and macOS take for `.git` is not worth telling apart.
  if (parts.some((part) => /^\.git[. ]*$|^git~\d+$/i.test(part))) return 'it is in a folder of git'
  return null
}

/** The folders that a path is in, from the outermost. */
export function foldersOf(path: string): string[] {
  const parts = path.split('/')
  return parts.slice(1).map((_, i) => parts.slice(0, i + 1).join('/'))
}

/** Why a file cannot stand at `path` beside the others: a file cannot be a folder too, and nobody writes through a link. */
export function placeFault(tree: Tree, path: string): string | null {
  if (tree.get(path)?.mode === 'link') return 'it is a symbolic link'
  for (const folder of foldersOf(path)) {
    const file = tree.get(folder)
    if (file) return `«${folder}» is a ${file.mode === 'link' ? 'symbolic link' : 'file'}`
  }
  for (const other of tree.keys()) if (other.startsWith(`${path}/`)) return `«${path}» is a folder`
  return null
}

/** Where a path leads, through the links of the tree; null if that is outside of it or goes round in circles. */
export function realPath(tree: Tree, path: string): string | null {
  let rest = path.split('/')
  let real: string[] = []
  for (let links = 0; rest.length > 0; ) {
    const [part = '', ...after] = rest
    const here = [...real, part].join('/')
    const file = tree.get(here)
    if (file?.mode !== 'link') {
      real = [...real, part]
      rest = after
      continue
    }
    const target = posix.normalize(posix.join(posix.dirname(here), file.content.toString('utf8'))).replace(/\/$/, '')
    if (++links > 40 || target === '..' || target.startsWith('../') || file.content[0] === 0x2f) return null
    real = []
    rest = [...(target === '.' ? [] : target.split('/')), ...after]
  }
  return real.join('/')
}

/**
 * Whether a path is named by patterns: `*` and `?` stop at a slash, `**` does not; a folder stands for all that is in it; a
 * pattern without a slash holds in every folder, one that begins with a slash in the root; what one that begins with an
 * exclamation mark names is not named, whatever the others say.
 */
export function matcher(patterns: readonly string[]): (path: string) => boolean {
  const sources = (wanted: readonly string[]) => {
    const parts = wanted.map((pattern) => {
      const rooted = pattern.replace(/\/+$/, '')
      const plain = rooted.replace(/^\.?\//, '')
      const anywhere = rooted.includes('/') ? '' : '(?:.*/)?'
      const source = plain.replace(/\*\*\/?|[*?]|[.+^${}()|[\]\\]/g, (found) => {
        if (found === '**/') return '(?:.*/)?'
        if (found === '**') return '.*'
        return found === '*' ? '[^/]*' : found === '?' ? '[^/]' : `\\${found}`
      })
      return `${anywhere}${source}(?:/.*)?`
    })
    return parts.length === 0 ? null : new RegExp(`^(?:${parts.join('|')})$`, 's')
  }
  const named = sources(patterns.filter((pattern) => !pattern.startsWith('!')))
  const except = sources(patterns.filter((pattern) => pattern.startsWith('!')).map((pattern) => pattern.slice(1)))
  return (path) => (named?.test(path) ?? false) && !except?.test(path)
}
