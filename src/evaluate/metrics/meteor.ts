/**
 * METEOR (Banerjee and Lavie 2005; weights of Lavie and Agarwal 2007): words that are the same, then words with the same stem, and
 * a penalty for matches that are scattered. Without synonyms, for which WordNet would be needed: where programs hold English
 * words that are synonyms the published figure is higher.
 */
import { stem } from './porter-stem.js'

const alpha = 0.9
const beta = 3
const gamma = 0.5

/**
 * 0 to 1. Capitals do not count. The last words are matched first, each with the last that is left, as NLTK does; the paper asks for
 * the matching with the fewest crossings.
 */
export function meteor(reference: readonly string[], text: readonly string[]): number {
  const [wanted, given] = [reference, text].map((words) => words.map((word) => word.toLowerCase())) as [
    string[],
    string[],
  ]
  const partners = new Map<number, number>()
  const taken = new Set<number>()
  for (const form of [(word: string) => word, stem]) {
    const places = new Map<string, number[]>()
    for (const [i, word] of wanted.entries()) {
      if (taken.has(i)) continue
      const same = places.get(form(word)) ?? []
      same.push(i)
      places.set(form(word), same)
    }
    for (let i = given.length - 1; i >= 0; i--) {
      const place = partners.has(i) ? undefined : places.get(form(given[i] as string))?.pop()
      if (place === undefined) continue
      partners.set(i, place)
      taken.add(place)
    }
  }
  const matches = partners.size
  if (matches === 0) return 0
  let chunks = 0
  for (const [i, place] of partners) if (partners.get(i - 1) !== place - 1) chunks++
  const [precision, recall] = [matches / given.length, matches / wanted.length]
  const mean = (precision * recall) / (alpha * precision + (1 - alpha) * recall)
  return mean * (1 - gamma * (chunks / matches) ** beta)
}
