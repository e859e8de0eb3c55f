/**
 * BLEU of a corpus against one reference each (Papineni et al. 2002), smoothed as CodeXGLUE does: one is added to matches and
 * counts of n-grams of every length. Other variants (sacreBLEU, the mean of sentences) give other figures.
 */
import { UsageError } from '../../kernel/index.js'
import { countGrams } from './words.js'

/**
 * 0 to 100. Texts are lists of words. Matches count at most as often as the reference has them; shorter texts than the
 * references are penalised by exp(1 − references / texts), in words. Throws UsageError for lists of different lengths.
 */
export function corpusBleu(
  references: readonly (readonly string[])[],
  texts: readonly (readonly string[])[],
  { longest = 4, smooth = true }: { readonly longest?: number; readonly smooth?: boolean } = {},
): number {
  if (references.length !== texts.length)
    throw new UsageError(`BLEU needs a text for each reference: there are ${references.length} and ${texts.length}`)
  const [words, expected] = [texts, references].map((all) => all.reduce((sum, one) => sum + one.length, 0)) as [
    number,
    number,
  ]
  if (words === 0 || expected === 0) return 0
  let logarithms = 0
  for (let length = 1; length <= longest; length++) {
    let [matches, possible] = [0, 0]
    for (const [i, text] of texts.entries()) {
      const wanted = countGrams(references[i] as readonly string[], length)
      for (const [gram, count] of countGrams(text, length)) matches += Math.min(count, wanted.get(gram) ?? 0)
      possible += Math.max(0, text.length - length + 1)
    }
    const precision = smooth ? (matches + 1) / (possible + 1) : matches / possible
    if (!(precision > 0)) return 0
    logarithms += Math.log(precision)
  }
  const brevity = words > expected ? 1 : Math.exp(1 - expected / words)
  return 100 * brevity * Math.exp(logarithms / longest)
}
