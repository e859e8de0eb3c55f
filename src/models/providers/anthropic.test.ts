import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ModelError, type ModelRequest, UsageError } from '../../kernel/index.js'
import { type FakeProvider, startFakeProvider } from '../fake-provider.test-server.js'
import { openModel } from '../index.js'

let server: FakeProvider
beforeAll(async () => {
  server = await startFakeProvider()
})
afterAll(() => server.close())

const open = () =>
  openModel('anthropic/claude-x', {
    env: { ANTHROPIC_BASE_URL: server.url, ANTHROPIC_API_KEY: 'sk-ant-12345678' },
    cacheDir: null,
    retries: 0,
  })
const chat = (more: Partial<ModelRequest> = {}): ModelRequest => ({
  input: {
    kind: 'chat',
    messages: [
      { role: 'system', content: 'A' },
      { role: 'user', content: 'Hi' },
      { role: 'system', content: 'B' },
    ],
  },
  n: 1,
  ...more,
})
const message = (text: string, stop_reason = 'end_turn') => ({
  content: [{ type: 'text', text }],
  stop_reason,
  usage: { input_tokens: 3, output_tokens: 2, cache_read_input_tokens: 1 },
})

describe('the wire', () => {
  it('puts system messages apart, sends the version and the key, and reads thinking', async () => {
    server.answer({
      body: {
        ...message('x'),
        content: [
          { type: 'thinking', thinking: 'hm', signature: 's' },
          { type: 'text', text: 'a' },
          { type: 'text', text: 'b' },
        ],
      },
    })
    const reply = await (await open()).complete(
      chat({ temperature: 0.5, topP: 0.9, maxTokens: 9, stop: ['END', '\n\n'], seed: 1 }),
    )
    expect(server.asked[0]?.path).toBe('/v1/messages')
    expect(server.asked[0]?.headers).toMatchObject({
      'x-api-key': 'sk-ant-12345678',
      'anthropic-version': '2023-06-01',
    })
    expect(server.asked[0]?.body).toEqual({
      model: 'claude-x',
      system: 'A\n\nB',
      messages: [{ role: 'user', content: 'Hi' }],
      max_tokens: 9,
      temperature: 0.5,
      top_p: 0.9,
      stop_sequences: ['END'],
    })
    expect(reply).toEqual({
      completions: [{ text: 'ab', finish: 'stop', reasoning: 'hm' }],
      usage: { inputTokens: 4, outputTokens: 2 },
    })
  })
  it('makes n requests and sends a limit even if none was asked', async () => {
    server.answer({ body: message('x') })
    const reply = await (await open()).complete(chat({ n: 3 }))
    expect(reply.completions).toHaveLength(3)
    expect(reply.usage).toEqual({ inputTokens: 12, outputTokens: 6 })
    expect(server.asked).toHaveLength(3)
    expect(server.asked[0]?.body.max_tokens).toBeGreaterThan(0)
  })
  it('applies stop sequences of white space itself', async () => {
    server.answer({ body: message('a\n\nb', 'max_tokens') })
    expect((await (await open()).complete(chat({ stop: ['\n\n'] }))).completions).toEqual([
      { text: 'a', finish: 'stop' },
    ])
  })
  it.each([
    ['end_turn', 'stop'],
    ['stop_sequence', 'stop'],
    ['max_tokens', 'length'],
    ['refusal', 'refusal'],
    ['pause_turn', 'other'],
  ])('stop_reason %s is %s', async (reason, finish) => {
    server.answer({ body: message('x', reason) })
    expect((await (await open()).complete(chat())).completions[0]?.finish).toBe(finish)
  })
})

describe('what it cannot do', () => {
  it.each<[string, ModelRequest, RegExp]>([
    ['completion', { input: { kind: 'completion', prompt: 'x' }, n: 1 }, /continue plain text/],
    ['infill', { input: { kind: 'infill', prompt: 'x', suffix: 'y' }, n: 1 }, /fill in the middle/],
    ['log-probabilities', chat({ logprobs: true }), /log-probabilities/],
    [
      'system messages alone',
      { input: { kind: 'chat', messages: [{ role: 'system', content: 'x' }] }, n: 1 },
      /user message/,
    ],
  ])('%s', async (_name, request, text) => {
    server.answer({ body: message('x') })
    const error = await (await open()).complete(request).catch((e: unknown) => e)
    expect(error).toBeInstanceOf(UsageError)
    expect((error as Error).message).toMatch(text)
    expect(server.asked).toHaveLength(0)
  })
  it('says which key to set', async () => {
    await expect(openModel('anthropic/x', { env: {}, cacheDir: null })).rejects.toThrow(/ANTHROPIC_API_KEY/)
  })
})

it.each<[string, unknown, RegExp]>([
  ['no content', { type: 'message' }, /another shape.*content/],
  ['null content', { content: null }, /another shape/],
  ['tool use only', { content: [{ type: 'tool_use', id: 'a' }], stop_reason: 'tool_use' }, /tool calls only/],
  ['HTML', '<html></html>', /an HTML page/],
  ['an error object', { type: 'error', error: { type: 'x', message: 'no credit' } }, /no credit/],
])('malformed: %s', async (_name, body, text) => {
  server.answer({ body })
  const error = await (await open()).complete(chat()).catch((e: unknown) => e)
  expect(error).toBeInstanceOf(ModelError)
  expect((error as Error).message).toMatch(text)
})
