/**
 * Runs page.js against as much of a document as it uses. There is no markup in it: an element has children and text, and
 * whoever would set `innerHTML` sets a property that nothing shows.
 */
import { runInNewContext } from 'node:vm'

export class FakeElement {
  readonly children: (FakeElement | string)[] = []
  readonly attributes: Record<string, string> = {}
  readonly listeners: Record<string, (event: { preventDefault(): void }) => void> = {}
  className = ''
  value = ''
  hidden = false
  disabled = false
  readonly name: string

  constructor(name: string) {
    this.name = name
  }

  append(...children: (FakeElement | string)[]): void {
    this.children.push(...children)
  }
  replaceChildren(...children: (FakeElement | string)[]): void {
    this.children.splice(0, this.children.length, ...children)
  }
  setAttribute(name: string, value: string): void {
    this.attributes[name] = value
  }
  addEventListener(name: string, listener: () => void): void {
    this.listeners[name] = listener
  }
  fire(name: string): void {
    this.listeners[name]?.({ preventDefault() {} })
  }
  focus(): void {}
  scrollIntoView(): void {}

  get textContent(): string {
    return this.children.map((child) => (typeof child === 'string' ? child : child.textContent)).join('')
  }
  set textContent(text: string) {
    this.replaceChildren(text)
  }
  all(name: string): FakeElement[] {
    return this.children.flatMap((child) =>
      typeof child === 'string' ? [] : [...(child.name === name ? [child] : []), ...child.all(name)],
    )
  }
}

export interface FakePage {
  get(id: string): FakeElement
  /** As if the address had this behind `#`. */
  go(hash: string): void
}

/** `html` as htmlReport writes it. */
export function openPage(html: string, hash = ''): FakePage {
  const elements = new Map<string, FakeElement>()
  const ids = [...html.matchAll(/<(\w+)[^<>]* id="([\w-]+)"/g)]
  for (const [, name = '', id = ''] of ids) elements.set(id, new FakeElement(name))
  const get = (id: string) => elements.get(id) as FakeElement
  get('data').textContent = dataOf(html)
  const location = { hash }
  let follow = () => {}
  runInNewContext(scriptOf(html), {
    document: { getElementById: get, createElement: (name: string) => new FakeElement(name) },
    location,
    addEventListener: (name: string, listener: () => void) => {
      if (name === 'hashchange') follow = listener
    },
    // What waits for somebody to stop typing need not wait here.
    setTimeout: (action: () => void) => action(),
    clearTimeout: () => {},
  })
  return {
    get,
    go(next) {
      location.hash = next
      follow()
    },
  }
}

export function dataOf(html: string): string {
  return between(html, '<script type="application/json" id="data">', '</script>')
}

export function scriptOf(html: string): string {
  return between(html, '<script type="module">', '</script>')
}

export function between(text: string, begin: string, end: string): string {
  const from = text.indexOf(begin) + begin.length
  return text.slice(from, text.indexOf(end, from))
}
