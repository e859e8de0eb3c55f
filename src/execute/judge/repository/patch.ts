/**
 * Applies a unified diff to a tree, as `git apply` does: every line of a hunk must be there (fuzz 0), at the line it names
 * or, whole, at the nearest other place. All of it applies or none.
 *
 * Refused: paths that leave the tree or go into `.git`, symbolic links, submodules, binary patches.
 */
import { isUtf8 } from 'node:buffer'
import { type FilePatch, type Hunk, PatchError, readPatch } from './diff.js'
import { type Tree, type TreeFile, pathFault, placeFault } from './tree.js'

export { PatchError } from './diff.js'

/** More files than a sandbox takes, and more comparing than any honest patch needs, are somebody's try to stop the judge. */
const mostFiles = 2000
const mostComparisons = 20_000_000

/** The tree with the patch applied; the given one is left as it is. Throws PatchError with the reason. */
export function applyPatch(tree: Tree, text: string): Tree {
  const changed: Tree = new Map(tree)
  const files = readPatch(text)
  if (files.length > mostFiles)
    throw new PatchError(`it changes ${files.length} files: more than ${mostFiles} cannot be`)
  const work = { left: mostComparisons }
  for (const file of files) {
    for (const path of [file.from, file.to]) {
      const fault = path === null ? null : pathFault(path)
      if (fault !== null) throw new PatchError(`«${path?.slice(0, 200)}» cannot be patched: ${fault}`)
    }
    applyFile(changed, file, work)
  }
  return changed
}

interface Work {
  left: number
}

function applyFile(tree: Tree, { from, to, copies, mode, hunks }: FilePatch, work: Work): void {
  const before: TreeFile | undefined = from === null ? { content: Buffer.alloc(0), mode: 'plain' } : tree.get(from)
  if (!before) throw new PatchError(`«${from}» is not there`)
  if (before.mode === 'link') throw new PatchError(`«${from}» cannot be patched: it is a symbolic link`)
  if (to !== null && to !== from) {
    if (tree.has(to)) throw new PatchError(`«${to}» is there already`)
    const fault = placeFault(tree, to)
    if (fault !== null) throw new PatchError(`«${to}» cannot be made: ${fault}`)
  }
  if (hunks.length > 0 && !isUtf8(before.content)) throw new PatchError(`«${from}» is not text in UTF-8`)
  const content =
    hunks.length === 0
      ? before.content
      : Buffer.from(applyHunks(before.content.toString(), hunks, to ?? from ?? '', work))
  if (to === null && content.length > 0)
    throw new PatchError(`«${from}» is to be deleted, but the patch leaves lines of it`)
  if (from !== null && from !== to && !copies) tree.delete(from)
  if (to !== null) tree.set(to, { content, mode: mode ?? before.mode })
}

function applyHunks(text: string, hunks: readonly Hunk[], path: string, work: Work): string {
  const lines = text.split(/(?<=\n)/)
  if (lines.at(-1) === '') lines.pop()
  const result: string[] = []
  let next = 0
  for (const [i, hunk] of hunks.entries()) {
    const old = hunk.lines.filter(({ sign }) => sign !== '+').map((line) => line.text)
    // With no old line, `-3,0` names the line after which the new ones stand.
    const wanted = old.length === 0 ? hunk.start : hunk.start - 1
    const found = placeOf(lines, old, Math.max(wanted, 0), next, work)
    if (!found) throw new PatchError(`hunk ${i + 1} of «${path}» does not fit: its lines are not there as it has them`)
    result.push(...lines.slice(next, found.at))
    next = found.at
    for (const { sign, text: line } of hunk.lines)
      if (sign === '+') result.push(found.crlf ? line.replace(/\n$/, '\r\n') : line)
      else {
        if (sign === ' ') result.push(lines[next] as string)
        next++
      }
  }
  result.push(...lines.slice(next))
  const cut = result.findIndex((line, i) => i < result.length - 1 && !line.endsWith('\n'))
  if (cut >= 0) throw new PatchError(`«${path}»: a line without an end would stand before another`)
  return result.join('')
}

/** The nearest place at which all the old lines stand, not before `from`. */
function placeOf(lines: readonly string[], old: readonly string[], wanted: number, from: number, work: Work) {
  if (old.length === 0) return wanted >= from && wanted <= lines.length ? { at: wanted, crlf: false } : null
  const stands = (at: number, same: (line: string, there: string) => boolean) =>
    old.every((line, i) => {
      if (--work.left < 0) throw new PatchError('its hunks take too long to place')
      return same(line, lines[at + i] as string)
    })
  const start = Math.min(wanted, lines.length)
  for (let away = 0; away <= lines.length; away++)
    for (const at of away === 0 ? [start] : [start - away, start + away]) {
      if (at < from || at + old.length > lines.length) continue
      if (stands(at, (line, there) => line === there)) return { at, crlf: false }
      // The file ends its lines with CR LF and the patch lost that on its way.
      if (stands(at, (line, there) => there === line.replace(/\n$/, '\r\n'))) return { at, crlf: true }
    }
  return null
}
