/**
 * CodeBLEU (Ren et al. 2020): a quarter each of BLEU, of BLEU in which keywords weigh five times as much, of the subtrees of the
 * reference that are in the text, and of its data flow that is. As the evaluator of CodeXGLUE computes it for a corpus:
 * an n-gram length without any match counts a tenth of a match; keyword weights change single words alone, and the weighted
 * figure is the recall, not the precision, with hardly any penalty for short texts; a subtree matches as often as it comes; a step of data flow matches once.
 *
 * Where it differs: Python's comments are left out as Python's (published: `//` begins a comment in every language); the
 * order of merged variables is that of the text, not chance (on the published example chance makes 0.05); the grammars are of today
 * (Tree-sitter's of 2021, which knew no methods outside a class, gives that example 23.06 instead of 21.26). Where no reference has any
 * data flow that part is 0, as published; `dataFlow` is null then, so that a reader sees it.
 */
import type { Parse, SyntaxLanguage, SyntaxNode } from '../../code/index.js'
import { UsageError } from '../../kernel/index.js'
import { dataFlow } from './data-flow.js'
import { byBlanks, countGrams } from './words.js'

/** All 0 to 100. */
export interface CodeBleu {
  readonly codeBleu: number
  readonly ngrams: number
  readonly weightedNgrams: number
  readonly syntax: number
  /** Null where the references have none; it counts as 0. */
  readonly dataFlow: number | null
}

export interface CodeBleuOptions {
  readonly language: SyntaxLanguage
  /** From `openSyntax`. */
  readonly parse: Parse
  /** For the n-grams alone; between blanks unless told. */
  readonly words?: (text: string) => readonly string[]
}

const keywords: Readonly<Record<SyntaxLanguage, ReadonlySet<string>>> = {
  java: new Set(
    'abstract assert boolean break byte case catch char class const continue default do double else enum extends final finally float for goto if implements import instanceof int interface long native new package private protected public return short static strictfp super switch synchronized this throw throws transient try void volatile while'.split(
      ' ',
    ),
  ),
  python: new Set(
    'False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield'.split(
      ' ',
    ),
  ),
}

/** Of a corpus with a reference each. Throws UsageError for lists of different lengths. */
export function codeBleu(
  references: readonly string[],
  texts: readonly string[],
  { language, parse, words = byBlanks }: CodeBleuOptions,
): CodeBleu {
  if (references.length !== texts.length)
    throw new UsageError(`CodeBLEU needs a text for each reference: there are ${references.length} and ${texts.length}`)
  const [wanted, given] = [references.map((text) => words(text)), texts.map((text) => words(text))]
  const ngrams = ngramMatch(wanted, given, 'precision')
  const weightedNgrams = ngramMatch(wanted, given, 'recall', keywords[language])
  const syntax = { met: 0, all: 0 }
  const flow = { met: 0, all: 0 }
  for (const [i, reference] of references.entries()) {
    const text = texts[i] as string
    const [expected, found] = [parse(reference), parse(text)]
    const shapes = new Map<string, number>()
    const there = new Set(subtrees(found, text, shapes))
    for (const subtree of subtrees(expected, reference, shapes)) {
      syntax.all++
      if (there.has(subtree)) syntax.met++
    }
    const left = counted(dataFlow(found, text, language))
    for (const step of dataFlow(expected, reference, language)) {
      flow.all++
      const count = left.get(step) ?? 0
      if (count === 0) continue
      flow.met++
      left.set(step, count - 1)
    }
  }
  const [syntaxShare, flowShare] = [syntax, flow].map(({ met, all }) => (all === 0 ? null : (100 * met) / all)) as [
    number | null,
    number | null,
  ]
  return {
    codeBleu: (ngrams + weightedNgrams + (syntaxShare ?? 0) + (flowShare ?? 0)) / 4,
    ...{ ngrams, weightedNgrams, syntax: syntaxShare ?? 0, dataFlow: flowShare },
  }
}

function ngramMatch(
  references: readonly (readonly string[])[],
  texts: readonly (readonly string[])[],
  of: 'precision' | 'recall',
  heavy?: ReadonlySet<string>,
): number {
  let logarithms = 0
  for (let length = 1; length <= 4; length++) {
    let [matches, possible] = [0, 0]
    for (const [i, reference] of references.entries()) {
      const [wanted, given] = [countGrams(reference, length), countGrams(texts[i] as readonly string[], length)]
      const [base, other] = of === 'precision' ? [given, wanted] : [wanted, given]
      let all = 0
      for (const [gram, count] of base) {
        const weight = heavy && length === 1 && !heavy.has(JSON.parse(gram)[0]) ? 0.2 : 1
        matches += weight * Math.min(count, other.get(gram) ?? 0)
        all += weight * count
      }
      possible += Math.max(1, all)
    }
    if (length === 1 && matches === 0) return 0
    logarithms += Math.log((matches || 0.1) / possible)
  }
  const words = texts.reduce((sum, one) => sum + one.length, 0)
  // The published program takes the pair of words and weights for the reference: two for its length, hardly ever a penalty.
  const expected = heavy ? 2 * references.length : references.reduce((sum, one) => sum + one.length, 0)
  const brevity = words > expected ? 1 : Math.exp(1 - expected / words)
  return 100 * brevity * Math.exp(logarithms / 4)
}

/** A number for the shape of each inner node, and of the root: equal shapes have equal numbers in all trees of `shapes`. */
function subtrees(root: SyntaxNode, source: string, shapes: Map<string, number>): number[] {
  const found: number[] = []
  const numbered = (node: SyntaxNode): number => {
    const parts = node.children.flatMap((child) => {
      const number = child.children.length > 0 || child.named || child.missing ? numbered(child) : null
      return number === null ? [] : [`${child.field ?? ''}:${number}`]
    })
    const key = JSON.stringify([nameOf(node, source), ...parts])
    const number = shapes.get(key) ?? shapes.size
    shapes.set(key, number)
    if (node.children.length > 0 || node === root) found.push(number)
    return number
  }
  numbered(root)
  return found
}

/** As Tree-sitter writes it: of a character that no rule takes, which one it is. */
function nameOf({ type, missing, start, end, children }: SyntaxNode, source: string): string {
  if (missing) return `MISSING ${type}`
  return type === 'ERROR' && children.length === 0 && end > start ? `UNEXPECTED ${source[start]}` : type
}

function counted(steps: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const step of steps) counts.set(step, (counts.get(step) ?? 0) + 1)
  return counts
}
