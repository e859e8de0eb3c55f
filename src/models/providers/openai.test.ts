import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ModelError, type ModelRequest, UsageError } from '../../kernel/index.js'
import { fakeClock } from '../fake-clock.test-support.js'
import { type FakeProvider, startFakeProvider } from '../fake-provider.test-server.js'
import { openModel } from '../index.js'

let server: FakeProvider
beforeAll(async () => {
  server = await startFakeProvider()
})
afterAll(() => server.close())

const open = (env: Record<string, string> = {}) =>
  openModel('openai/org/model-1', {
    env: { OPENAI_BASE_URL: `${server.url}/v1/`, OPENAI_API_KEY: 'sk-secret-key-1234', ...env },
    cacheDir: null,
    clock: fakeClock(),
    retries: 0,
  })
const chat = (more: Partial<ModelRequest> = {}): ModelRequest => ({
  input: {
    kind: 'chat',
    messages: [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Hi' },
    ],
  },
  n: 1,
  ...more,
})
const choice = (content: unknown, more = {}) => ({
  message: { role: 'assistant', content },
  finish_reason: 'stop',
  ...more,
})
const usage = { prompt_tokens: 10, completion_tokens: 5 }

describe('the wire', () => {
  it('sends a chat request with every option and reads text, reasoning, finish, log-probabilities and usage', async () => {
    server.answer({
      body: {
        choices: [
          { ...choice('one'), logprobs: { content: [{ token: 'one', logprob: -0.5, bytes: [1] }] } },
          { message: { content: 'two', reasoning_content: 'hm' }, finish_reason: 'length' },
        ],
        usage,
      },
    })
    const model = await open()
    const reply = await model.complete(
      chat({ n: 2, temperature: 0.8, topP: 0.95, maxTokens: 300, stop: ['\ndef'], seed: 7, logprobs: true }),
    )
    expect(server.asked).toHaveLength(1)
    expect(server.asked[0]?.path).toBe('/v1/chat/completions')
    expect(server.asked[0]?.headers.authorization).toBe('Bearer sk-secret-key-1234')
    expect(server.asked[0]?.body).toEqual({
      model: 'org/model-1',
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Hi' },
      ],
      n: 2,
      temperature: 0.8,
      top_p: 0.95,
      max_tokens: 300,
      stop: ['\ndef'],
      seed: 7,
      logprobs: true,
    })
    expect(reply).toEqual({
      completions: [
        { text: 'one', finish: 'stop', logprobs: [{ token: 'one', logprob: -0.5 }] },
        { text: 'two', finish: 'length', reasoning: 'hm' },
      ],
      usage: { inputTokens: 10, outputTokens: 5 },
    })
    expect(model.name).toBe('openai/org/model-1')
  })
  it('leaves out what was not asked for', async () => {
    server.answer({ body: { choices: [choice('x')] } })
    await (await open()).complete(chat())
    expect(Object.keys(server.asked[0]?.body ?? {}).sort()).toEqual(['messages', 'model', 'n'])
  })
  it('continues text, with the older log-probabilities', async () => {
    const logprobs = { tokens: ['a', 'b'], token_logprobs: [null, -1] }
    server.answer({ body: { choices: [{ text: ' return 1', finish_reason: 'stop', logprobs }], usage } })
    const reply = await (await open()).complete({
      input: { kind: 'completion', prompt: 'def f():' },
      n: 1,
      logprobs: true,
      maxTokens: 9,
    })
    expect(server.asked[0]?.path).toBe('/v1/completions')
    expect(server.asked[0]?.body).toEqual({
      model: 'org/model-1',
      prompt: 'def f():',
      n: 1,
      logprobs: 0,
      max_tokens: 9,
    })
    expect(reply.completions).toEqual([{ text: ' return 1', finish: 'stop', logprobs: [{ token: 'b', logprob: -1 }] }])
  })
  it('fills in the middle by suffix', async () => {
    server.answer({ body: { choices: [{ text: 'x', finish_reason: 'stop' }] } })
    await (await open()).complete({ input: { kind: 'infill', prompt: 'a', suffix: 'b' }, n: 1 })
    expect(server.asked[0]?.body).toMatchObject({ prompt: 'a', suffix: 'b' })
  })
  it('needs no key for another server', async () => {
    server.answer({ body: { choices: [choice('x')] } })
    await (await open({ OPENAI_API_KEY: '' })).complete(chat())
    expect(server.asked[0]?.headers.authorization).toBeUndefined()
  })
  it('says which variable to set without key and server, and refuses a bad address', async () => {
    await expect(openModel('openai/x', { env: {}, cacheDir: null })).rejects.toThrow(/OPENAI_API_KEY/)
    await expect(openModel('openai/x', { env: { OPENAI_BASE_URL: 'localhost' }, cacheDir: null })).rejects.toThrow(
      UsageError,
    )
  })
})

describe('n samples', () => {
  it('asks a server that ignores n until there are n, with other seeds', async () => {
    server.answer(({ body }) => ({ body: { choices: [choice(`s${String(body.seed)}`)], usage } }))
    const reply = await (await open()).complete(chat({ n: 4, seed: 10 }))
    expect(reply.completions.map((c) => c.text).sort()).toEqual(['s10', 's11', 's12', 's13'])
    expect(reply.usage).toEqual({ inputTokens: 40, outputTokens: 20 })
  })
  it('asks for the rest in the size the server gives', async () => {
    server.answer(({ body }) => ({
      body: { choices: Array.from({ length: Math.min(2, Number(body.n)) }, () => choice('x')) },
    }))
    expect((await (await open()).complete(chat({ n: 5 }))).completions).toHaveLength(5)
    expect(server.asked.map((a) => a.body.n)).toEqual([5, 2, 1])
  })
  it('asks one at a time where n above 1 is refused, and remembers it', async () => {
    server.answer(({ body }) =>
      Number(body.n) > 1
        ? { status: 400, body: { error: { message: "Only one completion choice is allowed: 'n' must be 1" } } }
        : { body: { choices: [choice('x')] } },
    )
    const model = await open()
    expect((await model.complete(chat({ n: 2 }))).completions).toHaveLength(2)
    expect((await model.complete(chat({ n: 2 }))).completions).toHaveLength(2)
    expect(server.asked.map((a) => a.body.n)).toEqual([2, 1, 1, 1, 1])
  })
  it('keeps no more than n', async () => {
    server.answer({ body: { choices: [choice('a'), choice('b')] } })
    expect((await (await open()).complete(chat())).completions.map((c) => c.text)).toEqual(['a'])
  })
  it('fails clearly when further requests give nothing', async () => {
    server.answer({ body: { choices: [choice('a')] } }, { body: { choices: [] } })
    await expect((await open()).complete(chat({ n: 2 }))).rejects.toThrow(/without a choice/)
  })
})

it('names the limit max_completion_tokens where the server insists', async () => {
  server.answer(({ body }) =>
    'max_tokens' in body
      ? {
          status: 400,
          body: { error: { message: "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead." } },
        }
      : { body: { choices: [choice('x')] } },
  )
  const model = await open()
  await model.complete(chat({ maxTokens: 5 }))
  await model.complete(chat({ maxTokens: 6 }))
  expect(server.asked.map((a) => a.body.max_completion_tokens)).toEqual([undefined, 5, 6])
})

describe('finish', () => {
  it.each([
    [
      'a refusal',
      { message: { content: null, refusal: 'No.' }, finish_reason: 'stop' },
      { text: 'No.', finish: 'refusal' },
    ],
    ['a filter', { message: { content: '' }, finish_reason: 'content_filter' }, { text: '', finish: 'refusal' }],
    [
      'nothing visible at the limit',
      { message: { content: null }, finish_reason: 'length' },
      { text: '', finish: 'length' },
    ],
    [
      'reasoning only',
      { message: { content: null, reasoning: 'hm' }, finish_reason: 'stop' },
      { text: '', finish: 'stop', reasoning: 'hm' },
    ],
    [
      'parts',
      {
        message: {
          content: [
            { type: 'text', text: 'a' },
            { type: 'text', text: 'b' },
          ],
        },
      },
      { text: 'ab', finish: 'other' },
    ],
  ])('%s', async (_name, given, expected) => {
    server.answer({ body: { choices: [given] } })
    expect((await (await open()).complete(chat())).completions).toEqual([expected])
  })
})

describe('malformed bodies give one sentence', () => {
  it.each<[string, unknown, RegExp]>([
    ['HTML', '<!DOCTYPE html><html><title>Bad gateway</title></html>', /an HTML page \("Bad gateway"\)/],
    ['truncated JSON', '{"choices": [{"mess', /broken JSON/],
    ['an empty body', '', /an empty body/],
    ['text', 'ok', /the text "ok"/],
    ['no choices', { id: 1 }, /another shape.*choices/],
    ['empty choices', { choices: [] }, /without a choice/],
    ['null choices', { choices: null }, /another shape/],
    ['a choice that is null', { choices: [null] }, /no message/],
    ['null content', { choices: [choice(null)] }, /without content/],
    [
      'tool calls only',
      { choices: [{ message: { content: null, tool_calls: [{ id: 'a' }] }, finish_reason: 'tool_calls' }] },
      /tool calls only/,
    ],
    ['an error with status 200', { error: { message: 'overloaded\nsorry' } }, /reported an error: overloaded sorry/],
    ['a list', [], /another shape/],
    ['null', null, /another shape/],
  ])('%s', async (_name, body, message) => {
    server.answer({ body: body === null ? 'null' : body })
    const error = await (await open()).complete(chat()).catch((e: unknown) => e)
    expect(error).toBeInstanceOf(ModelError)
    expect((error as Error).message).toMatch(message)
    expect((error as Error).message).not.toContain('\n')
    expect((error as Error).message.length).toBeLessThan(500)
  })
})

it('sends OpenAI itself at most four stop sequences and applies the fifth', async () => {
  const bodies: { stop?: string[] }[] = []
  const fake: typeof fetch = async (_url, init) => {
    bodies.push(JSON.parse(String(init?.body)) as { stop?: string[] })
    return Response.json({ choices: [{ text: 'a\nprint(1)', finish_reason: 'length' }] })
  }
  const model = await openModel('openai/x', { env: { OPENAI_API_KEY: 'sk-12345678' }, fetch: fake, cacheDir: null })
  const stop = ['\nclass', '\ndef', '\n#', '\nif', '\nprint']
  const reply = await model.complete({ input: { kind: 'completion', prompt: 'p' }, n: 1, stop })
  expect(bodies[0]?.stop).toEqual(stop.slice(0, 4))
  expect(reply.completions).toEqual([{ text: 'a', finish: 'stop' }])
})
