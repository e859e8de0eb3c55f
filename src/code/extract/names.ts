/** Which names a piece of source defines and mentions, found by pattern: no parser, no execution. */
import type { Dialect } from './dialect.js'

const identifier = '([A-Za-z_$][\\w$]*[?!]?)'
const definitions = new WeakMap<Dialect, RegExp>()

/** True if `code` defines `name` at any depth. `Solution.twoSum` is looked for by its last part. */
export function defines(code: string, name: string, dialect: Dialect): boolean {
  const last = name.split(/\.|::/).at(-1) as string
  if (!code.includes(last)) return false
  const escaped = last.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  for (const [found] of code.matchAll(new RegExp(dialect.definition(escaped), 'gm'))) {
    // An indented assignment in Python is a local variable that happens to have the name.
    const local = dialect.body === 'indent' && /^[ \t]/.test(found) && !/^[ \t]+(?:async|def|class)\b/.test(found)
    if (!local) return true
  }
  return false
}

/** Names defined at column 0, in order; with `anyDepth`, local ones as well. */
export function definedNames(code: string, dialect: Dialect, anyDepth = false): Set<string> {
  let pattern = definitions.get(dialect)
  if (!pattern) {
    pattern = new RegExp(dialect.definition(identifier), 'gm')
    definitions.set(dialect, pattern)
  }
  const names = new Set<string>()
  for (const match of code.matchAll(pattern)) {
    const name = match.slice(1).find((group) => group !== undefined)
    if (name && (anyDepth || startsLine(code, match))) names.add(name)
  }
  return names
}

/** True if the line on which the match begins is not indented. */
function startsLine(code: string, match: RegExpExecArray): boolean {
  const at = match.index + (match[0].startsWith('\n') ? 1 : 0)
  const first = code[code.lastIndexOf('\n', at - 1) + 1]
  return first !== ' ' && first !== '\t'
}

/** Functions, classes and types only: an assignment alone does not make a block a program. */
export function definesSomething(code: string, dialect: Dialect): boolean {
  return dialect.name === 'python'
    ? /^[ \t]*(?:async[ \t]+)?(?:def|class)[ \t]+\w/m.test(code)
    : definedNames(code, dialect).size > 0
}

/** Names used, without those of attributes (`x.name`). */
export function mentions(code: string): Set<string> {
  const names = new Set<string>()
  for (const [text] of code.matchAll(/\.{0,3}[A-Za-z_$][\w$]*[?!]?/g)) {
    if (!text.startsWith('.')) names.add(text)
    else if (text.startsWith('...')) names.add(text.slice(3))
  }
  return names
}

/** Only imports, includes and blank lines. */
export function onlyImports(code: string): boolean {
  const lines = code.split('\n').filter((line) => line.trim() !== '')
  return (
    lines.length > 0 &&
    lines.every((line) => /^\s*(?:import|from|#\s*include|using|use|require|const .*= ?require|package)\b/.test(line))
  )
}

/** A signature with nothing in it, shown to explain rather than to run. */
export function isStub(code: string, dialect: Dialect): boolean {
  if (dialect.body !== 'indent') return false
  const bare = code.replace(/("""|''')[\s\S]*?\1/g, '')
  let body = false
  for (const line of bare.split('\n')) {
    const text = line.trim()
    if (text === 'pass' || text === '...') body = true
    else if (text !== '' && !/^(?:async |def |class |@|#|from |import |\)|[\w*]+\s*:.*,?$)/.test(text)) return false
  }
  return body
}
