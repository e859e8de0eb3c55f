/**
 * How well answers name classes: accuracy, and precision, recall and F1 weighted by how often each class is due, as
 * scikit-learn's `average='weighted'` has them with `labels`. An answer that names no class is `''`, and wrong. What nobody
 * answered has a precision of 0.
 *
 * CodeScope's lengths of code smells: `smellLength`.
 */
import { UsageError } from '../../kernel/index.js'

export interface ClassificationScores {
  /** Shares, 0 to 1. */
  readonly accuracy: number
  readonly precision: number
  readonly recall: number
  readonly f1: number
}

/** What is due and what was answered, in the same order. Throws UsageError without any, and for lists of two lengths. */
export function classificationScores(
  due: readonly string[],
  answered: readonly string[],
  labels: readonly string[] = [...new Set([...due, ...answered])],
): ClassificationScores {
  if (due.length !== answered.length)
    throw new UsageError(
      `there are ${due.length} classes and ${answered.length} answers: one answer for each is needed`,
    )
  if (due.length === 0) throw new UsageError('scores of a classification need answers; there are none')
  const sums = { precision: 0, recall: 0, f1: 0 }
  let weights = 0
  for (const label of labels) {
    const hits = due.filter((one, i) => one === label && answered[i] === label).length
    const support = due.filter((one) => one === label).length
    const named = answered.filter((one) => one === label).length
    weights += support
    sums.precision += support * (named === 0 ? 0 : hits / named)
    sums.recall += hits
    sums.f1 += support * (named + support === 0 ? 0 : (2 * hits) / (named + support))
  }
  const share = (sum: number) => (weights === 0 ? 0 : sum / weights)
  return {
    accuracy: due.filter((one, i) => one === answered[i]).length / due.length,
    precision: share(sums.precision),
    recall: share(sums.recall),
    f1: share(sums.f1),
  }
}

/** In tokens of `cl100k_base`, which are counted elsewhere. What is outside counts with the nearest. */
const tokens = { Java: [205, 1585], 'C#': [165, 1572] } as const

/** By thirds of the span between the cut-offs that CodeScope's scorer has for each language. */
export function smellLength(language: keyof typeof tokens, count: number): 'short' | 'medium' | 'long' {
  const [least, most] = tokens[language]
  const third = Math.trunc((most - least) / 3)
  if (count < least + third) return 'short'
  return count < least + 2 * third ? 'medium' : 'long'
}
