/**
 * Replies from a script: `scripted:FILE`, a JSON array or JSON Lines. An entry is a string, `{text, finish?,
 * reasoning?}` (given in order), or `{match, reply}` (answers requests whose text contains `match`).
 *
 * Not covered: everything a model would do. Temperature, stops, seeds and limits are ignored.
 */
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { BadDataError, defineProvider, NotFoundError, UsageError } from '../../kernel/index.js'
import { type ScriptedReply, type ScriptedRule, scriptedModel } from '../scripted.js'

const reply = z.union([
  z.string(),
  z.strictObject({
    text: z.string(),
    reasoning: z.string().optional(),
    finish: z.enum(['stop', 'length', 'refusal', 'other']).optional(),
    logprobs: z.array(z.object({ token: z.string(), logprob: z.number() })).optional(),
  }),
])
const entry = z.union([reply, z.strictObject({ match: z.string(), reply: z.union([reply, z.array(reply).min(1)]) })])

export default defineProvider({
  name: 'scripted',
  summary: 'replies from a JSON file, in order or by what the prompt contains: for tests and demonstrations',
  separator: ':',
  needs: [],
  async open(file) {
    if (file === '') throw new UsageError('scripted needs a file: write scripted:FILE')
    let text: string
    try {
      text = (await readFile(file, 'utf8')).replace(/^\ufeff/, '')
    } catch (error) {
      throw new NotFoundError(
        `the script ${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`,
      )
    }
    const script = entriesOf(text, file).map((value, i) => {
      const parsed = entry.safeParse(value)
      if (parsed.success) return parsed.data as ScriptedReply | ScriptedRule
      throw new BadDataError(
        `entry ${i + 1} of ${file} is neither a string, nor {"text": …}, nor {"match": …, "reply": …}`,
      )
    })
    return scriptedModel(script, `scripted:${file}`)
  },
})

function entriesOf(text: string, file: string): unknown[] {
  try {
    const whole: unknown = JSON.parse(text)
    return Array.isArray(whole) ? whole : [whole]
  } catch {
    // Not one JSON value: one per line.
  }
  return text.split('\n').flatMap((line, i): unknown[] => {
    if (line.trim() === '') return []
    try {
      return [JSON.parse(line)]
    } catch {
      throw new BadDataError(`${file} is neither a JSON array nor JSON Lines: line ${i + 1} is not JSON`)
    }
  })
}
