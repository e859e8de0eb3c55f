/** Finds a language by name, alias or file name. */
import { type Language, NotFoundError, nearest } from '../kernel/index.js'
import { languages } from './languages/index.js'

/** Throws NotFoundError: `there is no language «jva»: did you mean java, javascript?` */
export function findLanguage(name: string): Language {
  const wanted = name.toLowerCase()
  const found = languages.find((language) => language.name === wanted || calls(language).includes(wanted))
  if (found) return found
  const near = nearest(wanted, languages.flatMap(calls)).map((call) => owner(call).name)
  const names = near.length > 0 ? [...new Set(near)] : languages.map((language) => language.name)
  throw new NotFoundError(`there is no language «${name}»: did you mean ${names.join(', ')}?`)
}

function calls({ name, title, aliases = [] }: Language): string[] {
  return [name, ...aliases, title.toLowerCase()]
}

function owner(call: string): Language {
  return languages.find((language) => calls(language).includes(call)) as Language
}

/**
 * The language of a file by its extension, or null. Where several use it, the one that names it first: `.m` is
 * Octave's before it is Objective-C's.
 */
export function languageOfFile(path: string): Language | null {
  const extension = path.slice(path.lastIndexOf('.') + 1).toLowerCase()
  let best: Language | null = null
  let bestRank = Infinity
  for (const language of languages) {
    const rank = language.extensions.indexOf(extension)
    if (rank >= 0 && rank < bestRank) [best, bestRank] = [language, rank]
  }
  return best
}
