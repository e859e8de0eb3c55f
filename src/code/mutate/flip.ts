/**
 * One operator of a program turned into its opposite: what Buggy-HumanEval calls a potential bug. Unlike a mutant (mutate.ts)
 * nothing is chosen here: every flip is given, and each differs from the source in that one operator.
 * Not covered: operators that are words (`in`, `is`, `and`), and signs in front of their only operand.
 */
import { lexiconOf } from './lexicon.js'
import { endsOperand, tokens } from './tokens.js'

export interface Flip {
  /** 1-based. */
  readonly line: number
  /** Where the operator stands in the source. */
  readonly start: number
  readonly before: string
  readonly after: string
  readonly code: string
}

/** Comparisons are negated, arithmetic is undone. */
const opposites: Readonly<Record<string, readonly string[]>> = {
  '==': ['!='],
  '!=': ['=='],
  '<': ['>='],
  '>=': ['<'],
  '>': ['<='],
  '<=': ['>'],
  '+': ['-'],
  '-': ['+'],
  '*': ['/'],
  '/': ['*'],
  '//': ['*'],
  '%': ['*'],
  '**': ['*'],
  '+=': ['-='],
  '-=': ['+='],
  '*=': ['/='],
  '/=': ['*='],
  '//=': ['*='],
  '%=': ['*='],
  '**=': ['*='],
}

/** In the order of the source. `from`: what stands before this character is left alone. */
export function operatorFlips(
  source: string,
  language: string,
  from = 0,
): { readonly flips: readonly Flip[] } | { readonly unreadable: string } {
  const lexicon = lexiconOf(language)
  if (!lexicon) return { unreadable: `operators are not known for ${language}` }
  const found = tokens(source, lexicon)
  if ('unreadable' in found) return found
  const flips = found.flatMap(({ kind, text, start, end, line, within }, i): Flip[] => {
    if (kind !== 'sign' || start < from || !endsOperand(found, i)) return []
    const next = found[i + 1]
    // a star or a slash that is none of an expression: `import *`, `def f(a, /, b)`
    if (!next || [')', ',', ':'].includes(next.text) || (next.kind === 'line-end' && within < 0)) return []
    // a type has its brackets close to it
    if (lexicon.generics && /^[<>*]$/.test(text) && !(source[start - 1] === ' ' && source[end] === ' ')) return []
    return (opposites[text] ?? []).map((after) => ({
      ...{ line, start, before: text, after, code: source.slice(0, start) + after + source.slice(end) },
    }))
  })
  return { flips }
}
