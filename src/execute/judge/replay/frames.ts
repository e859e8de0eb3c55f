/** The lines of the two processes: found in what they print by a mark that is new for each run. */
import { randomBytes } from 'node:crypto'
import type { Execution } from '../../../kernel/index.js'

export function newMark(): string {
  return randomBytes(12).toString('hex')
}

/** The lines that follow a mark, in order. Whatever else was printed is the program's own. */
export function framesIn(stdout: string, mark: string): string[] {
  return stdout
    .split(`${mark} `)
    .slice(1)
    .map((part) => part.split('\n', 1)[0] as string)
}

/** One complete line for each call that was answered: a last one without its end was cut off. */
export function repliesIn({ stdout }: Pick<Execution, 'stdout'>, mark: string): string[] {
  return framesIn(stdout.slice(0, stdout.lastIndexOf('\n') + 1), mark)
}

const maxDepth = 400
const leaf = /^(?:[nutf]|[iI]-?\d+|d[0-9a-f]{16}|[scby?][!-~]*)$/
/** Apart from the pattern above, which holds for texts of any length so: alternatives in a repetition need room for each letter. */
const unwritten = /%(?!u[0-9a-f]{4}|[0-9a-f]{2})/
const isLeaf = (token: string) => leaf.test(token) && !unwritten.test(token)
const group = /^[[(<{M](\d{1,9})$/
const typed = /^:[A-Za-z][\w.<>,[\]]*$/

/** Whether a reply is one: the examiner reads it without further checks. */
export function isReply(line: string): boolean {
  const tokens = line.split(' ')
  const [kind] = tokens
  if (kind === 'e' || kind === 'q')
    return tokens.length === 3 && tokens.slice(1).every((token) => /^s/.test(token) && isLeaf(token))
  if (kind !== 'v' && kind !== 'p') return false
  let at = afterValue(tokens, 1)
  while (at > 0 && at < tokens.length) {
    if (tokens[at] !== 'm' || !/^\d{1,9}$/.test(tokens[at + 1] ?? '')) return false
    at = afterValue(tokens, at + 2)
  }
  return at === tokens.length
}

/** Where the value that begins at `at` has ended; -1 if it is none. */
function afterValue(tokens: readonly string[], from: number): number {
  /** What is still to come of each group that is open. */
  const open: number[] = [1]
  for (let at = from; ; at++) {
    while (open.at(-1) === 0) open.pop()
    if (open.length === 0) return at
    let token = tokens[at]
    if (token !== undefined && typed.test(token)) token = tokens[++at]
    if (token === undefined || open.length > maxDepth) return -1
    open[open.length - 1] = (open.at(-1) as number) - 1
    const count = group.exec(token)?.[1]
    if (count !== undefined) open.push(Number(count) * (token[0] === '{' || token[0] === 'M' ? 2 : 1))
    else if (!isLeaf(token)) return -1
  }
}

/** Text as a token writes it, without the letter in front. */
export function textOf(token: string): string {
  const bytes: number[] = []
  let text = ''
  const flush = () => {
    text += Buffer.from(bytes.splice(0)).toString('utf8')
  }
  for (let i = 0; i < token.length; i++) {
    if (token[i] !== '%') bytes.push(token.charCodeAt(i))
    else if (token[i + 1] === 'u') {
      flush()
      text += String.fromCharCode(Number.parseInt(token.slice(i + 2, i + 6), 16))
      i += 5
    } else {
      bytes.push(Number.parseInt(token.slice(i + 1, i + 3), 16))
      i += 2
    }
  }
  flush()
  return text
}

/** The type and message of `e stype smessage`. */
export function exceptionOf(reply: string): { type: string; message: string } {
  const [, type = '', message = ''] = reply.split(' ')
  return { type: textOf(type.slice(1)) || 'Error', message: textOf(message.slice(1)) }
}

const plain: Record<string, string> = { n: 'null', u: 'undefined', t: 'true', f: 'false' }
const brackets: Record<string, readonly [string, string]> = {
  '[': ['[', ']'],
  '(': ['(', ')'],
  '<': ['{', '}'],
  '{': ['{', '}'],
  M: ['{', '}'],
}

/** For people: `f([1, 2], "a") → 3`. */
export function shownCall(call: string, reply?: string): string {
  const [name = '', ...rest] = call.split(' ')
  const shown = `${textOf(name.slice(1))}${new Tokens(rest).shown()}`
  if (reply === undefined) return `${shown} gave no value`
  if (/^[eq]/.test(reply)) {
    const { type, message } = exceptionOf(reply)
    return cut(`${shown} threw ${type}${message ? `: ${message}` : ''}`)
  }
  return cut(`${shown} → ${new Tokens(reply.split(' ').slice(1)).shown()}`)
}

function cut(text: string): string {
  return text.length > 600 ? `${text.slice(0, 600)}…` : text
}

class Tokens {
  #at = 0
  /** What is shown is for a person: a value of a million items need not be walked. */
  #room = 200
  constructor(private readonly tokens: readonly string[]) {}

  shown(): string {
    let token = this.tokens[this.#at++]
    if (token?.startsWith(':')) token = this.tokens[this.#at++]
    if (token === undefined || this.#room-- < 0) return '…'
    const [kind = '', rest] = [token[0], token.slice(1)]
    if (kind in plain) return plain[kind] as string
    switch (kind) {
      case 'i':
      case 'I':
        return rest
      case 'd':
        return shownFloat(rest)
      case 's':
      case 'c':
      case 'b':
        return JSON.stringify(textOf(rest))
      case 'y':
        return `:${textOf(rest)}`
      case '?':
        return `<${textOf(rest)}>`
    }
    const [open, close] = brackets[kind] ?? ['', '']
    const count = Math.max(0, Number.parseInt(rest, 10) || 0)
    const items: string[] = []
    for (let i = 0; i < count && this.#room > 0; i++)
      items.push(kind === '{' || kind === 'M' ? `${this.shown()}: ${this.shown()}` : this.shown())
    return open + items.join(', ') + close
  }
}

function shownFloat(bits: string): string {
  const value = Buffer.from(bits.padStart(16, '0'), 'hex').readDoubleBE()
  return Object.is(value, -0)
    ? '-0.0'
    : Number.isInteger(value) && Math.abs(value) < 1e15
      ? `${value}.0`
      : String(value)
}
