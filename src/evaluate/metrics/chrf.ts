/** chrF (Popović 2015): n-grams of characters. */

/**
 * 0 to 100. White space does not count. Precision and recall are means over the lengths 1 to `longest` of which both texts have
 * n-grams, as in sacreBLEU (chrF2: recall counts `beta` times as much); other implementations average the F-scores instead.
 */
export function chrf(
  reference: string,
  text: string,
  { longest = 6, beta = 2 }: { readonly longest?: number; readonly beta?: number } = {},
): number {
  const [wanted, given] = [reference, text].map((one) => [...one.replace(/\s+/gu, '')]) as [string[], string[]]
  let [precision, recall] = [0, 0]
  const lengths = Math.min(longest, wanted.length, given.length)
  for (let length = 1; length <= lengths; length++) {
    const expected = counts(wanted, length)
    let matches = 0
    for (const [gram, count] of counts(given, length)) matches += Math.min(count, expected.get(gram) ?? 0)
    precision += matches / (given.length - length + 1) / lengths
    recall += matches / (wanted.length - length + 1) / lengths
  }
  const weight = beta ** 2
  return precision + recall === 0 ? 0 : (100 * (1 + weight) * precision * recall) / (weight * precision + recall)
}

function counts(characters: readonly string[], length: number): Map<string, number> {
  const found = new Map<string, number>()
  for (let i = 0; i + length <= characters.length; i++) {
    const gram = characters.slice(i, i + length).join('')
    found.set(gram, (found.get(gram) ?? 0) + 1)
  }
  return found
}
