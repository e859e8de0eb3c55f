/** Recognises a reply that continues the prompt: the body of a function whose signature the prompt holds. */
import type { Dialect } from './dialect.js'
import { isSentence, quoteAfter } from './plain.js'

const head = /^(?:async[ \t]+def|def|class|import|from|@)\b/

/**
 * The body with the indentation it needs, or null if the text is no continuation. Code after the body (helpers,
 * calls) is kept: cutting at stop sequences is the caller's choice. Prose after the body is dropped.
 * `entryMissing`: an entry point is asked for, and the text does not define it.
 */
export function continuation(text: string, dialect: Dialect, entryMissing: boolean): string | null {
  const lines = text.split('\n')
  const first = lines.findIndex((line) => line.trim() !== '')
  const opening = lines[first]
  if (opening === undefined) return null
  if (/^[ \t]/.test(opening)) return indentedBody(lines, first, dialect, entryMissing)
  if (dialect.body === 'indent') return strippedBody(lines.slice(first))
  return null
}

function indentedBody(lines: readonly string[], first: number, dialect: Dialect, entryMissing: boolean): string | null {
  const opening = (lines[first] as string).trim()
  if (isSentence(opening) || /^(?:[-*+•] |\d+[.)] )/.test(opening)) return null
  // A whole program that is merely indented is no body; but what lacks the entry point is no whole program.
  if (
    !entryMissing &&
    dialect.body === 'indent' &&
    head.test(opening) &&
    !/^(?:import|from)\b/.test(opening) &&
    !returnsBefore(lines, first)
  ) {
    return null
  }
  return untilProse(lines, first)
}

/** True if a line returns at the depth of the first line: only inside a function can that be. */
function returnsBefore(lines: readonly string[], first: number): boolean {
  const depth = indentOf(lines[first] as string)
  return lines.some((line) => indentOf(line) === depth && /^(?:return|yield)\b/.test(line.trim()))
}

/** Python whose first line lost its indentation, or all lines did: `return` stands outside any `def`. */
function strippedBody(lines: readonly string[]): string | null {
  const opening = lines[0] as string
  if (isSentence(opening)) return null
  const returns = lines.findIndex((line) => /^[ \t]*(?:return|yield)\b(?!.*[.!?]$)/.test(line))
  const defined = lines.findIndex((line) => /^(?:async[ \t]+)?(?:def|class)\b/.test(line))
  if (returns < 0 || (defined >= 0 && defined < returns)) return null
  if (!/^(?:return|yield|if|for|while|with|try|pass|raise|[\w.[\], ]+[-+*/%|&]*=[^=]|[\w.]+\(|#|"""|''')/.test(opening))
    return null
  const body = untilProse(lines, 0).split('\n')
  const column = body.some((line, i) => i > 0 && indentOf(line) === 0 && line.trim() !== '')
  if (column) return body.map((line) => (line.trim() === '' ? line : `    ${line}`)).join('\n')
  const rest = body
    .slice(1)
    .filter((line) => line.trim() !== '')
    .map(indentOf)
  const least = rest.length > 0 ? Math.min(...[Math.min(1000, ...rest.slice(0, 5000))]) : 4
  const opens = opening.trimEnd().endsWith(':') && rest[0] === least
  return [`${' '.repeat(Math.max(1, opens ? least - 4 : least))}${opening}`, ...body.slice(1)].join('\n')
}

function untilProse(lines: readonly string[], first: number): string {
  let quote: string | null = null
  let end = first
  for (; end < lines.length; end++) {
    const line = lines[end] as string
    const atMargin = quote === null && !/^[ \t]/.test(line)
    if (atMargin && (isSentence(line.trim()) || line.startsWith('```'))) break
    quote = quoteAfter(line, quote)
  }
  return lines.slice(first, end).join('\n').trimEnd()
}

/**
 * The text without the blanks before its first line, if they are an accident of the tokenizer (` def f():`) and not the
 * indentation of a body: no other line stands at that column, or the braces of the text close all that they open.
 */
export function withoutStrayIndent(text: string, dialect: Dialect): string {
  const opening = /^(?:[ \t]*\n)*([ \t]+)(\S.*)/.exec(text)
  if (!opening) return text
  const [all, space = '', line = ''] = opening
  const rest = text.slice(all.length)
  const stray =
    dialect.body === 'braces'
      ? /^[^\s]/m.test(rest) && count(text, /[{]/g) === count(text, /[}]/g)
      : space.length < 4 &&
        !new RegExp(`^${space}\\S`, 'm').test(rest) &&
        (head.test(line) || dialect.body === 'none') &&
        /^\s*\S/.test(rest)
  return stray ? line + rest : text
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length
}
