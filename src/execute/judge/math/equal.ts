/**
 * Whether two mathematical answers say the same: fractions exactly, everything else by its value at fixed points.
 * Nothing is run, and the work is bounded by the length of the texts.
 */
import { type Answer, type Expression, isExpression } from './expression.js'
import { type Fraction, exactValue } from './exact.js'
import { finiteValue, variablesOf } from './numeric.js'
import { longest, parseAnswer } from './parse.js'

/** By how much a value of floats may be off, relative to its size. */
const tolerance = 1e-9

/** `1/2` and `0.5`, `x(x+1)` and `x^2+x`, `\{1,2\}` and `2, 1`, `5\text{ cm}` and `5`; never `0.33` and `1/3`. */
export function sameAnswer(expected: string, given: string): boolean {
  if (Math.max(expected.length, given.length) > longest) return expected.trim() === given.trim()
  const [wanted, said] = [tidy(expected), tidy(given)]
  if (plain(wanted) === plain(said)) return plain(wanted) !== ''
  const [unitWanted, unitSaid] = [unitOf(wanted), unitOf(said)]
  const differ = unitWanted.unit !== '' && unitSaid.unit !== '' && unitWanted.unit !== unitSaid.unit
  return sameParsed(wanted, said) || (!differ && sameParsed(unitWanted.rest, unitSaid.rest))
}

function tidy(text: string): string {
  const trimmed = text
    .trim()
    .replace(/^\$+|\$+$/g, '')
    .replace(/^\\[([]|\\[)\]]$/g, '')
    .trim()
    .replace(/(?<!\\(?:left|right))\.$/, '')
    .replace(/^\\\$|^[$€£]/, '')
    .trim()
  const inner = trimmed.replace(/,\\!\s*(?=\d{3})/g, '')
  return /^-?\d{1,3}(?:,\s?\d{3})+(?:\.\d+)?$/.test(inner) ? inner.replace(/,\s?/g, '') : inner
}

/** For comparing what cannot be read: no blanks, no sizes of brackets, no kinds of fractions. */
function plain(text: string): string {
  return text
    .replace(/\\(?:text|mbox|textbf|mathrm)\s*\{([^{}]*)\}/g, '$1')
    .replace(/\\(?:left|right|displaystyle)(?![a-zA-Z])|\\[,!;: ]|[\s~$]/g, '')
    .replace(/\\[dtc]frac/g, '\\frac')
    .replace(/([_^])\{(\w+)\}/g, '$1$2')
    .toLowerCase()
}

/** A unit behind a number: words, per cent, degrees, with their power. Each word is whole: its parts could be split in many ways. */
function unitOf(text: string): { rest: string; unit: string } {
  const found =
    /^(.*?[\d}).])\s*((?:\\?%|\^\\circ|\^\{\\circ\}|°|\\(?:text|mbox|textrm|mathrm)\s*\{[^{}]*\}|\s[a-zA-Z]{2,}(?![a-zA-Z])\.?)(?:\s*(?:\^\{?\d\}?|[a-zA-Z.]+(?![a-zA-Z.])|\\(?:text|mbox)\s*\{[^{}]*\}))*)$/.exec(
      text,
    )
  const unit = found ? plain(found[2] as string) : ''
  // `(1, 2)` and `3 and 4` have none
  return found && unit !== '' && !/^(?:and|or)/.test(unit)
    ? { rest: found[1] as string, unit }
    : { rest: text, unit: '' }
}

function sameParsed(expected: string, given: string): boolean {
  if (plain(expected) === plain(given)) return true
  const [wanted, said] = [parseAnswer(expected), parseAnswer(given)]
  return wanted !== null && said !== null && same(wanted, said)
}

/** `a` is what is expected. */
function same(a: Answer, b: Answer): boolean {
  const [left, right] = [named(a, b), named(b, a)]
  // a Python tuple or list for several answers, and a pair without its brackets
  if (left.kind === 'several' && right.kind === 'sequence' && ['()', '[]'].includes(right.open + right.close))
    return inAnyOrder(left.items, right.items)
  if (right.kind === 'several' && left.kind === 'sequence' && left.open + left.close === '()')
    return inOrder(left.items, right.items)
  const [some, others] = [eachOf(left), eachOf(right)]
  if (some.length !== 1 || others.length !== 1) return inAnyOrder(some, others)
  if (isExpression(left) && isExpression(right)) return sameExpression(left, right)
  if (left.kind === 'sequence' && right.kind === 'sequence')
    return left.open + left.close === right.open + right.close && inOrder(left.items, right.items)
  if (left.kind === 'union' && right.kind === 'union') return inAnyOrder(left.parts, right.parts)
  if (left.kind === 'matrix' && right.kind === 'matrix')
    return (
      left.rows.length === right.rows.length &&
      left.rows.every((row, i) => inOrder(row, right.rows[i] as readonly Answer[]))
    )
  if (left.kind === 'relation' && right.kind === 'relation') return sameRelation(left, right)
  const words = wordsOf(left)
  return words !== null && words === wordsOf(right)
}

/** Of words, and of a letter that is one: the letter of a choice. */
function wordsOf(answer: Answer): string | null {
  if (answer.kind === 'variable') return answer.name.toLowerCase()
  return answer.kind === 'words' ? answer.words.toLowerCase().replace(/[\s().]/g, '') : null
}

/** `x = 5` beside `5` is 5: a name for the answer is no part of it. */
function named(answer: Answer, other: Answer): Answer {
  if (answer.kind !== 'relation' || other.kind === 'relation' || answer.sides.length !== 2) return answer
  const [name, value] = answer.sides as [Answer, Answer]
  return ['=', 'in'].includes(answer.signs[0] as string) && name.kind === 'variable' ? value : answer
}

/** The members of several answers; `1 \pm x` as `1 + x` and `1 - x`. */
function eachOf(answer: Answer): readonly Answer[] {
  if (answer.kind === 'several') return answer.items.flatMap(eachOf)
  if (!isExpression(answer)) return [answer]
  const plus = signed(answer, false)
  return plus === answer ? [answer] : [plus, signed(answer, true)]
}

function signed(expression: Expression, minus: boolean): Expression {
  if (expression.kind === 'either-sign')
    return minus ? { kind: 'negative', of: signed(expression.of, minus) } : signed(expression.of, minus)
  if ('left' in expression) {
    const [left, right] = [signed(expression.left, minus), signed(expression.right, minus)]
    return left === expression.left && right === expression.right ? expression : { ...expression, left, right }
  }
  if (expression.kind === 'negative') {
    const of = signed(expression.of, minus)
    return of === expression.of ? expression : { ...expression, of }
  }
  return expression
}

function inOrder(some: readonly Answer[], others: readonly Answer[]): boolean {
  return some.length === others.length && some.every((one, i) => same(one, others[i] as Answer))
}

/** Each with one of the others; at most a hundred, since all are compared with all. */
function inAnyOrder(some: readonly Answer[], others: readonly Answer[]): boolean {
  if (some.length !== others.length || some.length > 100) return false
  const left = [...others]
  return some.every((one) => {
    const found = left.findIndex((other) => same(one, other))
    if (found >= 0) left.splice(found, 1)
    return found >= 0
  })
}

const mirrored: Readonly<Record<string, string>> = { '<': '>', '>': '<', '<=': '>=', '>=': '<=' }

type Relation = Extract<Answer, { kind: 'relation' }>

function sameRelation(a: Relation, b: Relation): boolean {
  if (a.signs.length !== b.signs.length) return false
  if (a.signs.every((sign, i) => sign === b.signs[i]) && inOrder(a.sides, b.sides)) return true
  const backwards: Relation = {
    kind: 'relation',
    signs: b.signs.map((sign) => mirrored[sign] ?? sign).reverse(),
    sides: [...b.sides].reverse(),
  }
  if (a.signs.every((sign, i) => sign === backwards.signs[i]) && inOrder(a.sides, backwards.sides)) return true
  const [one, other] = [difference(a), difference(b)]
  return one !== null && other !== null && proportional(one, other)
}

/** An equation as what is zero in it. */
function difference({ signs, sides: [left, right] }: Relation): Expression | null {
  if (signs.length !== 1 || signs[0] !== '=' || !left || !right || !isExpression(left) || !isExpression(right))
    return null
  return { kind: '-', left, right }
}

function sameExpression(a: Expression, b: Expression): boolean {
  const [exact, other] = [exactValue(a), exactValue(b)]
  if (exact && other) {
    if (exact.over === other.over && exact.under === other.under) return true
    // what a program prints of a fraction
    const [one, two] = [quotient(exact), quotient(other)]
    return (isRounded(a) || isRounded(b)) && Number.isFinite(one) && near(one, two)
  }
  const points = pointsFor(a, b)
  const values = points.map((point) => [finiteValue(a, point), finiteValue(b, point)] as const)
  const defined = values.filter(([x, y]) => ![x.re, x.im, y.re, y.im].some(Number.isNaN))
  const agree = values.every(([x, y]) => Number.isNaN(x.re + x.im) === Number.isNaN(y.re + y.im))
  return (
    agree &&
    defined.length * 2 >= points.length &&
    defined.every(([x, y]) => near(x.re, y.re, x, y) && near(x.im, y.im, x, y))
  )
}

/** Equal but for a constant factor that is not zero: the same equation. */
function proportional(a: Expression, b: Expression): boolean {
  const points = pointsFor(a, b)
  if (points.length === 1) return false
  const ratios = points
    .map((point) => [finiteValue(a, point), finiteValue(b, point)] as const)
    .filter(([x, y]) => x.im === 0 && y.im === 0 && !Number.isNaN(x.re + y.re))
    .map(([x, y]) => x.re / y.re)
  const [first] = ratios
  return (
    first !== undefined &&
    Number.isFinite(first) &&
    first !== 0 &&
    ratios.length * 2 >= points.length &&
    ratios.every((ratio) => near(ratio, first))
  )
}

/** Fixed places, of both signs, that no identity is likely to meet by chance. */
const places = [0.7390851, 1.3247179, 2.2360679, -0.6180339, -1.4655712, 3.3598857, 0.1234567, -2.5029078]

function pointsFor(a: Expression, b: Expression): ReadonlyMap<string, number>[] {
  const names = [...variablesOf(b, variablesOf(a))].sort()
  if (names.length === 0) return [new Map()]
  return places.map(
    (_, shift) =>
      new Map(names.map((name, i) => [name, (places[(i * 3 + shift) % places.length] as number) * (1 + i / 17)])),
  )
}

/** A number with a point or an exponent. */
function isRounded(expression: Expression): boolean {
  const number = expression.kind === 'negative' ? expression.of : expression
  return number.kind === 'number' && /[.eE]/.test(number.digits)
}

function quotient({ over, under }: Fraction): number {
  return Number(over) / Number(under)
}

function near(a: number, b: number, ...parts: readonly { re: number; im: number }[]): boolean {
  if (a === b) return true
  const size = Math.max(Math.abs(a), Math.abs(b), ...parts.flatMap(({ re, im }) => [Math.abs(re), Math.abs(im)]))
  return Number.isFinite(size) && Math.abs(a - b) <= tolerance * size
}
