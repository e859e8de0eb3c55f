/** A strict reader of XML 1.0 without DTDs: throws at the first thing that is not well-formed. */

export interface Element {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: (Element | string)[]
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
const forbidden = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u
const token = /<\?xml [^?]*\?>|<\/([A-Za-z][\w.-]*)\s*>|<([A-Za-z][\w.-]*)((?:\s+[\w:.-]+="[^"<]*")*)\s*(\/?)>|[^<]+/gy

export function parseXml(xml: string): Element {
  const bad = forbidden.exec(xml)
  if (bad) throw new Error(`a character XML forbids at ${bad.index}: U+${bad[0].codePointAt(0)?.toString(16)}`)
  const root: Element = { name: '', attributes: {}, children: [] }
  const open = [root]
  token.lastIndex = 0
  while (token.lastIndex < xml.length) {
    const at = token.lastIndex
    const found = token.exec(xml)
    if (!found) throw new Error(`not well-formed at ${at}: ${xml.slice(at, at + 60)}`)
    const [all, closes, opens, attributes = '', selfClosing] = found
    const parent = open.at(-1) as Element
    if (closes !== undefined) {
      if (closes !== parent.name) throw new Error(`</${closes}> closes <${parent.name}> at ${at}`)
      open.pop()
    } else if (opens !== undefined) {
      const element: Element = { name: opens, attributes: readAttributes(attributes), children: [] }
      parent.children.push(element)
      if (selfClosing !== '/') open.push(element)
    } else if (!all.startsWith('<?')) parent.children.push(decoded(all))
  }
  if (open.length !== 1) throw new Error(`<${open.at(-1)?.name}> is not closed`)
  const elements = root.children.filter((child) => typeof child !== 'string')
  if (elements.length !== 1) throw new Error(`${elements.length} root elements`)
  if (root.children.some((child) => typeof child === 'string' && child.trim() !== '')) throw new Error('text outside')
  return elements[0] as Element
}

function readAttributes(text: string): Record<string, string> {
  const read: Record<string, string> = {}
  for (const [, name = '', value = ''] of text.matchAll(/([\w:.-]+)="([^"<]*)"/g)) {
    if (name in read) throw new Error(`attribute ${name} twice`)
    read[name] = decoded(value)
  }
  return read
}

function decoded(text: string): string {
  return text.replace(/&(#\d+|#x[\da-f]+|\w+);|&|\]\]>/gi, (all, name?: string) => {
    if (name === undefined) throw new Error(`a bare ${all}`)
    if (name.startsWith('#x')) return String.fromCodePoint(Number.parseInt(name.slice(2), 16))
    if (name.startsWith('#')) return String.fromCodePoint(Number(name.slice(1)))
    const entity = entities[name]
    if (entity === undefined) throw new Error(`an unknown entity ${all}`)
    return entity
  })
}

export function elementsNamed(element: Element, name: string): Element[] {
  return element.children.flatMap((child) =>
    typeof child === 'string' ? [] : [...(child.name === name ? [child] : []), ...elementsNamed(child, name)],
  )
}

export function textOf(element: Element): string {
  return element.children.map((child) => (typeof child === 'string' ? child : textOf(child))).join('')
}
