/** Reads a prompt that ends inside a function: where its head is, what it is called, which braces are left open. */

export interface Header {
  /** All before the head: imports, helpers, the class around it. */
  readonly before: string
  /** The head without its brace: `vector<int> f(vector<int> a, int b)`. */
  readonly head: string
  readonly name: string
  /** Between the parentheses, split at the commas outside of brackets. */
  readonly parameters: readonly string[]
  /** What stands before the name and after the closing parenthesis. */
  readonly front: string
  readonly back: string
}

export type Quotes = 'slashes' | 'java' | 'rust' | 'hashes'

const texts: Record<Quotes, RegExp> = {
  slashes: /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:\\[\s\S]|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\[\s\S]|[^`\\])*`/g,
  java: /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"""[\s\S]*?(?<!\\)"""|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g,
  // a lifetime is no character
  rust: /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:\\[\s\S]|[^"\\])*"|'(?:\\[^\n]+?|[^'\\\n])'/g,
  hashes: /\/\/[^\n]*|\/\*[\s\S]*?\*\/|#[^\n]*|"(?:\\[\s\S]|[^"\\])*"|'(?:\\[\s\S]|[^'\\])*'/g,
}

/** The same text, as long, with blanks for what stands in comments and quotes. */
export function withoutTexts(source: string, kind: Quotes = 'slashes'): string {
  return source.replace(texts[kind], (text) => text.replace(/[^\n]/g, ' '))
}

/** How many braces stay open, and how many close what was opened elsewhere. */
export function braces(plain: string): { open: number; closing: number } {
  let open = 0
  let closing = 0
  for (const letter of plain)
    if (letter === '{') open++
    else if (letter === '}') {
      if (open > 0) open--
      else closing++
    }
  return { open, closing }
}

/** What closes the braces that a prompt leaves open and its test script does not close. */
export function closers(trusted: string, script: string, kind: Quotes = 'slashes'): string {
  const missing = braces(withoutTexts(trusted, kind)).open - braces(withoutTexts(script, kind)).closing
  return '}'.repeat(Math.max(0, missing))
}

/** A program whose last braces the test script would have closed. */
export function closed(code: string, script: string, kind: Quotes): string {
  const missing = Math.min(braces(withoutTexts(code, kind)).open, braces(withoutTexts(script, kind)).closing)
  return missing > 0 ? `${code}\n${'}'.repeat(missing)}\n` : code
}

/** A program in front of the tests in one file: as many of its braces stay open as the tests close. */
export function leftOpen(code: string, script: string, kind: Quotes = 'slashes'): string {
  const plain = withoutTexts(code, kind)
  const due = braces(withoutTexts(script, kind)).closing
  const { open } = braces(plain)
  if (open >= due) return `${code}\n${'}'.repeat(open - due)}`
  // It closed what the tests close.
  let end = plain.length
  for (let more = due - open; more > 0; more--) {
    const last = plain.slice(0, end).trimEnd().length - 1
    if (plain[last] !== '}') break
    end = last
  }
  return code.slice(0, end)
}

/** What the prompt defines in front of the function it leaves open; `heads` finds the names of functions where they begin. */
export function helpers(prompt: string, heads: RegExp, name: string): string {
  const at = [...prompt.matchAll(heads)].findLast((one) => one[1] === name)?.index
  return at === undefined ? prompt : prompt.slice(0, at)
}

/** The function that the prompt leaves open; null if its end is not inside one. */
export function openFunction(prompt: string, kind: Quotes = 'slashes'): Header | null {
  const plain = withoutTexts(prompt, kind)
  const brace = /\{\s*$/.exec(plain)?.index
  if (brace === undefined) return null
  const directive = [...plain.slice(0, brace).matchAll(/^[ \t]*(?:#|<\?)[^\n]*\n/gm)].at(-1)
  const begin = Math.max(afterLast(plain, brace), directive ? directive.index + directive[0].length : 0)
  const raw = plain.slice(begin, brace)
  const from = begin + (raw.length - raw.trimStart().length)
  const head = plain.slice(from, brace).trimEnd()
  const open = head.indexOf('(')
  const end = open < 0 ? -1 : closing(head, open)
  if (end < 0) return null
  const named =
    /([\p{L}_$][\p{L}\p{N}_$]*)\s*(?:=\s*(?:async\s*)?(?:function\b\s*\*?\s*[\w$]*\s*)?(?::[^=]*=\s*)?)?(?:<[^()]*>\s*)?$/u.exec(
      head.slice(0, open),
    )
  if (!named) return null
  return {
    before: prompt.slice(0, from),
    head: prompt.slice(from, from + head.length),
    name: named[1] as string,
    parameters: splitTop(head.slice(open + 1, end)),
    front: head.slice(0, named.index).trim(),
    back: head.slice(end + 1).trim(),
  }
}

/** Behind the statement, block or opening brace in front of a head; its parentheses and `interface{}` are its own. */
function afterLast(plain: string, brace: number): number {
  const before = plain.slice(0, brace).replace(/\b(?:interface|struct)\s*\{\s*\}/g, (type) => ' '.repeat(type.length))
  let depth = 0
  for (let i = brace - 1; i >= 0; i--) {
    const letter = before[i] as string
    if (letter === ')') depth++
    else if (letter === '(') depth--
    else if (depth === 0 && ';{}'.includes(letter)) return i + 1
  }
  return 0
}

/** Split at commas outside of all brackets; none for nothing. */
export function splitTop(list: string): string[] {
  const parts: string[] = []
  let depth = 0
  let from = 0
  for (let i = 0; i < list.length; i++) {
    const letter = list[i] as string
    if ('([{<'.includes(letter)) depth++
    else if (')]}'.includes(letter) || (letter === '>' && list[i - 1] !== '=' && list[i - 1] !== '-')) depth--
    else if (letter === ',' && depth === 0) {
      parts.push(list.slice(from, i))
      from = i + 1
    }
  }
  return [...parts, list.slice(from)].map((part) => part.trim()).filter(Boolean)
}

/** The classes whose braces are still open. */
export function openTypes(plain: string): string[] {
  const open: (string | undefined)[] = []
  let from = 0
  for (let i = 0; i < plain.length; i++) {
    if (!'{};'.includes(plain[i] as string)) continue
    const named = /\b(?:class|interface|enum|record|object)\s+([\p{L}_$][\p{L}\p{N}_$]*)/u.exec(plain.slice(from, i))
    if (plain[i] === '{') open.push(named?.[1])
    else if (plain[i] === '}') open.pop()
    from = i + 1
  }
  return open.filter((name) => name !== undefined)
}

/** Where the parenthesis at `open` is closed; -1 if it is not. */
export function closing(text: string, open: number): number {
  let depth = 0
  for (let i = open; i < text.length; i++) {
    if (text[i] === '(') depth++
    else if (text[i] === ')' && --depth === 0) return i
  }
  return -1
}

type Change = readonly [RegExp, (found: string, ...groups: string[]) => string]

/** Changes what stands outside of comments and quotes. */
export function replaced(source: string, plain: string, changes: readonly Change[]): string {
  const edits = changes.flatMap(([pattern, change]) => {
    const all = pattern.global ? [...plain.matchAll(pattern)] : [pattern.exec(plain)].filter((one) => one !== null)
    return all.map((found) => ({
      at: found.index as number,
      end: (found.index as number) + found[0].length,
      made: change(found[0], ...found.slice(1)),
    }))
  })
  let text = ''
  let done = 0
  for (const { at, end, made } of edits.sort((a, b) => a.at - b.at)) {
    if (at < done) continue
    text += source.slice(done, at) + made
    done = end
  }
  return text + source.slice(done)
}
