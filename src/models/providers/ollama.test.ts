import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ModelError, type ModelRequest } from '../../kernel/index.js'
import { type FakeProvider, startFakeProvider } from '../fake-provider.test-server.js'
import { openModel } from '../index.js'

let server: FakeProvider
beforeAll(async () => {
  server = await startFakeProvider()
})
afterAll(() => server.close())

// As users write it: without a scheme.
const open = () =>
  openModel('ollama/qwen:7b', { env: { OLLAMA_HOST: server.url.replace('http://', '') }, cacheDir: null, retries: 0 })
const generated = { response: 'x', done: true, done_reason: 'stop', prompt_eval_count: 4, eval_count: 2 }
const chat: ModelRequest = { input: { kind: 'chat', messages: [{ role: 'user', content: 'Hi' }] }, n: 1 }

describe('the wire', () => {
  it('chats, one request per sample, each with its own seed', async () => {
    server.answer({
      body: {
        message: { role: 'assistant', content: 'x', thinking: 'hm' },
        done: true,
        done_reason: 'length',
        prompt_eval_count: 4,
        eval_count: 2,
        logprobs: [{ token: 'x', logprob: -1 }],
      },
    })
    const reply = await (await open()).complete({
      ...chat,
      n: 2,
      temperature: 0.2,
      topP: 0.9,
      maxTokens: 7,
      stop: ['a'],
      seed: 5,
      logprobs: true,
    })
    expect(server.asked[0]?.path).toBe('/api/chat')
    const options = (seed: number) => ({ temperature: 0.2, top_p: 0.9, num_predict: 7, stop: ['a'], seed })
    const body = { model: 'qwen:7b', stream: false, logprobs: true, messages: [{ role: 'user', content: 'Hi' }] }
    const bySeed = server.asked.map((a) => a.body).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
    expect(bySeed).toEqual([
      { ...body, options: options(5) },
      { ...body, options: options(6) },
    ])
    expect(reply.completions[0]).toEqual({
      text: 'x',
      finish: 'length',
      reasoning: 'hm',
      logprobs: [{ token: 'x', logprob: -1 }],
    })
    expect(reply.usage).toEqual({ inputTokens: 8, outputTokens: 4 })
  })
  it('continues text raw', async () => {
    server.answer({ body: generated })
    const reply = await (await open()).complete({ input: { kind: 'completion', prompt: 'p' }, n: 1 })
    expect(server.asked[0]?.path).toBe('/api/generate')
    expect(server.asked[0]?.body).toEqual({ model: 'qwen:7b', stream: false, options: {}, prompt: 'p', raw: true })
    expect(reply.completions).toEqual([{ text: 'x', finish: 'stop' }])
  })
  it("fills in the middle through the model's template", async () => {
    server.answer({ body: generated })
    await (await open()).complete({ input: { kind: 'infill', prompt: 'p', suffix: 's' }, n: 1 })
    expect(server.asked[0]?.body).toEqual({ model: 'qwen:7b', stream: false, options: {}, prompt: 'p', suffix: 's' })
  })
})

it.each<[string, number, unknown, RegExp]>([
  [
    'a model that is not there',
    404,
    { error: "model 'qwen:7b' not found" },
    /404: model 'qwen:7b' not found; check the model/,
  ],
  ['no message', 200, { done: true }, /without a message/],
  ['null content', 200, { message: { content: null } }, /without a message/],
  ['tool calls only', 200, { message: { content: '', tool_calls: [{}] } }, /without a message/],
  ['HTML', 200, '<html>', /an HTML page/],
])('malformed: %s', async (_name, status, body, text) => {
  server.answer({ status, body })
  const error = await (await open()).complete(chat).catch((e: unknown) => e)
  expect(error).toBeInstanceOf(ModelError)
  expect((error as Error).message).toMatch(text)
})

it('refuses an empty prompt, which would only load the model', async () => {
  await expect((await open()).complete({ input: { kind: 'completion', prompt: '' }, n: 1 })).rejects.toThrow(
    /needs a prompt/,
  )
})

it('says that the server cannot be reached', async () => {
  const gone = await startFakeProvider()
  await gone.close()
  const model = await openModel('ollama/x', { env: { OLLAMA_HOST: gone.url }, cacheDir: null })
  await expect(model.complete(chat)).rejects.toThrow(/cannot be reached \(ECONNREFUSED\).*OLLAMA_HOST/)
})
