/**
 * Edit blocks: a path on a line of its own, then lines to be found and lines to take their place. As models write them for
 * Aider (its format `diff`) and others:
 *
 *     src/add.py
 *     <<<<<<< SEARCH
 *     return a - b
 *     =======
 *     return a + b
 *     >>>>>>> REPLACE
 *
 * The lines must be there exactly, and once: an edit that could mean two places is refused, as tools for agents do. Without
 * lines to be found a new file is made. Fences and words around blocks are passed over.
 *
 * Not covered: lines that differ in their indentation, which Aider looks for too.
 */
import { PatchError } from './diff.js'

interface Edit {
  readonly path: string
  readonly found: readonly string[]
  readonly made: readonly string[]
}

/** More comparing than any honest edit needs is somebody's try to stop the judge. */
const mostComparisons = 20_000_000

const begin = /^<{5,9} SEARCH\s*$/
const middle = /^={5,9}\s*$/
const end = /^>{5,9} REPLACE\s*$/

/**
 * What becomes of the files that the blocks name, in order: later blocks see what earlier ones made. `read` gives the text of
 * a file, or undefined for one that is not there. Throws PatchError; then none of them counts.
 */
export function editedFiles(text: string, read: (path: string) => string | undefined): Record<string, string> {
  const edited = new Map<string, string>()
  const work = { left: mostComparisons }
  for (const { path, found, made } of editsIn(text)) {
    const before = edited.get(path) ?? read(path)
    edited.set(path, before === undefined ? created(path, found, made) : replaced(path, before, found, made, work))
  }
  return Object.fromEntries(edited)
}

function editsIn(text: string): Edit[] {
  const lines = text.split('\n').map((line) => line.replace(/\r$/, ''))
  const edits: Edit[] = []
  let path: string | undefined
  for (let at = 0; at < lines.length; at++) {
    if (!begin.test(lines[at] as string)) continue
    path = pathAbove(lines, at) ?? path
    if (path === undefined) throw new PatchError('an edit block has no path on the line above it')
    const divider = markAfter(lines, at, middle)
    const last = divider < 0 ? -1 : markAfter(lines, divider, end)
    if (last < 0)
      throw new PatchError(`the edit block ${edits.length + 1}, of «${path}», has no ======= or no >>>>>>> REPLACE`)
    edits.push({ path, found: lines.slice(at + 1, divider), made: lines.slice(divider + 1, last) })
    at = last
  }
  if (edits.length === 0) throw new PatchError('it holds no edit block (<<<<<<< SEARCH … ======= … >>>>>>> REPLACE)')
  return edits
}

/** The next line that is this mark; -1 where another block begins before it. */
function markAfter(lines: readonly string[], at: number, mark: RegExp): number {
  for (let i = at + 1; i < lines.length; i++) {
    if (mark.test(lines[i] as string)) return i
    if (begin.test(lines[i] as string)) return -1
  }
  return -1
}

/** On the line above a block or above its fence; bold, in quotes or behind a `#` it is the same path. */
function pathAbove(lines: readonly string[], at: number): string | undefined {
  for (let i = at - 1; i >= 0 && i >= at - 3; i--) {
    const line = (lines[i] as string).trim()
    if (end.test(line)) return undefined
    const path = line.replace(/^(?:```\S*|~~~\S*)$/, '').replace(/^[#*`"'\s]+|[*`"':\s]+$/g, '')
    if (path !== '') return /\s/.test(path) && !/[./]/.test(path) ? undefined : path
  }
  return undefined
}

function created(path: string, found: readonly string[], made: readonly string[]): string {
  if (found.some((line) => line.trim() !== ''))
    throw new PatchError(`«${path}» is not there, so nothing is found in it`)
  return made.map((line) => `${line}\n`).join('')
}

function replaced(
  path: string,
  before: string,
  found: readonly string[],
  made: readonly string[],
  work: { left: number },
): string {
  if (found.every((line) => line.trim() === '') && before.trim() !== '')
    throw new PatchError(`an edit of «${path}», which is there already, does not say what it replaces`)
  if (before.trim() === '') return created(path, found, made)
  const crlf = /\r\n/.test(before)
  const lines = before.split('\n').map((line) => (crlf ? line.replace(/\r$/, '') : line))
  const places: number[] = []
  work.left -= lines.length
  for (let at = 0; at + found.length <= lines.length; at++)
    if (found.every((line, i) => work.left-- > 0 && line === lines[at + i])) places.push(at)
  if (work.left < 0) throw new PatchError('its edits take too long to place')
  const [place] = places
  if (place === undefined)
    throw new PatchError(`what an edit of «${path}» replaces is not there: «${found[0]?.trim().slice(0, 100)}» …`)
  if (places.length > 1)
    throw new PatchError(
      `what an edit of «${path}» replaces is there ${places.length} times, not once: «${found[0]?.trim().slice(0, 100)}» …`,
    )
  return [...lines.slice(0, place), ...made, ...lines.slice(place + found.length)].join(crlf ? '\r\n' : '\n')
}
