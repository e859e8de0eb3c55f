/**
 * Which isolation was asked for. `native:B` is a required minimum: B or better, or an error. An operator sets a minimum
 * for everybody with CUPEL_ISOLATION; what a command or a program asks for may be stricter than that, never weaker.
 *
 * Order, from weak to strong: auto and remote, wasm, native = native:B', native:B, native:A.
 *
 * Does not cover: what another server (`remote:URL`) has; its operator sets its minimum.
 */
import { IsolationError, UsageError } from '../../kernel/index.js'
import type { Tier } from './native/tiers.js'

export const isolationChoices = ['auto', 'wasm', 'native', "native:B'", 'native:B', 'native:A'] as const
type Level = (typeof isolationChoices)[number]
export type RemoteChoice = `remote:${string}`
export type IsolationChoice = Level | RemoteChoice

const strength: Readonly<Record<Level, number>> = {
  auto: 0,
  wasm: 1,
  native: 2,
  "native:B'": 2,
  'native:B': 3,
  'native:A': 4,
}

/** What was asked for, or what the operator's minimum makes of not asking. */
export function chooseIsolation(asked: IsolationChoice = 'auto', env = process.env): IsolationChoice {
  if (!isRemote(asked) && !isLevel(asked))
    throw new UsageError(`«${asked}» is no isolation: use one of ${isolationChoices.join(', ')}, remote:URL`)
  const minimum = env.CUPEL_ISOLATION
  if (!minimum) return asked
  if (!isLevel(minimum))
    throw new UsageError(`CUPEL_ISOLATION is «${minimum}»: set it to one of ${isolationChoices.join(', ')}`)
  if (asked === 'auto') return minimum
  if ((isRemote(asked) ? 0 : strength[asked]) < strength[minimum])
    throw new IsolationError(
      `${asked} isolation is weaker than ${minimum}, which CUPEL_ISOLATION requires here: ask for ${minimum} or leave --isolation out`,
    )
  return asked
}

export function isRemote(choice: string): choice is RemoteChoice {
  return choice.startsWith('remote:')
}

function isLevel(text: string): text is Level {
  return (isolationChoices as readonly string[]).includes(text)
}

/** The weakest native tier that will do; null if native is not required. */
export function minimumTier(choice: IsolationChoice): Tier | null {
  if (!choice.startsWith('native')) return null
  return choice === 'native' ? "B'" : (choice.slice('native:'.length) as Tier)
}
