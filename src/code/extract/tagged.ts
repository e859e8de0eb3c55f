/** Code between marks that are not fences: `[PYTHON]…[/PYTHON]`, `[BEGIN]…[DONE]`, `<code>…</code>`. */
import type { Block } from './block.js'
import { isLanguageTag } from './dialect.js'

const opening =
  /\[(PYTHON|PY|JAVASCRIPT|JS|TYPESCRIPT|JAVA|C|CPP|C\+\+|GO|RUST|BASH|SQL|LUA|RUBY|PHP|PERL|CODE|BEGIN|SOLUTION)\]|<(code|python|answer|solution|program)(?: [^<>\n]{0,80})?>|\\begin\{(?:code|lstlisting|verbatim)\}/gi

export function taggedBlocks(text: string): Block[] {
  const blocks: Block[] = []
  let from = 0
  // Marks that never close are looked for once each.
  const absent = new Set<string>()
  for (const match of text.matchAll(opening)) {
    if (match.index < from) continue
    const name = (match[1] ?? match[2] ?? '').toLowerCase()
    const close = closingMark(match[0], name)
    const begin = match.index + match[0].length
    const end = absent.has(close) ? -1 : indexOfMark(text, close, begin)
    if (end < 0) absent.add(close)
    // An array index such as `[C]` is no mark: one that is never closed must stand alone on its line.
    const alone = text[begin] === '\n' && (match.index === 0 || text[match.index - 1] === '\n')
    if (end < 0 && !alone) continue
    const code = text.slice(begin, end < 0 ? text.length : end).replace(/^[ \t]*\n/, '')
    const tag = isLanguageTag(name) ? name : ''
    blocks.push({ tag, code, closed: end >= 0, from: 'tag', indent: 0 })
    from = end < 0 ? text.length : end
  }
  if (blocks.length === 0) {
    // The prompt ended with the opening mark.
    const orphan = /\[\/(PYTHON|CODE|SOLUTION)\]|\[DONE\]|<\/(?:code|answer|solution)>/i.exec(text)
    if (orphan) blocks.push({ tag: '', code: text.slice(0, orphan.index), closed: true, from: 'tag', indent: 0 })
  }
  return blocks
}

function closingMark(open: string, name: string): string {
  if (name === 'begin') return '[DONE]'
  if (open.startsWith('[')) return `[/${open.slice(1)}`
  if (open.startsWith('<')) return `</${name}>`
  return open.replace('begin', 'end')
}

function indexOfMark(text: string, mark: string, from: number): number {
  const exact = text.indexOf(mark, from)
  return exact >= 0 ? exact : text.indexOf(mark.toLowerCase(), from)
}
