/**
 * Where Java code defines methods and constructors with a body: a name, its parameters and a brace, which nothing else looks
 * like but what follows `new` and constants of an enum.
 *
 * Not covered: Unicode escapes in place of letters and brackets; code that does not parse gives some answer, and the compiler
 * finds out.
 */
import type { Definition } from './definition.js'

interface Token {
  readonly text: string
  readonly start: number
  readonly end: number
}

const passedOver = /(?:[ \t\r\n\f\v]+|\/\/[^\r\n]*|\/\*[\s\S]*?(?:\*\/|$))+/y
const token =
  /"""[\s\S]*?(?<!\\)(?:\\\\)*(?:"""|$)|"(?:[^"\\\r\n]|\\.)*"?|'(?:[^'\\\r\n]|\\.)*'?|[A-Za-z0-9_$\x80-\u{10ffff}]+|[\s\S]/uy

function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  for (let i = 0; i < text.length; ) {
    passedOver.lastIndex = i
    i += passedOver.exec(text)?.[0].length ?? 0
    token.lastIndex = i
    const found = token.exec(text)?.[0]
    if (found === undefined) break
    tokens.push({ text: found, start: i, end: i + found.length })
    i += found.length
  }
  return tokens
}

/** Of each opening bracket the place of its closing one, among the tokens. */
function pairs(tokens: readonly Token[]): Map<number, number> {
  const found = new Map<number, number>()
  const open: number[] = []
  for (const [i, { text }] of tokens.entries())
    if ('({['.includes(text)) open.push(i)
    else if (')}]'.includes(text)) {
      const begun = open.pop()
      if (begun !== undefined) found.set(begun, i)
    }
  return found
}

export function javaDefinitions(text: string): Definition[] {
  const tokens = tokensOf(text)
  const closed = pairs(tokens)
  const found: Definition[] = []
  /** Where the declaration or statement begins that a token is of, for each block that is open; in parentheses none does. */
  const begun = [0]
  for (const [i, { text: symbol }] of tokens.entries()) {
    if (symbol === '{' || symbol === '(' || symbol === '[') begun.push(i + 1)
    else if (symbol === '}' || symbol === ')' || symbol === ']') {
      begun.pop()
      if (begun.length === 0) begun.push(0)
      if (symbol === '}') begun[begun.length - 1] = endOf(tokens, closed, i, begun)
    } else if (symbol === ';') begun[begun.length - 1] = i + 1
    else if (/^[A-Za-z_$\x80-\u{10ffff}]/u.test(symbol)) {
      const body = bodyOf(tokens, closed, i)
      if (body !== undefined) found.push(definition(text, tokens, closed, { name: i, body, first: begun.at(-1) ?? 0 }))
    }
  }
  return found
}

/** What follows a block begins behind it, except within parentheses: `@A({1, 2}) void f()` is one declaration. */
function endOf(tokens: readonly Token[], closed: Map<number, number>, at: number, begun: readonly number[]): number {
  const first = begun.at(-1) ?? 0
  const outer = tokens[first - 1]?.text
  return outer === '(' && (closed.get(first - 1) ?? Number.POSITIVE_INFINITY) > at ? first : at + 1
}

const noDeclaration = new Set(['new', '.', ',', '::', '@', 'return', 'throw', 'else'])
const noName = new Set(['if', 'for', 'while', 'switch', 'catch', 'synchronized', 'try', 'do', 'else', 'new', 'record'])

/** The brace that opens the body, if the token is the name of something that has one. */
function bodyOf(tokens: readonly Token[], closed: Map<number, number>, name: number): number | undefined {
  if (tokens[name + 1]?.text !== '(' || noName.has(tokens[name]?.text ?? '')) return undefined
  const before = tokens[name - 1]?.text
  if (before !== undefined && (noDeclaration.has(before) || tokens[name - 2]?.text === 'record')) return undefined
  if (before === 'record' || isConstant(tokens, name)) return undefined
  let next = (closed.get(name + 1) ?? tokens.length) + 1
  while (tokens[next]?.text === '[' || tokens[next]?.text === ']') next++
  if (tokens[next]?.text === 'throws')
    while (next < tokens.length && !/^[{};()]$/.test(tokens[next]?.text ?? '')) next++
  return tokens[next]?.text === '{' ? next : undefined
}

/** The first of an enum, `enum E { NAME(1) { … } }`: others follow a comma. */
function isConstant(tokens: readonly Token[], name: number): boolean {
  if (tokens[name - 1]?.text !== '{') return false
  let i = name - 2
  while (i >= 0 && !/^[{};]$/.test(tokens[i]?.text ?? '')) if (tokens[i--]?.text === 'enum') return true
  return false
}

function definition(
  text: string,
  tokens: readonly Token[],
  closed: Map<number, number>,
  { name, body, first }: { readonly name: number; readonly body: number; readonly first: number },
): Definition {
  const start = tokens[first] as Token
  let head = first
  while (tokens[head]?.text === '@' && tokens[head + 1]?.text !== 'interface') {
    head += 2
    while (tokens[head]?.text === '.') head += 2
    if (tokens[head]?.text === '(') head = (closed.get(head) ?? head) + 1
  }
  return {
    name: (tokens[name] as Token).text,
    before: tokens[first - 1]?.end ?? start.start,
    start: start.start,
    head: (tokens[head] as Token).start,
    body: (tokens[body] as Token).start,
    end: tokens[closed.get(body) ?? tokens.length - 1]?.end ?? text.length,
  }
}
