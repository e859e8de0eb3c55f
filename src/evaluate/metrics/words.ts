/** Words of programs, for metrics that compare texts. */

/** What stands between blanks, as CodeXGLUE's evaluators have it: its programs have a blank around every sign. */
export function byBlanks(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '')
}

/**
 * As CoNaLa and ODEX cut Python: a sign is a word of its own, names are cut where a small letter stands before a capital one, and
 * all quotes are the same.
 */
export function codeWords(text: string): string[] {
  return byBlanks(
    text
      .replace(/[^A-Za-z0-9_]/gu, ' $& ')
      .replace(/([a-z])([A-Z])/g, '$1 $2')
      .replace(/["']/g, '`'),
  )
}

/** Runs of letters and digits, in small letters: what the published ROUGE looks at, for which signs do not count. */
export function plainWords(text: string): string[] {
  return text.toLowerCase().match(/[a-z0-9]+/g) ?? []
}

export function countGrams(words: readonly string[], length: number): Map<string, number> {
  const counts = new Map<string, number>()
  for (let i = 0; i + length <= words.length; i++) {
    const gram = JSON.stringify(words.slice(i, i + length))
    counts.set(gram, (counts.get(gram) ?? 0) + 1)
  }
  return counts
}
