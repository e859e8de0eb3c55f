/**
 * Where Python code defines functions: by its logical lines, so that neither strings nor comments nor brackets mislead.
 *
 * Not covered: code that does not parse gives some answer; whoever runs it finds out.
 */
import type { Definition } from './definition.js'

interface LogicalLine {
  /** Of its first physical line. */
  readonly start: number
  /** Of its first token. */
  readonly code: number
  /** Of the last physical line, without its terminator. */
  end: number
}

export interface PythonLines {
  readonly lines: readonly LogicalLine[]
  /** Physical lines that begin within a string, by where they begin. */
  readonly inStrings: ReadonlySet<number>
}

const blank = /[ \t\f]*/y
const quote = /(?:[rRbBuUfFtT]{0,2})("""|'''|"|')/y
const word = /[A-Za-z0-9_\x80-\u{10ffff}]+/uy
const terminator = /\r\n|\r|\n/y

function at(expression: RegExp, text: string, place: number): RegExpExecArray | null {
  expression.lastIndex = place
  return expression.exec(text)
}

export function pythonLines(text: string): PythonLines {
  const lines: LogicalLine[] = []
  const inStrings = new Set<number>()
  let depth = 0
  let physical = 0
  let open: LogicalLine | undefined
  for (let i = 0; i < text.length; ) {
    i += at(blank, text, i)?.[0].length ?? 0
    const ended = at(terminator, text, i)
    if (ended) {
      if (open && depth === 0) {
        open.end = i
        open = undefined
      }
      i += ended[0].length
      physical = i
      continue
    }
    if (i >= text.length) break
    if (text[i] === '#') {
      while (i < text.length && text[i] !== '\n' && text[i] !== '\r') i++
      continue
    }
    if (text[i] === '\\' && at(terminator, text, i + 1)) {
      i += 1 + (at(terminator, text, i + 1)?.[0].length ?? 0)
      physical = i
      continue
    }
    if (!open) {
      open = { start: physical, code: i, end: text.length }
      lines.push(open)
    }
    const string = at(quote, text, i)
    if (string) {
      i = stringEnd(text, i + string[0].length, string[1] as string, inStrings)
      continue
    }
    const letter = text[i] as string
    if ('([{'.includes(letter)) depth++
    else if (')]}'.includes(letter)) depth = Math.max(0, depth - 1)
    i += at(word, text, i)?.[0].length ?? 1
  }
  return { lines, inStrings }
}

/** A string that is not closed ends with its line, one with three quotes with the text. */
function stringEnd(text: string, from: number, mark: string, inStrings: Set<number>): number {
  for (let i = from; i < text.length; ) {
    if (text.startsWith(mark, i)) return i + mark.length
    const escaped = text[i] === '\\'
    const ended = at(terminator, text, escaped ? i + 1 : i)
    if (ended) {
      if (mark.length === 1 && !escaped) return i
      i = ended.index + ended[0].length
      inStrings.add(i)
    } else i += escaped ? 2 : 1
  }
  return text.length
}

/** The width of what stands before a token; a tab goes to the next eighth column. */
function column(text: string): number {
  let width = 0
  for (const letter of text) width = letter === '\t' ? width - (width % 8) + 8 : letter === '\f' ? 0 : width + 1
  return width
}

const header = /(?:async[ \t\\\r\n]+)?def[ \t\\\r\n]+([A-Za-z0-9_\x80-\u{10ffff}]+)/uy

export function pythonDefinitions(text: string): Definition[] {
  const { lines } = pythonLines(text)
  const depths = lines.map(({ start, code }) => column(text.slice(start, code)))
  return lines.flatMap((line, i) => {
    const [, name] = at(header, text, line.code) ?? []
    if (name === undefined) return []
    const deeper = (each: number) => (depths[each] as number) > (depths[i] as number)
    let last = i
    while (last + 1 < lines.length && deeper(last + 1)) last++
    let first = i
    while (first > 0 && text[lines[first - 1]?.code as number] === '@' && depths[first - 1] === depths[i]) first--
    return [
      {
        name,
        before: (lines[first] as LogicalLine).start,
        start: (lines[first] as LogicalLine).start,
        head: line.start,
        body: headerEnd(text, line.code, line.end),
        end: (lines[last] as LogicalLine).end,
      },
    ]
  })
}

/** Behind the colon that is in no bracket. */
function headerEnd(text: string, from: number, to: number): number {
  let depth = 0
  for (let i = from; i < to; ) {
    const string = at(quote, text, i)
    if (string) {
      i = stringEnd(text, i + string[0].length, string[1] as string, new Set())
      continue
    }
    const letter = text[i] as string
    if (letter === '#') {
      while (i < to && text[i] !== '\n' && text[i] !== '\r') i++
      continue
    }
    if ('([{'.includes(letter)) depth++
    else if (')]}'.includes(letter)) depth--
    else if (letter === ':' && depth === 0) return i + 1
    i += at(word, text, i)?.[0].length ?? 1
  }
  return to
}
