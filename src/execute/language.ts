/** Finds a language by name, alias or file name. */
import { type Language, NotFoundError, nearest } from '../kernel/index.js'
import { languages } from './languages/index.js'

export function findLanguage(name: string): Language {
  const wanted = name.toLowerCase()
  const found = languages.find((language) => language.name === wanted || language.aliases?.includes(wanted))
  if (found) return found
  const names = languages.map((language) => language.name)
  const near = nearest(wanted, names)
  throw new NotFoundError(
    `there is no language «${name}»: did you mean ${(near.length > 0 ? near : names).join(', ')}?`,
  )
}

/** The language of a file by its extension, or null. */
export function languageOfFile(path: string): Language | null {
  const extension = path.slice(path.lastIndexOf('.') + 1).toLowerCase()
  return languages.find((language) => language.extensions.includes(extension)) ?? null
}
