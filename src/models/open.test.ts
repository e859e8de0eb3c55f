import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { BadDataError, ModelError, type ModelRequest, NotFoundError, UsageError } from '../kernel/index.js'
import { fakeClock } from './fake-clock.test-support.js'
import { type FakeProvider, startFakeProvider } from './fake-provider.test-server.js'
import { type OpenModelOptions, openModel } from './index.js'

const key = 'sk-secret-abcdef-123456'
let server: FakeProvider
let folder: string
beforeAll(async () => {
  server = await startFakeProvider()
})
afterAll(() => server.close())
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cupel-models-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const open = (options: OpenModelOptions = {}) =>
  openModel('openai/m', {
    env: { OPENAI_BASE_URL: server.url, OPENAI_API_KEY: key },
    cacheDir: null,
    clock: fakeClock(),
    random: () => 0,
    ...options,
  })
const request: ModelRequest = { input: { kind: 'chat', messages: [{ role: 'user', content: 'Hi' }] }, n: 1 }
const good = {
  body: {
    choices: [{ message: { content: 'ok' }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 1_000_000, completion_tokens: 500_000 },
  },
}
const failing = (status: number, headers: Record<string, string> = {}) => ({
  status,
  headers,
  body: { error: { message: `no ${status}` } },
})

describe('names', () => {
  it.each([
    ['opnai/gpt', NotFoundError, /did you mean openai/],
    ['zzzzzzzzzzzz/gpt', NotFoundError, /there are anthropic, ollama, openai, recorded, scripted/],
    ['openai:gpt', UsageError, /write openai\/MODEL/],
    ['openai', UsageError, /write openai\/MODEL/],
    ['openai/', UsageError, /names no model/],
    ['recorded/a.jsonl', UsageError, /write recorded:FILE/],
    ['', NotFoundError, /no model provider/],
  ])('%j', async (name, type, text) => {
    const error = await openModel(name, { env: {} }).catch((e: unknown) => e)
    expect(error).toBeInstanceOf(type)
    expect((error as Error).message).toMatch(text)
  })
  it.each([0, -1, 1.5, Number.NaN])('refuses n = %j', async (n) => {
    await expect((await open()).complete({ ...request, n })).rejects.toThrow(/whole number/)
  })
})

describe('retries', () => {
  it.each([408, 409, 425, 429, 500, 502, 503, 529])('status %i is tried again', async (status) => {
    server.answer(failing(status), good)
    expect((await (await open()).complete(request)).completions[0]?.text).toBe('ok')
    expect(server.asked).toHaveLength(2)
  })
  it.each([400, 401, 403, 404, 422])('status %i is not', async (status) => {
    server.answer(failing(status), good)
    await expect((await open()).complete(request)).rejects.toThrow(new RegExp(`answered ${status}: no ${status}`))
    expect(server.asked).toHaveLength(1)
  })
  it.each(['reset', 'break-off'] as const)('a connection that breaks (%s) is tried again', async (answer) => {
    server.answer(answer, good)
    expect((await (await open()).complete(request)).completions[0]?.text).toBe('ok')
  })
  it('a connection that always breaks is one clear error', async () => {
    server.answer('reset')
    await expect((await open({ retries: 2 })).complete(request)).rejects.toThrow(/cannot be reached/)
    expect(server.asked).toHaveLength(3)
  })
  it('an attempt that takes too long is tried again', async () => {
    server.answer('hang', good)
    expect((await (await open({ timeoutSeconds: 0.2 })).complete(request)).completions[0]?.text).toBe('ok')
  })
  it('doubles the wait, up to a minute, and gives up after the retries', async () => {
    const clock = fakeClock()
    server.answer(failing(503))
    await expect((await open({ clock, retries: 9 })).complete(request)).rejects.toThrow(/503/)
    expect(clock.slept).toEqual([250, 500, 1000, 2000, 4000, 8000, 16000, 30000, 30000])
  })
  it('jitters: the wait lies between half and all', async () => {
    const clock = fakeClock()
    server.answer(failing(503), good)
    await (await open({ clock, random: () => 0.5 })).complete(request)
    expect(clock.slept).toEqual([375])
  })
  it.each<[string, Record<string, string>, number]>([
    ['seconds', { 'retry-after': '7' }, 7000],
    ['a date', { 'retry-after': 'Thu, 01 Jan 2026 00:00:30 GMT' }, 30_000],
    ['a date gone by', { 'retry-after': 'Thu, 01 Jan 2015 00:00:30 GMT' }, 250],
    ['milliseconds', { 'retry-after-ms': '1234', 'retry-after': '9' }, 1234],
    ['nonsense', { 'retry-after': 'soon' }, 250],
  ])('waits as long as the server asks: %s', async (_name, headers, wait) => {
    const clock = fakeClock()
    server.answer(failing(429, headers), good)
    await (await open({ clock })).complete(request)
    expect(clock.slept).toEqual([wait])
  })
  it('does not wait for hours, and says so', async () => {
    server.answer(failing(429, { 'retry-after': '86400' }))
    await expect((await open()).complete(request)).rejects.toThrow(/Retry-After: 86400/)
    expect(server.asked).toHaveLength(1)
  })
  it('does not wait for money', async () => {
    server.answer({ status: 429, body: { error: { code: 'insufficient_quota', message: 'pay first' } } })
    await expect((await open()).complete(request)).rejects.toThrow(/pay first/)
    expect(server.asked).toHaveLength(1)
  })
  it.each([401, 403])('names the variable to set on %i', async (status) => {
    server.answer(failing(status))
    await expect((await open()).complete(request)).rejects.toThrow(/set OPENAI_API_KEY/)
  })
})

describe('pace', () => {
  it('spaces requests: a burst of a tenth of a minute, then one by one', async () => {
    const clock = fakeClock()
    server.answer(good)
    const model = await open({ clock, requestsPerMinute: 30 })
    for (let i = 0; i < 6; i++) await model.complete(request)
    expect(clock.slept).toEqual([2000, 2000, 2000])
  })
  it('counts attempts, not questions', async () => {
    const clock = fakeClock()
    server.answer(failing(503), good)
    await (await open({ clock, requestsPerMinute: 6 })).complete(request)
    expect(clock.slept).toEqual([250, 9750])
  })
  it('keeps no more than maxConcurrent requests in flight', async () => {
    let now = 0
    let most = 0
    const fake: typeof fetch = async () => {
      most = Math.max(most, ++now)
      await new Promise((resolve) => setImmediate(resolve))
      now--
      return Response.json(good.body)
    }
    const model = await open({ fetch: fake, maxConcurrent: 3 })
    await Promise.all(Array.from({ length: 12 }, () => model.complete(request)))
    expect(most).toBe(3)
  })
  it.each([{ maxConcurrent: 0 }, { requestsPerMinute: 0 }, { retries: -1 }])('refuses %j', async (options) => {
    await expect(open(options)).rejects.toThrow(UsageError)
  })
})

describe('abort', () => {
  it('ends a request in flight with the reason of the signal', async () => {
    const stop = new AbortController()
    server.answer(() => {
      setImmediate(() => stop.abort(new Error('enough')))
      return 'hang'
    })
    await expect((await open()).complete(request, stop.signal)).rejects.toThrow('enough')
    expect(server.asked).toHaveLength(1)
  })
  it('ends the wait before a retry', async () => {
    const stop = new AbortController()
    server.answer(failing(503))
    const sleep = async (_ms: number, signal?: AbortSignal) => {
      stop.abort(new Error('enough'))
      signal?.throwIfAborted()
    }
    await expect((await open({ clock: { now: () => 0, sleep } })).complete(request, stop.signal)).rejects.toThrow(
      'enough',
    )
    expect(server.asked).toHaveLength(1)
  })
  it('asks nothing when aborted before', async () => {
    server.answer(good)
    await expect((await open()).complete(request, AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough')
    expect(server.asked).toHaveLength(0)
  })
})

describe('cache', () => {
  const entries = async () => (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.json'))
  const openCached = (options: OpenModelOptions = {}) =>
    open({ cacheDir: folder, prices: { 'openai/m': { input: 2, output: 10 } }, ...options })

  it('asks once, also from another process, and says that nothing was spent', async () => {
    server.answer(good)
    const first = await (await openCached()).complete(request)
    const second = await (await openCached()).complete(request)
    expect(server.asked).toHaveLength(1)
    expect(second.completions).toEqual(first.completions)
    expect(first.usage).toEqual({ inputTokens: 1_000_000, outputTokens: 500_000, cost: 7 })
    expect(second.usage).toEqual({ inputTokens: 1_000_000, outputTokens: 500_000, cached: true })
    expect(await entries()).toEqual([expect.stringMatching(/^([0-9a-f]{2})[/\\]\1[0-9a-f]{62}\.json$/)])
  })
  it('does not mind the order of the fields', async () => {
    server.answer(good)
    const model = await openCached()
    await model.complete({ ...request, temperature: 1, seed: 1 })
    await model.complete({ seed: 1, temperature: 1, ...request })
    expect(server.asked).toHaveLength(1)
  })
  it.each<[string, Partial<ModelRequest>]>([
    ['seed', { seed: 2 }],
    ['n', { n: 2 }],
    ['temperature', { temperature: 0.9 }],
    ['stop', { stop: ['a'] }],
    ['prompt', { input: { kind: 'completion', prompt: 'Hi' } }],
  ])('another %s is another question', async (_name, change) => {
    server.answer({
      body: {
        choices: [
          { text: 'a', message: { content: 'a' } },
          { text: 'b', message: { content: 'b' } },
        ],
      },
    })
    const model = await openCached()
    const base = { ...request, temperature: 0.8, seed: 1 }
    await model.complete(base)
    await model.complete({ ...base, ...change })
    expect(server.asked).toHaveLength(2)
  })
  it('another model or address is another question', async () => {
    server.answer(good)
    await (await openCached()).complete(request)
    await (await openCached({ env: { OPENAI_BASE_URL: `${server.url}/v2`, OPENAI_API_KEY: key } })).complete(request)
    const env = { OPENAI_BASE_URL: server.url, OPENAI_API_KEY: key }
    await (await openModel('openai/m2', { env, cacheDir: folder })).complete(request)
    expect(server.asked).toHaveLength(3)
  })
  it.each(['', '{"version":1,"reply":{"completions":[', '{"version":99}', 'null'])(
    'takes a corrupt entry (%j) for none and mends it',
    async (content) => {
      server.answer(good)
      await (await openCached()).complete(request)
      const file = join(folder, (await entries())[0] as string)
      await writeFile(file, content)
      expect((await (await openCached()).complete(request)).usage.cached).toBeUndefined()
      expect((await (await openCached()).complete(request)).usage.cached).toBe(true)
    },
  )
  it('answers although it cannot write', async () => {
    server.answer(good)
    const file = join(folder, 'a-file')
    await writeFile(file, '')
    expect((await (await openCached({ cacheDir: file })).complete(request)).completions[0]?.text).toBe('ok')
  })
  it('leaves no temporary files, and keeps no failures', async () => {
    server.answer(failing(400))
    const model = await openCached()
    await expect(model.complete(request)).rejects.toThrow()
    expect(await readdir(folder)).toEqual([])
    server.answer(good)
    await Promise.all([model.complete(request), model.complete(request)])
    expect((await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.tmp'))).toEqual([])
  })
  it('goes where CUPEL_CACHE says, and nowhere without a home', async () => {
    server.answer(good)
    const env = { OPENAI_BASE_URL: server.url, OPENAI_API_KEY: key }
    await (await openModel('openai/m', { env: { ...env, CUPEL_CACHE: folder } })).complete(request)
    expect((await stat(join(folder, 'models'))).isDirectory()).toBe(true)
    const model = await openModel('openai/m', { env })
    await model.complete(request)
    await model.complete(request)
    expect(server.asked).toHaveLength(3)
  })
})

describe('keys', () => {
  it('are in no error, whatever the server says', async () => {
    server.answer({ status: 401, body: { error: { message: `Incorrect API key provided: ${key}` } } })
    const error = (await (await open()).complete(request).catch((e: unknown) => e)) as ModelError
    expect(error).toBeInstanceOf(ModelError)
    expect(error.message).toContain('[redacted]')
    expect(`${error.message}${error.stack}${String(error.cause)}${JSON.stringify(error)}`).not.toContain(key)
  })
  it('are in no error of the network', async () => {
    const url = `http://user:pa55word-long@127.0.0.1:1/v1`
    const model = await open({ env: { OPENAI_BASE_URL: url, OPENAI_API_KEY: key }, retries: 0 })
    const error = (await model.complete(request).catch((e: unknown) => e)) as Error
    expect(`${error.message}${error.stack}${String(error.cause)}`).not.toMatch(new RegExp(`pa55word|${key}`))
  })
  it('are not in the cache', async () => {
    server.answer({ body: { choices: [{ message: { content: `your key is ${key}` } }] } })
    await (await open({ cacheDir: folder })).complete(request)
    const [name] = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.json'))
    const text = await readFile(join(folder, name as string), 'utf8')
    expect(text).toContain('your key is [redacted]')
    expect(text).not.toContain(key)
  })
})

describe('prices', () => {
  const env = () => ({ OPENAI_BASE_URL: server.url, OPENAI_API_KEY: key, CUPEL_PRICES: join(folder, 'prices.json') })
  it('come from the file that CUPEL_PRICES names', async () => {
    server.answer(good)
    await writeFile(env().CUPEL_PRICES, '{"openai/m": {"input": 1, "output": 4}}')
    expect((await (await open({ env: env() })).complete(request)).usage.cost).toBe(3)
  })
  it('are unknown otherwise', async () => {
    server.answer(good)
    expect(
      (await (await open({ prices: { 'openai/other': { input: 1, output: 1 } } })).complete(request)).usage,
    ).not.toHaveProperty('cost')
  })
  it('in a broken file or none are a clear error', async () => {
    await expect(open({ env: env() })).rejects.toThrow(NotFoundError)
    await writeFile(env().CUPEL_PRICES, '{"openai/m": 3}')
    await expect(open({ env: env() })).rejects.toThrow(BadDataError)
  })
})
