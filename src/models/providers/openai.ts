/**
 * OpenAI and everything that speaks its HTTP API: vLLM, llama.cpp, LM Studio, SGLang, OpenRouter, Together, ….
 *
 * Not covered: streaming, tools, images, the Responses API, Azure's addresses, embeddings, prompt log-probabilities.
 * OpenAI itself takes four stop sequences; the rest are applied here, to text already paid for. Servers that give
 * fewer samples than asked are asked again with another seed, so seeded samples differ from those of a server that
 * gives n at once.
 */
import { z } from 'zod'
import { type Completion, defineProvider, ModelError, type ModelRequest, UsageError } from '../../kernel/index.js'
import { checkBaseUrl, postJson, type Service, StatusError } from '../http.js'
import { askRest, type Batch, furtherSeed, joinBatches } from '../sampling.js'
import { chatChoice, textChoice, usageShape } from '../openai-reply.js'

const official = 'https://api.openai.com/v1'
const officialStops = 4

const reply = z.object({ choices: z.array(z.unknown()), usage: usageShape.nullish() })

export default defineProvider({
  name: 'openai',
  summary: 'OpenAI, and servers with its API (vLLM, llama.cpp, LM Studio, OpenRouter) by OPENAI_BASE_URL',
  separator: '/',
  needs: ['OPENAI_API_KEY', 'OPENAI_BASE_URL'],
  open(model, ctx) {
    const baseUrl = checkBaseUrl(ctx.env.OPENAI_BASE_URL?.trim() || official, 'OPENAI_BASE_URL')
    const key = ctx.env.OPENAI_API_KEY?.trim()
    if (!key && baseUrl === official) {
      throw new UsageError('openai needs a key: set OPENAI_API_KEY, or OPENAI_BASE_URL for a server that takes none')
    }
    const service: Service = {
      provider: 'openai',
      baseUrl,
      headers: key ? { authorization: `Bearer ${key}` } : {},
      keyVariable: 'OPENAI_API_KEY',
      urlVariable: 'OPENAI_BASE_URL',
    }
    // What this server turned out not to take, learnt from its refusals.
    let limitName: 'max_tokens' | 'max_completion_tokens' = 'max_tokens'
    let oneAtATime = false

    async function ask(
      request: ModelRequest,
      n: number,
      seed: number | undefined,
      signal?: AbortSignal,
    ): Promise<Batch> {
      const stops = request.stop ?? []
      const sent = baseUrl === official ? stops.slice(0, officialStops) : stops
      const limitAsked = limitName
      const body = { ...bodyOf(model, request, limitAsked), n, seed, stop: sent.length > 0 ? sent : undefined }
      const path = request.input.kind === 'chat' ? '/chat/completions' : '/completions'
      try {
        const { choices, usage } = await postJson(ctx, service, path, body, reply, signal)
        if (choices.length === 0)
          throw new ModelError('openai answered without a choice: ask again or try another model')
        const read = request.input.kind === 'chat' ? chatChoice : textChoice
        const unsent = stops.slice(sent.length)
        return {
          completions: choices.slice(0, n).map((choice) => cutAtUnsent(read(choice), unsent)),
          usage: { inputTokens: usage?.prompt_tokens ?? 0, outputTokens: usage?.completion_tokens ?? 0 },
        }
      } catch (error) {
        if (!(error instanceof StatusError) || (error.status !== 400 && error.status !== 422)) throw error
        if (limitAsked === 'max_tokens' && error.said.includes('max_completion_tokens')) {
          limitName = 'max_completion_tokens'
          return ask(request, n, seed, signal)
        }
        throw error
      }
    }

    return {
      name: `openai/${model}`,
      async complete(request, signal) {
        const { n } = request
        const first = await firstBatch(n, (count) => ask(request, count, request.seed, signal))
        const size = first.completions.length
        const further = (count: number, asked: number) => ask(request, count, furtherSeed(request.seed, asked), signal)
        let batches = [first, ...(await askRest(n, size, size, further))]
        for (let got = count(batches); got < n; got = count(batches))
          batches = [...batches, await further(n - got, got)]
        return joinBatches(batches, n)
      },
    }

    async function firstBatch(n: number, askFor: (count: number) => Promise<Batch>): Promise<Batch> {
      if (n === 1 || oneAtATime) return askFor(1)
      try {
        return await askFor(n)
      } catch (error) {
        if (!(error instanceof StatusError) || !refusesN(error)) throw error
        oneAtATime = true
        return askFor(1)
      }
    }
  },
})

function count(batches: readonly Batch[]): number {
  return batches.reduce((sum, batch) => sum + batch.completions.length, 0)
}

function bodyOf(model: string, request: ModelRequest, limitName: string): Record<string, unknown> {
  const { input } = request
  const chat = input.kind === 'chat'
  return {
    model,
    ...(chat ? { messages: input.messages } : { prompt: input.prompt }),
    ...(input.kind === 'infill' ? { suffix: input.suffix } : {}),
    temperature: request.temperature,
    top_p: request.topP,
    [chat ? limitName : 'max_tokens']: request.maxTokens,
    // The chat API takes a yes or no, the older one the number of alternatives.
    logprobs: request.logprobs ? (chat ? true : 0) : undefined,
  }
}

/** Some servers answer 400 to n above 1, where others give one choice. */
function refusesN(error: StatusError): boolean {
  return (
    (error.status === 400 || error.status === 422) &&
    /(?:^|[\s'"`[])n['"`\]]?(?:\s|=|>|:|$)|multiple (?:choices|completions)|num(?:ber)?_?(?: of )?(?:choices|completions)/i.test(
      error.said,
    )
  )
}

function cutAtUnsent(completion: Completion, stops: readonly string[]): Completion {
  const ends = stops
    .filter((stop) => stop !== '')
    .map((stop) => completion.text.indexOf(stop))
    .filter((at) => at >= 0)
  return ends.length === 0
    ? completion
    : { ...completion, text: completion.text.slice(0, Math.min(...ends)), finish: 'stop' }
}
