/** Finds code in text without fences: the stretches of lines that are code rather than sentences. */
import type { Block } from './block.js'
import type { Dialect } from './dialect.js'
import { dialects } from './dialect.js'

const sentence =
  /^(?:[-*+] |\d+[.)] |#{1,6} |>+ ?)?\**["'(]?[A-Za-z][\w'’,-]*\**(?: [\w'’"“”`(),:;/*-]+){3,}[.:!?]?\**$/
const comment = /^(?:#|\/\/|--|\/\*|\*|%|;)/

/** Each stretch as a block. Lines inside brackets, triple quotes or indentation go with the line that opened them. */
export function codeSpans(lines: readonly string[], dialect: Dialect): Block[] {
  const spans: Block[] = []
  let start = -1
  let end = -1
  let depth = 0
  let quote: string | null = null
  const close = () => {
    if (start >= 0) {
      const code = lines.slice(start, end + 1).join('\n')
      spans.push({ tag: '', code, closed: true, from: 'plain', indent: 0 })
    }
    start = -1
    depth = 0
    quote = null
  }
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] as string
    const text = line.trim()
    if (text === '') continue
    const inside: boolean = start >= 0 && (quote !== null || (depth > 0 && !isSentence(text)) || /^[ \t]/.test(line))
    const isCode: boolean = inside || isCodeLine(line, dialect)
    if (!isCode) {
      // A comment at column 0 belongs to the code below or above it; a Markdown heading ends it.
      if (start >= 0 && comment.test(text) && !/^#{2,6} |^\*\*/.test(text)) end = i
      else close()
      continue
    }
    if (start < 0) start = i
    end = i
    quote = dialect.name === 'python' ? quoteAfter(text, quote) : null
    if (quote === null) depth = Math.max(0, depth + nesting(text))
  }
  close()
  return spans
}

/** A line at column 0 (or a body line, given trimmed) that reads as code of this language. */
export function isCodeLine(line: string, dialect: Dialect): boolean {
  return !/^[ \t]/.test(line) && dialect.line.test(line.trimEnd()) && !isSentence(line.trim())
}

/** Four words or more in a row and no sign of syntax. */
export function isSentence(text: string): boolean {
  if (text.length > 2_000) return true
  return (
    sentence.test(text) &&
    !/[=;{}[\]]|\w\(|\)$|["']\)?:?$/.test(text) &&
    !/^(?:from \S+ import|import |assert |return |raise |yield |for \S+ in |if |while |with |class |else|elif |except |SELECT|FROM|WHERE)/.test(
      text,
    )
  )
}

/** The language whose lines are most frequent in the first lines of the text. */
export function guessDialect(lines: readonly string[]): Dialect {
  const head = lines.slice(0, 400)
  let best = dialects[0] as Dialect
  let most = 0
  for (const dialect of dialects) {
    const count = head.reduce((sum, line) => sum + (isCodeLine(line, dialect) ? 1 : 0), 0)
    if (count > most) {
      best = dialect
      most = count
    }
  }
  return best
}

function nesting(text: string): number {
  const bare = text.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|(?:\/\/|#).*$/g, '')
  let depth = 0
  for (const char of bare) {
    if (char === '(' || char === '[' || char === '{') depth++
    else if (char === ')' || char === ']' || char === '}') depth--
  }
  return depth
}

/** The triple quote that is open after this line of Python, given the one open before it. */
export function quoteAfter(text: string, open: string | null): string | null {
  let state = open
  for (const [mark] of text.matchAll(/"""|'''/g)) {
    if (state === null) state = mark
    else if (state === mark) state = null
  }
  return state
}
