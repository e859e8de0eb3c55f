/** The choices of an OpenAI-compatible reply, read with care: servers differ in what they leave out. */
import { z } from 'zod'
import { type Completion, ModelError, type TokenLogprob } from '../kernel/index.js'

export const usageShape = z.object({ prompt_tokens: z.number().nullish(), completion_tokens: z.number().nullish() })

const part = z.object({ type: z.string().optional(), text: z.string().optional() })

const chatShape = z.object({
  finish_reason: z.string().nullish(),
  message: z.object({
    content: z.union([z.string(), z.array(part)]).nullish(),
    refusal: z.string().nullish(),
    reasoning: z.string().nullish(),
    reasoning_content: z.string().nullish(),
    tool_calls: z.array(z.unknown()).nullish(),
  }),
  logprobs: z.object({ content: z.array(z.object({ token: z.string(), logprob: z.number() })).nullish() }).nullish(),
})

const textShape = z.object({
  finish_reason: z.string().nullish(),
  text: z.string(),
  logprobs: z
    .object({ tokens: z.array(z.string()).nullish(), token_logprobs: z.array(z.number().nullable()).nullish() })
    .nullish(),
})

export function chatChoice(choice: unknown): Completion {
  const parsed = chatShape.safeParse(choice)
  if (!parsed.success)
    throw new ModelError(
      'openai answered with a choice that holds no message: check that the server speaks the chat API',
    )
  const { message, finish_reason, logprobs } = parsed.data
  const finish = message.refusal ? 'refusal' : finishOf(finish_reason)
  const reasoning = message.reasoning_content ?? message.reasoning
  const text =
    typeof message.content === 'string' ? message.content : message.content?.map((p) => p.text ?? '').join('')
  if (text === undefined && !message.refusal && !reasoning && finish !== 'length' && finish !== 'refusal') {
    throw new ModelError(
      message.tool_calls?.length
        ? 'openai answered with tool calls only, though no tools were offered: use another model or server'
        : 'openai answered with a message without content: ask again or use another model',
    )
  }
  return completion(text || message.refusal || '', finish, reasoning, logprobs?.content ?? undefined)
}

export function textChoice(choice: unknown): Completion {
  const parsed = textShape.safeParse(choice)
  if (!parsed.success)
    throw new ModelError(
      'openai answered with a choice that holds no text: check that the server speaks the completions API',
    )
  const { text, finish_reason, logprobs } = parsed.data
  const values = logprobs?.token_logprobs
  const tokens = logprobs?.tokens?.flatMap((token, i): TokenLogprob[] => {
    const logprob = values?.[i]
    return typeof logprob === 'number' ? [{ token, logprob }] : []
  })
  return completion(text, finishOf(finish_reason), undefined, tokens)
}

function completion(
  text: string,
  finish: Completion['finish'],
  reasoning: string | null | undefined,
  logprobs: readonly TokenLogprob[] | undefined,
): Completion {
  return { text, finish, ...(reasoning ? { reasoning } : {}), ...(logprobs ? { logprobs } : {}) }
}

function finishOf(reason: string | null | undefined): Completion['finish'] {
  if (reason === 'stop' || reason === 'eos' || reason === 'stop_sequence') return 'stop'
  if (reason === 'length' || reason === 'max_tokens') return 'length'
  return reason === 'content_filter' || reason === 'refusal' ? 'refusal' : 'other'
}
