/**
 * Fenced blocks after CommonMark 4.5, mended where models depart from it: fences in lists and quotes, a second tagged
 * opening without a close, a fence inside a docstring, a close at the end of a code line, prose before the opening.
 * Every line is read a bounded number of times.
 */
import type { Block } from './block.js'
import { isLanguageTag, isMarkdownTag } from './dialect.js'

interface Opening {
  readonly char: string
  readonly length: number
  readonly indent: number
  readonly quoted: boolean
  readonly tag: string
  readonly lines: string[]
  readonly line: number
}

const openingLine = /^((?:[ \t]*>)*)([ \t]*)((?:[-*+]|\d{1,9}[.)])[ \t]+)?(`{3,}|~{3,})(.*)$/
const closingLine = /^([ \t]*)(`{3,}|~{3,})[ \t]*$/
const openingAfterProse = /[^`](`{3})([\w+#-]+)[ \t]*$/
const triple = /"""|'''/g

export function fencedBlocks(lines: readonly string[], openAtStart = false): Block[] {
  const next = nextFenceOrQuote(lines)
  const blocks: Block[] = []
  let open: Opening | null = openAtStart
    ? { char: '`', length: 3, indent: 0, quoted: false, tag: '', lines: [], line: -1 }
    : null
  let quote: string | null = null
  let nested = false
  const begin = (opening: Opening) => {
    // A reply wrapped as a Markdown document: its own fences are the ones that matter.
    open = isMarkdownTag(opening.tag) ? null : opening
    quote = null
    nested = false
  }
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] as string
    const marked = line.includes('```') || line.includes('~~~')
    if (open === null) {
      const opening = marked ? readOpening(line, i) : null
      if (opening) begin(opening)
      continue
    }
    const current: Opening = open
    const text = current.quoted ? line.replace(/^(?:[ \t]*>)+ ?/, '') : line
    if (marked) {
      const close = closingLine.exec(text)
      if (close && closes(current, close)) {
        if (nested) nested = false
        else if (quote !== null && next[i] === 'fence-then-quote') nested = true
        else {
          blocks.push(finish(current, true))
          open = null
          continue
        }
      } else if (!close) {
        const opening = readOpening(text, i)
        if (opening && opening.char === current.char && opening.length >= current.length && opening.tag !== '') {
          if (quote !== null) nested = true
          else if (isLanguageTag(opening.tag) && opening.indent <= current.indent + 3) {
            blocks.push(finish(current, false))
            begin(opening)
            continue
          }
        }
      }
    }
    if (text.includes('"""') || text.includes("'''")) quote = quoteAfter(text, quote)
    current.lines.push(text)
  }
  if (open !== null) blocks.push(finish(open, false))
  return blocks
}

function readOpening(text: string, line: number): Opening | null {
  const match = openingLine.exec(text)
  if (!match) {
    const late = openingAfterProse.exec(text)
    if (!late || !isLanguageTag((late[2] as string).toLowerCase())) return null
    return { char: '`', length: 3, indent: 0, quoted: false, tag: (late[2] as string).toLowerCase(), lines: [], line }
  }
  const [, quotes = '', space = '', bullet = '', run = '', info = ''] = match
  const char = run.charAt(0)
  if (char === '`' && info.includes('`')) return null
  const lead = quotes !== '' && space.startsWith(' ') ? space.slice(1) : space
  const indent = width(lead) + bullet.length
  return { char, length: run.length, indent, quoted: quotes !== '', tag: readTag(info), lines: [], line }
}

/** `Python title="a.py"`, `{.python .numberLines}`, `python:main.py`, `language-python` → `python`. */
function readTag(info: string): string {
  const word = info
    .trim()
    .replace(/^\{\s*\.?/, '')
    .replace(/^(?:language|lang)[-=]/i, '')
  return (/^[^\s:{},;()[\]"'=]+/.exec(word)?.[0] ?? '').toLowerCase()
}

function closes(open: Opening, close: RegExpExecArray): boolean {
  const [, space = '', run = ''] = close
  return run.startsWith(open.char) && run.length >= open.length && width(space) <= open.indent + 3
}

function finish(open: Opening, closed: boolean): Block {
  const lines = open.lines.map((line) => dropIndent(line, open.indent))
  let done = closed
  if (!closed) {
    // ```` return x``` ````: the close stands at the end of a line of code.
    const mark = open.char.repeat(open.length)
    const at = lines.findIndex((line) => line.trimEnd().endsWith(mark) && line.indexOf(mark) > 0)
    if (at >= 0) {
      const line = lines[at] as string
      lines.length = at
      lines.push(line.slice(0, line.indexOf(mark)))
      done = true
    }
  }
  return { tag: open.tag, code: lines.join('\n'), closed: done, from: 'fence', indent: open.indent, line: open.line }
}

function dropIndent(line: string, columns: number): string {
  let at = 0
  while (at < columns && (line[at] === ' ' || line[at] === '\t')) at++
  return at === 0 ? line : line.slice(at)
}

function width(space: string): number {
  return space.replaceAll('\t', '    ').length
}

function quoteAfter(line: string, open: string | null): string | null {
  let state = open
  for (const [mark] of line.matchAll(triple)) {
    if (state === null) state = mark
    else if (state === mark) state = null
  }
  return state
}

/**
 * For each line: whether the next marked line below is a bare fence and a triple quote follows it before any other
 * fence. That is the mark of an example fenced inside a docstring.
 */
function nextFenceOrQuote(lines: readonly string[]): string[] {
  const next: string[] = new Array(lines.length)
  let below = 'end'
  for (let i = lines.length - 1; i >= 0; i--) {
    next[i] = below
    const line = lines[i] as string
    if (line.includes('"""') || line.includes("'''")) below = 'quote'
    else if (line.includes('```') || line.includes('~~~')) {
      below = below === 'quote' && closingLine.test(line) ? 'fence-then-quote' : 'fence'
    }
  }
  return next
}
