/**
 * Reads a mathematical answer: LaTeX as in the MATH data set, Python's values and SymPy's expressions, or plain writing.
 *
 * Not covered: what is defined by words or pictures, derivatives and integrals, numbers in other bases (compared as
 * written). What cannot be read is null, and compared as text.
 */
import { type Answer, type Expression, type FunctionName, functionNames, isExpression } from './expression.js'
import { type Token, tokensOf } from './tokens.js'

/** What is longer is no answer that anybody reads. */
export const longest = 10_000
const mostTokens = 2_000
const deepest = 60

export function parseAnswer(text: string): Answer | null {
  if (text.length > longest) return null
  const tokens = tokensOf(text)
  if (!tokens || tokens.length === 0 || tokens.length > mostTokens) return null
  try {
    const reader = new Reader(tokens)
    const answer = reader.several([])
    return reader.ended ? answer : null
  } catch (error) {
    if (error instanceof Unreadable) return null
    throw error
  }
}

class Unreadable extends Error {}

/** Not an object: `\\constructor` is no sign and no function. */
function entries<T extends string>(table: Readonly<Record<string, T>>): ReadonlyMap<string, T> {
  return new Map(Object.entries(table))
}

const relations = entries<string>({
  ...{ '=': '=', '==': '=', '<': '<', '>': '>', '<=': '<=', '>=': '>=', '≤': '<=', '≥': '>=', '!=': '!=', '≠': '!=' },
  ...{
    lt: '<',
    gt: '>',
    le: '<=',
    leq: '<=',
    leqslant: '<=',
    ge: '>=',
    geq: '>=',
    geqslant: '>=',
    ne: '!=',
    neq: '!=',
  },
  ...{ in: 'in', '∈': 'in', equiv: '=', approx: '≈', to: 'to', mapsto: 'to' },
})
const functions = entries<FunctionName>({
  ...Object.fromEntries(functionNames.map((name) => [name, name])),
  ...{ Abs: 'abs', asin: 'arcsin', acos: 'arccos', atan: 'arctan', ceiling: 'ceil', lg: 'log' },
})
const times = ['*', '\\cdot', '\\times', '\\ast']
const over = ['/', '\\div', '÷']
/** Commands that no factor begins with. */
const between = new Set([
  ...['cup', 'end', 'pm', 'mp', 'cdot', 'times', 'div', 'circ', 'degree'],
  ...['rfloor', 'rceil', 'rvert', 'overline'],
])

class Reader {
  #at = 0
  #depth = 0
  /** Inside of what a cosine is taken of. */
  #angle = false

  constructor(private readonly tokens: Token[]) {}

  get ended(): boolean {
    return this.#at === this.tokens.length
  }

  /** What stands between separators, up to one of `ends`: alone as it is, else as several. */
  several(ends: readonly string[]): Answer {
    const items = this.#items(ends)
    return items.length === 1 ? (items[0] as Answer) : { kind: 'several', items }
  }

  #items(ends: readonly string[]): Answer[] {
    if (++this.#depth > deepest) throw new Unreadable()
    const items = [this.#union()]
    while (!this.ended && !ends.includes(this.#peek())) {
      if (![',', ';'].includes(this.#peek())) throw new Unreadable()
      while ([',', ';'].includes(this.#peek())) this.#at++
      // Python's tuple of one
      if (this.ended || ends.includes(this.#peek())) break
      items.push(this.#union())
    }
    this.#depth--
    return items
  }

  #union(): Answer {
    const parts = [this.#relation()]
    while (this.#take('\\cup', '∪')) parts.push(this.#relation())
    if (parts.length > 1) return { kind: 'union', parts }
    while (this.#take(':')) parts.push(this.#relation())
    return parts.length > 1 ? { kind: 'sequence', open: '', close: ':', items: parts } : (parts[0] as Answer)
  }

  #relation(): Answer {
    const sides = [this.#side()]
    const signs: string[] = []
    for (let sign = this.#relationSign(); sign; sign = this.#relationSign()) {
      signs.push(sign)
      sides.push(this.#side())
    }
    return signs.length === 0 ? (sides[0] as Answer) : { kind: 'relation', signs, sides }
  }

  #relationSign(): string | undefined {
    const sign = relations.get(this.#peek().replace(/^\\/, ''))
    if (sign) this.#at++
    return sign
  }

  #side(): Answer {
    const token = this.tokens[this.#at]
    if (token?.kind === 'words') return this.#words()
    if (token?.kind === 'command' && token.text === 'begin') return this.#matrix()
    return this.#structure() ?? this.#sum()
  }

  /** Words up to a separator or the end; figures among them are words too. */
  #words(): Answer {
    const words: string[] = []
    while (!this.ended && ![',', ';', ')', '}', '\\}', ']'].includes(this.#peek()))
      words.push((this.tokens[this.#at++] as Token).text)
    return { kind: 'words', words: words.join(' ') }
  }

  /** A pair, an interval, a set: only where brackets hold several, or one set. */
  #structure(): Answer | null {
    const start = this.#at
    const open = this.#peek()
    const ends = { '(': [')', ']'], '[': [')', ']'], '\\{': ['\\}'], '{': ['}'] }[open]
    if (!ends) return null
    this.#at++
    const close = this.#peek()
    if (open === '\\{' && close === '\\}') {
      this.#at++
      return { kind: 'several', items: [] }
    }
    const items = this.#items(ends)
    const end = this.#peek()
    if (!this.#take(...ends)) throw new Unreadable()
    if (open === '\\{' || (open === '{' && items.length > 1)) return { kind: 'several', items }
    const after = this.#peek()
    const alone = this.ended || [',', ';', ')', ']', '}', '\\}', '\\cup', '∪', '\\\\', '&'].includes(after)
    if (items.length > 1 && (alone || relations.has(after.replace(/^\\/, ''))))
      return { kind: 'sequence', open, close: end, items }
    // a group of the expression that begins here, or words in brackets
    if (alone && items[0] && !isExpression(items[0])) return items[0]
    this.#at = start
    return null
  }

  #matrix(): Answer {
    this.#at++
    const name = this.#environment()
    // the columns of an array
    if (name === 'array' && this.#take('{')) while (!this.ended && !this.#take('}')) this.#at++
    const rows: Answer[][] = [[]]
    while (!this.#isEnd()) {
      const cell = this.#relation()
      ;(rows.at(-1) as Answer[]).push(cell)
      if (this.#take('\\\\')) {
        if (!this.#isEnd()) rows.push([])
      } else if (!this.#take('&', '\\&') && !this.#isEnd()) throw new Unreadable()
    }
    this.#at++
    this.#environment()
    return { kind: 'matrix', rows }
  }

  #isEnd(): boolean {
    if (this.ended) throw new Unreadable()
    return this.#peek() === '\\end'
  }

  #environment(): string {
    let name = ''
    this.#need('{')
    while (!this.#take('}')) {
      if (this.ended) throw new Unreadable()
      name += (this.tokens[this.#at++] as Token).text
    }
    return name
  }

  #sum(): Expression {
    let left = this.#signed()
    for (;;) {
      if (this.#take('+')) left = { kind: '+', left, right: this.#product() }
      else if (this.#take('-')) left = { kind: '-', left, right: this.#product() }
      else if (this.#take('\\pm', '±')) left = { kind: '+', left, right: { kind: 'either-sign', of: this.#product() } }
      else return left
    }
  }

  #signed(): Expression {
    if (this.#take('-')) return { kind: 'negative', of: this.#deeper(() => this.#signedProduct()) }
    if (this.#take('+')) return this.#deeper(() => this.#signedProduct())
    if (this.#take('\\pm', '±', '\\mp')) return { kind: 'either-sign', of: this.#product() }
    return this.#product()
  }

  #signedProduct(): Expression {
    return ['-', '+'].includes(this.#peek()) ? this.#signed() : this.#product()
  }

  #product(): Expression {
    let left = this.#power()
    for (;;) {
      if (this.#take(...times)) left = { kind: '*', left, right: this.#factor() }
      else if (this.#take(...over)) left = { kind: '/', left, right: this.#factor() }
      else if (this.#startsFactor()) {
        const mixed = left.kind === 'number' && /^\d+$/.test(left.digits) && this.#peek() === '\\frac'
        const right = this.#power()
        left = mixed && isPlainFraction(right) ? { kind: '+', left, right } : { kind: '*', left, right }
      } else return left
    }
  }

  /** After a sign of multiplication a minus may follow, as Python writes it. */
  #factor(): Expression {
    return this.#take('-') ? { kind: 'negative', of: this.#deeper(() => this.#factor()) } : this.#power()
  }

  #power(): Expression {
    const base = this.#postfixed()
    if (!this.#take('^', '**')) return base
    if (this.#takeDegree()) return { kind: '*', left: base, right: this.#angle ? degree : one }
    return { kind: '^', left: base, right: this.#deeper(() => this.#exponent()) }
  }

  #exponent(): Expression {
    if (this.#take('-')) return { kind: 'negative', of: this.#power() }
    const token = this.tokens[this.#at]
    // TeX takes one figure: x^23 is x squared times 3; people mean 23.
    return token?.kind === 'sign' && token.text === '{' ? this.#group() : this.#power()
  }

  #postfixed(): Expression {
    let of = this.#atom()
    for (;;) {
      if (this.#take('!')) of = { kind: 'call', name: 'factorial', of: [of] }
      else if (this.#take('°', '\\degree')) of = { kind: '*', left: of, right: this.#angle ? degree : one }
      else return of
    }
  }

  #atom(): Expression {
    const token = this.tokens[this.#at]
    if (!token || token.kind === 'words') throw new Unreadable()
    if (token.kind === 'number') return this.#number()
    if (token.kind === 'name') return this.#name()
    if (token.kind === 'command') return this.#command()
    switch (token.text) {
      case '(':
      case '[':
      case '{':
        return this.#group()
      case '|': {
        this.#at++
        const of = this.#deeper(() => this.#sum())
        this.#need('|')
        return { kind: 'call', name: 'abs', of: [of] }
      }
      case '∞':
        this.#at++
        return { kind: 'constant', name: 'infinity' }
      case '√':
        this.#at++
        return { kind: 'call', name: 'sqrt', of: [this.#atom()] }
      default:
        throw new Unreadable()
    }
  }

  #number(): Expression {
    const { text } = this.tokens[this.#at++] as Token
    // Of `0.\overline{3}` the point was taken for the end of a sentence.
    if (this.#take('\\overline')) {
      this.#need('{')
      const repeated = this.tokens[this.#at++]
      this.#need('}')
      if (repeated?.kind !== 'number' || !/^\d{1,50}$/.test(repeated.text)) throw new Unreadable()
      return { kind: 'repeating', fixed: text, repeated: repeated.text }
    }
    // numbers in another base are compared as they are written
    if (this.#peek() === '_') throw new Unreadable()
    return { kind: 'number', digits: text }
  }

  #name(): Expression {
    const { text } = this.tokens[this.#at++] as Token
    if (text === 'pi' || text === 'π') return { kind: 'constant', name: 'pi' }
    if (['oo', 'inf', 'infinity', '∞'].includes(text)) return { kind: 'constant', name: 'infinity' }
    if (text === 'i' || text === 'I' || text === 'j') return { kind: 'constant', name: 'i' }
    if (text === 'e' || text === 'E') return { kind: 'constant', name: 'e' }
    if (text === 'Rational' || text === 'Fraction') {
      const [left, right = { kind: 'number', digits: '1' }] = this.#arguments()
      return { kind: '/', left: left as Expression, right }
    }
    if (text === 'cbrt')
      return { kind: 'call', name: 'root', of: [{ kind: 'number', digits: '3' }, ...this.#arguments()] }
    const name = functions.get(text)
    if (name) return this.#applied(name)
    if (text.length > 1 && text !== 'θ') throw new Unreadable()
    return this.#variable(text)
  }

  #variable(name: string): Expression {
    if (!this.#take('_')) return { kind: 'variable', name }
    const start = this.#at
    if (this.#peek() === '{') this.#group()
    else this.#at++
    const under = this.tokens.slice(start, this.#at).map((token) => token.text)
    return { kind: 'variable', name: `${name}_${under.filter((text) => text !== '{' && text !== '}').join('')}` }
  }

  #command(): Expression {
    const { text } = this.tokens[this.#at++] as Token
    switch (text) {
      case 'frac':
      case 'dfrac':
      case 'tfrac':
      case 'cfrac':
        return { kind: '/', left: this.#argument(), right: this.#argument() }
      case 'binom':
      case 'dbinom':
      case 'tbinom':
        return { kind: 'call', name: 'binomial', of: [this.#argument(), this.#argument()] }
      case 'sqrt': {
        if (!this.#take('[')) return { kind: 'call', name: 'sqrt', of: [this.#argument()] }
        const degree = this.#deeper(() => this.#sum())
        this.#need(']')
        return { kind: 'call', name: 'root', of: [degree, this.#argument()] }
      }
      case 'pi':
        return { kind: 'constant', name: 'pi' }
      case 'infty':
        return { kind: 'constant', name: 'infinity' }
      case 'lfloor':
        return this.#between('floor', '\\rfloor')
      case 'lceil':
        return this.#between('ceil', '\\rceil')
      case 'lvert':
        return this.#between('abs', '\\rvert')
      case 'boxed':
      case 'mathbf':
      case 'overline':
        return this.#argument()
    }
    const name = functions.get(text)
    if (name) return this.#applied(name)
    if (
      /^(?:var)?(?:alpha|beta|gamma|delta|epsilon|theta|lambda|mu|phi|omega|rho|sigma|tau|kappa|eta|psi|zeta)$/.test(
        text,
      )
    )
      return this.#variable(`\\${text}`)
    throw new Unreadable()
  }

  #between(name: FunctionName, end: string): Expression {
    const of = this.#deeper(() => this.#sum())
    this.#need(end)
    return { kind: 'call', name, of: [of] }
  }

  /** `\sin^2 x`, `\log_2 8`, `sin(x)`, `\sin 2x`. */
  #applied(name: FunctionName): Expression {
    let power: Expression | null = null
    let base: Expression | null = null
    for (;;) {
      if (this.#take('^')) power = this.#deeper(() => this.#exponent())
      else if (name === 'log' && this.#take('_')) base = this.#peek() === '{' ? this.#group() : this.#atom()
      else break
    }
    const outer = this.#angle
    this.#angle = outer || angular.test(name)
    const bracket = this.#peek() === '(' || this.#peek() === '{'
    const of = bracket ? this.#arguments() : [this.#deeper(() => this.#argumentOfName())]
    this.#angle = outer
    const made: Expression = { kind: 'call', name, of: base ? [...of, base] : of }
    return power ? { kind: '^', left: made, right: power } : made
  }

  /** Without brackets a function takes the product behind it, up to a sign. */
  #argumentOfName(): Expression {
    let left = this.#power()
    while (this.#startsFactor() && !this.#startsFunction()) left = { kind: '*', left, right: this.#power() }
    return left
  }

  #arguments(): Expression[] {
    const open = this.#peek()
    const close = open === '{' ? '}' : ')'
    if (!this.#take('(', '{')) throw new Unreadable()
    const all = [this.#deeper(() => this.#sum())]
    while (this.#take(',')) all.push(this.#deeper(() => this.#sum()))
    this.#need(close)
    return all
  }

  /** Of a command: a group, or the next figure or letter alone, as in `\frac12`. */
  #argument(): Expression {
    if (this.#peek() === '{') return this.#group()
    const token = this.tokens[this.#at]
    if (token?.kind === 'number' && /^\d{2,}$/.test(token.text)) {
      this.tokens[this.#at] = { kind: 'number', text: token.text.slice(1) }
      return { kind: 'number', digits: token.text[0] as string }
    }
    return this.#deeper(() => this.#atom())
  }

  #group(): Expression {
    const open = this.#peek()
    this.#at++
    const inner = this.#deeper(() => this.#sum())
    this.#need({ '(': ')', '[': ']', '{': '}' }[open] as string)
    return inner
  }

  #takeDegree(): boolean {
    const texts = this.tokens.slice(this.#at, this.#at + 3).map(({ text }) => text)
    const long = texts.join(' ') === '{ circ }'
    if (long) this.#at += 3
    return long || this.#take('\\circ')
  }

  #startsFactor(): boolean {
    const token = this.tokens[this.#at]
    if (!token || token.kind === 'words') return false
    if (token.kind === 'number' || token.kind === 'name') return true
    if (token.kind === 'command') return !between.has(token.text) && !relations.has(token.text)
    return ['(', '[', '{', '√'].includes(token.text)
  }

  #startsFunction(): boolean {
    const token = this.tokens[this.#at]
    return token !== undefined && token.kind !== 'number' && functions.has(token.text)
  }

  #deeper<T>(read: () => T): T {
    if (++this.#depth > deepest) throw new Unreadable()
    const made = read()
    this.#depth--
    return made
  }

  /** The token as it is compared: commands with their backslash; empty at the end. */
  #peek(): string {
    const token = this.tokens[this.#at]
    if (!token || token.kind === 'words') return ''
    return token.kind === 'command' ? `\\${token.text}` : token.text
  }

  #take(...texts: string[]): boolean {
    if (this.ended || !texts.includes(this.#peek())) return false
    this.#at++
    return true
  }

  #need(text: string): void {
    if (!this.#take(text)) throw new Unreadable()
  }
}

const one: Expression = { kind: 'number', digits: '1' }
/** Of an angle whose cosine is asked; elsewhere ninety degrees are 90, as everybody writes them. */
const degree: Expression = {
  kind: '/',
  left: { kind: 'constant', name: 'pi' },
  right: { kind: 'number', digits: '180' },
}
const angular = /^(?:sin|cos|tan|cot|sec|csc)$/

function isPlainFraction(one: Expression): boolean {
  return one.kind === '/' && [one.left, one.right].every((part) => part.kind === 'number' && /^\d+$/.test(part.digits))
}
