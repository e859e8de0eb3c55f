/**
 * Functions in a file: found by reading it as its language does, never by searching for their text, and replaced so that
 * every other byte of the file stays.
 *
 * Not covered: a candidate is put in as it is. Imports before a Java method, or a whole class in place of a method, are what
 * its compiler makes of them.
 */
import type { Definition } from './definition.js'
import { PatchError } from './diff.js'
import { javaDefinitions } from './java-definitions.js'
import { pythonDefinitions, pythonLines } from './python-definitions.js'

export type FunctionLanguage = 'python' | 'java'

export interface FunctionPlace {
  readonly language: FunctionLanguage
  readonly name: string
  /** A line of it, from 1: tells overloads apart. */
  readonly line?: number
  /** Its text: tells them apart where lines have moved. */
  readonly text?: string
}

/** More is no function: reading it could take long. */
const longest = 1024 * 1024

const readers = { python: pythonDefinitions, java: javaDefinitions }

/** All functions with a body, nested ones too, in the order of the file. */
export function definitionsIn(text: string, language: FunctionLanguage): Definition[] {
  return readers[language](text)
}

/** The function that is meant. Throws PatchError where there is none or it could be several. */
export function findFunction(text: string, { language, name, line, text: known }: FunctionPlace): Definition {
  const named = definitionsIn(text, language).filter((each) => each.name === name)
  const plain = (code: string) => code.replace(/[ \t\r\n\f]+/g, ' ').trim()
  const parts = ({ start, head, end }: Definition) => [plain(text.slice(start, end)), plain(text.slice(head, end))]
  const alike = known === undefined ? [] : named.filter((each) => parts(each).includes(plain(known)))
  const wanted = alike.length > 0 ? alike : named
  const atLine = wanted.filter(
    ({ before, start, body }) =>
      line !== undefined && lineOf(text, start - ownText(text, before, start)) <= line && line <= lineOf(text, body),
  )
  const [found] = wanted.length === 1 ? wanted : atLine
  if (found && (wanted.length === 1 || atLine.length === 1)) return found
  if (named.length === 0) throw new PatchError(`it defines no function «${name}» with a body`)
  const where = line === undefined ? '' : ` in line ${line}`
  throw new PatchError(`it defines «${name}» ${named.length} times and none can be told to be the one${where}`)
}

/** How much of what stands before a function is more than white space: the comment that belongs to it. */
function ownText(text: string, before: number, start: number): number {
  return text.slice(before, start).trimStart().length
}

function lineOf(text: string, place: number): number {
  return (text.slice(0, place).match(/\r\n|\r|\n/g)?.length ?? 0) + 1
}

/** The file with another function in its place. Throws PatchError. */
export function withFunction(content: Buffer, place: FunctionPlace, code: string): Buffer {
  if (code.length > longest) throw new PatchError('the candidate is longer than a million letters')
  // A letter for each byte: whatever the encoding of the file, what is not replaced stays.
  const text = content.toString('latin1')
  const inBytes = (other: string) => Buffer.from(other).toString('latin1')
  const known = place.text === undefined ? {} : { text: inBytes(place.text) }
  const found = findFunction(text, { ...place, name: inBytes(place.name), ...known })
  const old = text.slice(found.start, found.end)
  const lineEnd = /\r\n|\r|\n/.exec(`${old}${text.slice(found.end)}${text}`)?.[0] ?? '\n'
  const lines = trimmed(inBytes(code).replace(/\r\n|\r/g, '\n'))
  const made = (place.language === 'python' ? pythonFor : javaFor)(text, found, lines)
  return Buffer.from(`${text.slice(0, found.start)}${made.replaceAll('\n', lineEnd)}${text.slice(found.end)}`, 'latin1')
}

/** Without empty lines around it. */
function trimmed(code: string): string {
  let end = code.length
  while (end > 0 && ' \t\f\n'.includes(code[end - 1] as string)) end--
  return code.slice(0, end).replace(/^(?:[ \t\f]*\n)+/, '')
}

/** As deep as the function that it replaces; under the decorators of that one if it has none. */
function pythonFor(text: string, { start, head }: Definition, code: string): string {
  const made = indented(code, /^[ \t\f]*/.exec(text.slice(head))?.[0] ?? '', pythonLines(code).inStrings)
  const [first] = pythonDefinitions(made)
  if (start === head || !first || first.start !== first.head) return made
  const decorators = text.slice(start, head).replace(/\r\n|\r/g, '\n')
  return made.slice(0, first.head) + decorators + made.slice(first.head)
}

/** Under the annotations of the one that it replaces if it has none. */
function javaFor(text: string, { start, head }: Definition, code: string): string {
  const lineStart = Math.max(text.lastIndexOf('\n', start - 1), text.lastIndexOf('\r', start - 1)) + 1
  const margin = /^[ \t]*/.exec(text.slice(lineStart, start))?.[0] ?? ''
  // The indentation of a text block is part of what it says.
  const asItIs = code.includes('"""') || code.endsWith(`\n${margin}}`)
  const made = asItIs ? code.trimStart() : indented(code, margin, new Set()).slice(margin.length)
  const [first] = javaDefinitions(made)
  if (start === head || !first || first.start !== first.head) return made
  const annotations = text.slice(start, head).replace(/\r\n|\r/g, '\n')
  return made.slice(0, first.head) + annotations + made.slice(first.head)
}

/** With another margin in place of that of its first line; lines that begin within a string are left alone. */
function indented(code: string, margin: string, inStrings: ReadonlySet<number>): string {
  const own = /^[ \t]*/.exec(code)?.[0] ?? ''
  let place = 0
  const lines = code.split('\n').map((line) => {
    const asItIs = own === margin || inStrings.has(place) || line.trim() === ''
    place += line.length + 1
    return asItIs ? line : margin + (line.startsWith(own) ? line.slice(own.length) : line.trimStart())
  })
  return lines.join('\n')
}
