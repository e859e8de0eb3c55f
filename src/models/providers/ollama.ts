/**
 * Ollama's own API, for models on this machine. n samples are n requests.
 *
 * Not covered: streaming, tools, images, pulling models. Text to continue is sent raw (no template); filling in the
 * middle needs the model's template, so it goes without `raw` and only to models that have an insert template. Older
 * servers give no log-probabilities: then there are none in the reply.
 */
import { z } from 'zod'
import { type Completion, defineProvider, ModelError, type ModelRequest, UsageError } from '../../kernel/index.js'
import { checkBaseUrl, postJson, type Service } from '../http.js'
import { askRest, type Batch, furtherSeed, joinBatches } from '../sampling.js'

const logprobs = z.array(z.object({ token: z.string(), logprob: z.number() })).nullish()

const reply = z.object({
  message: z
    .object({ content: z.string().nullish(), thinking: z.string().nullish(), tool_calls: z.unknown().optional() })
    .nullish(),
  response: z.string().nullish(),
  thinking: z.string().nullish(),
  done: z.boolean().nullish(),
  done_reason: z.string().nullish(),
  prompt_eval_count: z.number().nullish(),
  eval_count: z.number().nullish(),
  logprobs,
})

export default defineProvider({
  name: 'ollama',
  summary: 'models of an Ollama server, by default the one on this machine',
  separator: '/',
  needs: ['OLLAMA_HOST'],
  open(model, ctx) {
    const service: Service = {
      provider: 'ollama',
      baseUrl: hostUrl(ctx.env.OLLAMA_HOST?.trim()),
      headers: ctx.env.OLLAMA_API_KEY ? { authorization: `Bearer ${ctx.env.OLLAMA_API_KEY.trim()}` } : {},
      keyVariable: null,
      urlVariable: 'OLLAMA_HOST',
    }
    return {
      name: `ollama/${model}`,
      async complete(request, signal) {
        const chat = request.input.kind === 'chat'
        const ask = async (_count: number, asked: number): Promise<Batch> => {
          const body = bodyOf(model, request, furtherSeed(request.seed, asked))
          return readReply(
            await postJson(ctx, service, chat ? '/api/chat' : '/api/generate', body, reply, signal),
            chat,
          )
        }
        return joinBatches(await askRest(request.n, 0, 1, ask), request.n)
      },
    }
  },
})

/** `127.0.0.1:11434`, `0.0.0.0`, `https://host/path` → a base URL; what a server listens on is not what one asks. */
function hostUrl(host: string | undefined): string {
  if (!host) return 'http://127.0.0.1:11434'
  const url = /^[a-z]+:\/\//i.test(host) ? host : `http://${/:\d+$/.test(host) ? host : `${host}:11434`}`
  return checkBaseUrl(url.replace('//0.0.0.0', '//127.0.0.1'), 'OLLAMA_HOST')
}

function bodyOf(model: string, request: ModelRequest, seed: number | undefined): Record<string, unknown> {
  const { input } = request
  if (input.kind !== 'chat' && input.prompt === '') {
    throw new UsageError('ollama needs a prompt: with an empty one it only loads the model')
  }
  const options = {
    temperature: request.temperature,
    top_p: request.topP,
    num_predict: request.maxTokens,
    stop: request.stop && request.stop.length > 0 ? request.stop : undefined,
    seed,
  }
  return {
    model,
    stream: false,
    options,
    ...(request.logprobs ? { logprobs: true } : {}),
    ...(input.kind === 'chat' ? { messages: input.messages } : { prompt: input.prompt }),
    ...(input.kind === 'completion' ? { raw: true } : {}),
    ...(input.kind === 'infill' ? { suffix: input.suffix } : {}),
  }
}

function readReply(body: z.output<typeof reply>, chat: boolean): Batch {
  const text = chat ? body.message?.content : body.response
  const reasoning = chat ? body.message?.thinking : body.thinking
  if (typeof text !== 'string' || (chat && text === '' && Array.isArray(body.message?.tool_calls))) {
    throw new ModelError(
      `ollama answered without ${chat ? 'a message' : 'a response'}: check OLLAMA_HOST and the model`,
    )
  }
  const finish: Completion['finish'] =
    body.done_reason === 'length' ? 'length' : body.done_reason === 'stop' ? 'stop' : 'other'
  return {
    completions: [
      { text, finish, ...(reasoning ? { reasoning } : {}), ...(body.logprobs ? { logprobs: body.logprobs } : {}) },
    ],
    usage: { inputTokens: body.prompt_eval_count ?? 0, outputTokens: body.eval_count ?? 0 },
  }
}
