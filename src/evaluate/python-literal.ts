/**
 * Values that Python printed, in fields that hold the text of a list: lists, tuples, dictionaries, texts, numbers, True, False
 * and None. Not covered: bytes, sets, objects.
 */

/** Tuples are arrays. Throws SyntaxError. */
export function pythonLiteral(text: string): unknown {
  const reader = new Reader(text)
  const value = reader.value()
  reader.end()
  return value
}

const words: Readonly<Record<string, unknown>> = { True: true, False: false, None: null }
const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', a: '\x07', b: '\b', f: '\f', v: '\v' }

class Reader {
  #at = 0
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  value(): unknown {
    const char = this.#next()
    if (char === '[') return this.#items(']')
    if (char === '(') return this.#items(')')
    if (char === '{') return this.#dictionary()
    if (char === "'" || char === '"') return this.#string(char)
    const [word = ''] = /^[-+\w.]+/.exec(this.#text.slice(this.#at, this.#at + 400)) ?? []
    this.#at += word.length
    if (Object.hasOwn(words, word)) return words[word]
    if (!/^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(word)) return this.#fail()
    return Number(word)
  }

  end(): void {
    if (this.#next() !== '') this.#fail()
  }

  #items(end: string): unknown[] {
    const items: unknown[] = []
    this.#at++
    while (this.#next() !== end) {
      items.push(this.value())
      if (this.#next() === ',') this.#at++
      else if (this.#next() !== end) this.#fail()
    }
    this.#at++
    return items
  }

  #dictionary(): Record<string, unknown> {
    const entries: [string, unknown][] = []
    this.#at++
    while (this.#next() !== '}') {
      const key = this.value()
      if (this.#next() !== ':') this.#fail()
      this.#at++
      entries.push([String(key), this.value()])
      if (this.#next() === ',') this.#at++
      else if (this.#next() !== '}') this.#fail()
    }
    this.#at++
    return Object.fromEntries(entries)
  }

  #string(quote: string): string {
    let at = this.#at + 1
    while (at < this.#text.length && this.#text[at] !== quote) at += this.#text[at] === '\\' ? 2 : 1
    if (at >= this.#text.length) this.#fail()
    const inner = this.#text.slice(this.#at + 1, at)
    this.#at = at + 1
    return inner.replace(
      /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([0-7]{1,3})|\n|([\s\S]))/g,
      (found, x, u, long, octal, other) => {
        const code = x ?? u ?? long
        if (code !== undefined) return String.fromCodePoint(Number.parseInt(code, 16))
        if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8))
        if (other === undefined) return ''
        return escapes[other] ?? (/['"\\]/.test(other) ? other : found)
      },
    )
  }

  #next(): string {
    while (/\s/.test(this.#text[this.#at] ?? 'x')) this.#at++
    return this.#text[this.#at] ?? ''
  }

  #fail(): never {
    throw new SyntaxError(`no Python literal at ${this.#at}: ${this.#text.slice(this.#at, this.#at + 30)}`)
  }
}
