/**
 * Anthropic's Messages API. n samples are n requests.
 *
 * Not covered: streaming, tools, images, prompt caching, batches, asking for extended thinking (thinking that comes is
 * read). The API has no seed: it is ignored. It takes no stop sequence of white space only: those are applied here.
 */
import { z } from 'zod'
import { type Completion, defineProvider, ModelError, type ModelRequest, UsageError } from '../../kernel/index.js'
import { checkBaseUrl, postJson, type Service } from '../http.js'
import { askRest, type Batch, joinBatches } from '../sampling.js'

const official = 'https://api.anthropic.com'
/** The API insists on a limit; this is what is sent when the request has none. */
const defaultMaxTokens = 8192

const reply = z.object({
  content: z.array(z.object({ type: z.string(), text: z.string().optional(), thinking: z.string().optional() })),
  stop_reason: z.string().nullish(),
  usage: z
    .object({
      input_tokens: z.number(),
      output_tokens: z.number(),
      cache_creation_input_tokens: z.number().nullish(),
      cache_read_input_tokens: z.number().nullish(),
    })
    .nullish(),
})

export default defineProvider({
  name: 'anthropic',
  summary: "Anthropic's Messages API: chat only",
  separator: '/',
  needs: ['ANTHROPIC_API_KEY', 'ANTHROPIC_BASE_URL'],
  open(model, ctx) {
    const baseUrl = checkBaseUrl(ctx.env.ANTHROPIC_BASE_URL?.trim() || official, 'ANTHROPIC_BASE_URL').replace(
      /\/v1$/,
      '',
    )
    const key = ctx.env.ANTHROPIC_API_KEY?.trim()
    if (!key && baseUrl === official) throw new UsageError('anthropic needs a key: set ANTHROPIC_API_KEY')
    const service: Service = {
      provider: 'anthropic',
      baseUrl,
      headers: { 'anthropic-version': '2023-06-01', ...(key ? { 'x-api-key': key } : {}) },
      keyVariable: 'ANTHROPIC_API_KEY',
      urlVariable: 'ANTHROPIC_BASE_URL',
    }
    return {
      name: `anthropic/${model}`,
      async complete(request, signal) {
        const body = bodyOf(model, request)
        const blank = (request.stop ?? []).filter((stop) => stop !== '' && stop.trim() === '')
        const ask = async (): Promise<Batch> =>
          readReply(await postJson(ctx, service, '/v1/messages', body, reply, signal), blank)
        return joinBatches(await askRest(request.n, 0, 1, ask), request.n)
      },
    }
  },
})

function bodyOf(model: string, request: ModelRequest): Record<string, unknown> {
  const { input } = request
  if (input.kind !== 'chat') {
    const what = input.kind === 'infill' ? 'fill in the middle' : 'continue plain text'
    throw new UsageError(
      `anthropic/${model} cannot ${what}: its API takes conversations only; use a chat prompt or another provider`,
    )
  }
  if (request.logprobs) {
    throw new UsageError(
      `anthropic/${model} gives no log-probabilities: use a provider that has them, or a method that needs none`,
    )
  }
  const system = input.messages.filter((message) => message.role === 'system').map((message) => message.content)
  const messages = input.messages.filter((message) => message.role !== 'system')
  if (messages.length === 0)
    throw new UsageError('anthropic needs a user message: system messages alone are no conversation')
  const stops = (request.stop ?? []).filter((stop) => stop.trim() !== '')
  return {
    model,
    max_tokens: request.maxTokens ?? defaultMaxTokens,
    messages,
    system: system.length > 0 ? system.join('\n\n') : undefined,
    temperature: request.temperature,
    top_p: request.topP,
    stop_sequences: stops.length > 0 ? stops : undefined,
  }
}

function readReply(body: z.output<typeof reply>, blankStops: readonly string[]): Batch {
  const of = (type: string) => body.content.filter((block) => block.type === type)
  let text = of('text')
    .map((block) => block.text ?? '')
    .join('')
  const reasoning = of('thinking')
    .map((block) => block.thinking ?? '')
    .join('')
  let finish = finishOf(body.stop_reason)
  if (of('text').length === 0 && of('tool_use').length > 0) {
    throw new ModelError(
      'anthropic answered with tool calls only, though no tools were offered: ask again or use another model',
    )
  }
  for (const stop of blankStops) {
    const at = text.indexOf(stop)
    if (at < 0) continue
    text = text.slice(0, at)
    finish = 'stop'
  }
  const usage = body.usage
  return {
    completions: [{ text, finish, ...(reasoning ? { reasoning } : {}) }],
    usage: {
      inputTokens:
        (usage?.input_tokens ?? 0) + (usage?.cache_creation_input_tokens ?? 0) + (usage?.cache_read_input_tokens ?? 0),
      outputTokens: usage?.output_tokens ?? 0,
    },
  }
}

function finishOf(reason: string | null | undefined): Completion['finish'] {
  if (reason === 'end_turn' || reason === 'stop_sequence') return 'stop'
  if (reason === 'max_tokens' || reason === 'model_context_window_exceeded') return 'length'
  return reason === 'refusal' ? 'refusal' : 'other'
}
