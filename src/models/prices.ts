/** What tokens cost. Cupel ships no prices: they change, and a wrong one is worse than none. */
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { BadDataError, NotFoundError, type Usage } from '../kernel/index.js'

const price = z.object({ input: z.number().nonnegative(), output: z.number().nonnegative() })

/** US dollars per million tokens, by the model's full name (`openai/gpt-4o`). */
export type Prices = Readonly<Record<string, { readonly input: number; readonly output: number }>>

/** Reads the file that `CUPEL_PRICES` names: a JSON object of `{"openai/gpt-4o": {"input": 2.5, "output": 10}}`. */
export async function readPrices(file: string): Promise<Prices> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch {
    throw new NotFoundError(`the price file ${file} cannot be read: set CUPEL_PRICES to a JSON file, or unset it`)
  }
  try {
    return z.record(z.string(), price).parse(JSON.parse(text))
  } catch {
    throw new BadDataError(
      `the price file ${file} is not a JSON object of the form {"openai/gpt-4o": {"input": 2.5, "output": 10}} (US dollars per million tokens)`,
    )
  }
}

export function withCost(usage: Usage, model: string, prices: Prices): Usage {
  const known = Object.hasOwn(prices, model) ? prices[model] : undefined
  if (!known || usage.cached || usage.cost !== undefined) return usage
  return { ...usage, cost: (usage.inputTokens * known.input + usage.outputTokens * known.output) / 1e6 }
}
