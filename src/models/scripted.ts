/** A model that says what it is told to say, for tests and demonstrations. */
import { type Completion, type Model, ModelError, type ModelRequest } from '../kernel/index.js'
import { promptText } from './prompt-text.js'

/** A reply: its text, or a whole completion (`finish` is `stop` unless given). */
export type ScriptedReply = string | (Partial<Completion> & { readonly text: string })

/** Answers every request whose text contains `match`; a list is gone through in order, its last reply stays. */
export interface ScriptedRule {
  readonly match: string
  readonly reply: ScriptedReply | readonly ScriptedReply[]
}

export interface ScriptedModel extends Model {
  /** What was asked so far. */
  readonly requests: readonly ModelRequest[]
}

/**
 * Rules are tried first, in order; what none of them answers takes the next of the plain replies. Every sample takes
 * one reply. Tokens are counted as four characters each, so that budgets can be tried out.
 */
export function scriptedModel(script: readonly (ScriptedReply | ScriptedRule)[], name = 'scripted'): ScriptedModel {
  const rules = script.filter(isRule).map((rule) => ({ ...rule, given: 0 }))
  const replies = script.filter((entry): entry is ScriptedReply => !isRule(entry))
  const requests: ModelRequest[] = []
  let next = 0
  const answer = (prompt: string): ScriptedReply => {
    const rule = rules.find(({ match }) => prompt.includes(match))
    if (rule) {
      const list: readonly ScriptedReply[] = isList(rule.reply) ? rule.reply : [rule.reply]
      const reply = list[Math.min(rule.given++, list.length - 1)]
      if (reply !== undefined) return reply
    }
    const reply = replies[next]
    if (reply === undefined) {
      throw new ModelError(
        `${name} has no reply left for ${JSON.stringify(prompt.trimStart().slice(0, 60))}: it holds ${replies.length} replies and ${rules.length} rules`,
      )
    }
    next++
    return reply
  }
  return {
    name,
    requests,
    async complete(request, signal) {
      signal?.throwIfAborted()
      requests.push(request)
      const prompt = promptText(request.input)
      const completions = Array.from({ length: request.n }, (): Completion => {
        const reply = answer(prompt)
        return typeof reply === 'string' ? { text: reply, finish: 'stop' } : { finish: 'stop', ...reply }
      })
      const said = completions.reduce((sum, c) => sum + c.text.length + (c.reasoning?.length ?? 0), 0)
      return { completions, usage: { inputTokens: Math.ceil(prompt.length / 4), outputTokens: Math.ceil(said / 4) } }
    },
  }
}

function isRule(entry: ScriptedReply | ScriptedRule): entry is ScriptedRule {
  return typeof entry === 'object' && 'match' in entry
}

function isList(reply: ScriptedRule['reply']): reply is readonly ScriptedReply[] {
  return Array.isArray(reply)
}
