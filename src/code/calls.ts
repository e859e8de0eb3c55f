/**
 * Whether a function of a Python program comes to use another, read off its text: itself, or by way of functions that it uses.
 * On tokens, as mutations are; nothing is parsed or run.
 *
 * A use is the name where its value is taken (`f(x)`, `map(f, xs)`, `self.f`), in the function or in one within it, unless
 * the function has a variable of that name. Not covered: names in f-strings or made at run time (`globals()['f']`), other
 * names for the same function, and whether the place that uses it is ever reached.
 */
import { lexiconOf } from './mutate/lexicon.js'
import { type Token, tokens } from './mutate/tokens.js'

/** From its parameters to the end of its body: the first and the last token. */
interface Definition {
  readonly name: string
  readonly first: number
  readonly last: number
}

/** Longer programs are generated. */
const longest = 200_000

/** Null where the source cannot be read or defines no `caller`. */
export function comesToUse(source: string, caller: string, callee: string): boolean | null {
  const lexicon = lexiconOf('python')
  if (!lexicon || source.length > longest) return null
  const found = tokens(source, lexicon)
  if ('unreadable' in found) return null
  // The last of a name is the one that counts.
  const definitions = new Map(definitionsOf(source, found).map((one) => [one.name, one]))
  const start = definitions.get(caller)
  if (!start) return null
  const seen = new Set([caller])
  const open = [start]
  for (let one = open.pop(); one; one = open.pop())
    for (const name of namesUsed(found, one)) {
      if (name === callee && name !== caller) return true
      const next = definitions.get(name)
      if (!next || seen.has(name)) continue
      seen.add(name)
      open.push(next)
    }
  return false
}

/** Every `def` that begins a line, to where a later line begins no further right. */
function definitionsOf(source: string, found: readonly Token[]): Definition[] {
  const column = (i: number) => {
    const { start } = found[i] as Token
    return start - source.lastIndexOf('\n', start - 1)
  }
  return found.flatMap(({ text }, i): Definition[] => {
    const from = found[i - 1]?.text === 'async' ? i - 1 : i
    const name = found[i + 1]
    if (text !== 'def' || name?.kind !== 'name' || !beginsLine(found, from)) return []
    let last = i + 1
    const ends = (next: number) => beginsLine(found, next) && column(next) <= column(from)
    while (last + 1 < found.length && !ends(last + 1)) last++
    return [{ name: name.text, first: i + 2, last }]
  })
}

function beginsLine(found: readonly Token[], i: number): boolean {
  const [before, { kind, within }] = [found[i - 1], found[i] as Token]
  return kind !== 'line-end' && within === -1 && (!before || before.kind === 'line-end')
}

/** Names whose value a function takes, without those that are its own variables. */
function namesUsed(found: readonly Token[], { first, last }: Definition): Set<string> {
  const used = new Set<string>()
  const own = new Set<string>()
  for (let i = first; i <= last; i++) {
    const { kind, text, within } = found[i] as Token
    if (beginsLine(found, i)) for (const name of assigned(found, i)) own.add(name)
    if (kind !== 'name') continue
    const [before, next] = [found[i - 1]?.text ?? '', found[i + 1]?.text ?? '']
    if (text === 'for') for (const name of targets(found, i)) own.add(name)
    if (before === 'as' || next === ':=') own.add(text)
    else if (within === first && /^(?:\(|,|\*\*?)$/.test(before)) own.add(text)
    else if (!['def', 'class'].includes(before) && next !== '=' && (before !== '.' || found[i - 2]?.text === 'self'))
      used.add(text)
  }
  return new Set([...used].filter((name) => !own.has(name)))
}

/** `a, (b, c) = …`, `a += …` and `a: int = …`, at the beginning of a line. */
function assigned(found: readonly Token[], from: number): string[] {
  const names: string[] = []
  for (let i = from; i < found.length; i++) {
    const { kind, text } = found[i] as Token
    if (/^[^=<>!]?=$|^(?:\/\/|\*\*|<<|>>)=$/.test(text) || (text === ':' && i === from + 1)) return names
    if (kind === 'name' && found[i - 1]?.text !== '.' && found[i + 1]?.text !== '[') names.push(text)
    else if (kind !== 'name' && !/^[,.()*[\]]$/.test(text)) return []
  }
  return []
}

/** Of a `for`, up to its `in`. */
function targets(found: readonly Token[], keyword: number): string[] {
  const names: string[] = []
  for (let i = keyword + 1; i < found.length; i++) {
    const { kind, text } = found[i] as Token
    if (text === 'in' || kind === 'line-end') return names
    if (kind === 'name') names.push(text)
  }
  return names
}
