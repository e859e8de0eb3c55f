/**
 * Acc@k after CoderEval: the chance that one of k samples holds all names that the solution uses and does not define; and,
 * finer, how many of the names do. Over the samples of a problem both are estimated as pass@k is.
 *
 * Not covered: what a name is used for. One in a comment or a string counts, as does another thing of the same name. The
 * form that the paper counts in is not published.
 */
import { UsageError } from '../../kernel/index.js'
import { type OverProblems, type OverProblemsOptions, overProblems } from './over-problems.js'
import { passAtK } from './pass-at-k.js'

export interface ContextSamples {
  /** Names, with dots or without. */
  readonly names: readonly string[]
  /** Of each sample: those of the names that it holds. */
  readonly held: readonly (readonly string[])[]
}

export interface ContextAtK {
  /** All names of a problem in one sample. */
  readonly all: OverProblems
  /** The share of its names, each in any of k samples. */
  readonly each: OverProblems
  /** Problems whose solution needs no name: in neither figure. */
  readonly nothingNeeded: readonly string[]
}

const letter = '[\\p{L}\\p{N}_$]'

/** Those of the names that the code holds as whole words. */
export function namesHeld(code: string, names: readonly string[]): string[] {
  return [...new Set(names)].filter((name) => {
    const plain = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    return new RegExp(`(?<!${letter})${plain}(?!${letter})`, 'u').test(code)
  })
}

/** Throws UsageError when no problem needs a name, or none has k samples. */
export function contextAtK(
  problems: ReadonlyMap<string, ContextSamples>,
  k: number,
  options: OverProblemsOptions = {},
): ContextAtK {
  const needed = [...problems].filter(([, { names }]) => names.length > 0)
  if (problems.size > 0 && needed.length === 0)
    throw new UsageError(`Acc@${k} needs names that solutions use; no problem has any`)
  const rows = needed.map(([id, { names, held }]) => ({
    ...{ id, wanted: [...new Set(names)], held: held.map((some) => new Set(some)) },
  }))
  const all = rows.map(({ id, wanted, held }) => {
    const whole = held.filter((some) => wanted.every((name) => some.has(name))).length
    return [id, { n: held.length, estimate: () => passAtK(held.length, whole, k) }] as const
  })
  const each = rows.map(({ id, wanted, held }) => {
    const chance = (name: string) => passAtK(held.length, held.filter((one) => one.has(name)).length, k)
    const mean = () => wanted.reduce((sum, name) => sum + chance(name), 0) / wanted.length
    return [id, { n: held.length, estimate: mean }] as const
  })
  return {
    all: overProblems('Acc@', k, all, options),
    each: overProblems('Acc@', k, each, options),
    nothingNeeded: [...problems].flatMap(([id, { names }]) => (names.length === 0 ? [id] : [])),
  }
}
