/** Finds a definition by the name the user gave, or says which names are like it. */
import { nearest, UsageError } from '../kernel/index.js'

/** Throws UsageError: `there is no benchmark «humanevel»: did you mean humaneval?` */
export function named<T extends { readonly name: string }>(kind: string, name: string, definitions: readonly T[]): T {
  const found = definitions.find((one) => one.name === name)
  if (found) return found
  const names = definitions.map((one) => one.name)
  throw unknown(kind, name, names)
}

export function unknown(kind: string, name: string, names: readonly string[]): UsageError {
  return new UsageError(`there is no ${kind} «${name}»: ${suggestion(name, names)}`)
}

/** `did you mean codet?`, or all names where none is like it. */
export function suggestion(name: string, names: readonly string[]): string {
  const within = names.filter((one) => name.length > 2 && one.includes(name.toLowerCase()))
  const near = [...new Set([...nearest(name, names), ...within])].slice(0, 3)
  return near.length > 0 ? `did you mean ${near.join(' or ')}?` : `there are ${names.join(', ')}`
}

/** The first few of a long list. */
export function some(names: readonly string[], most = 2): string {
  const more = names.length - most
  return more > 0 ? `${names.slice(0, most).join(', ')} and ${more} more` : names.join(', ')
}
