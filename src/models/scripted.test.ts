import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { BadDataError, ModelError, NotFoundError } from '../kernel/index.js'
import { openModel, scriptedModel } from './index.js'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cupel-scripted-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const ask = (content: string, n = 1) => ({
  input: { kind: 'chat' as const, messages: [{ role: 'user' as const, content }] },
  n,
})
const texts = async (reply: Promise<{ completions: readonly { text: string }[] }>) =>
  (await reply).completions.map((c) => c.text)

it('gives its replies in order, one for each sample', async () => {
  const model = scriptedModel(['a', { text: 'b', finish: 'length', reasoning: 'hm' }, 'c'])
  const reply = await model.complete(ask('12345678', 2))
  expect(reply.completions).toEqual([
    { text: 'a', finish: 'stop' },
    { text: 'b', finish: 'length', reasoning: 'hm' },
  ])
  expect(reply.usage).toEqual({ inputTokens: 2, outputTokens: 1 })
  expect(await texts(model.complete(ask('x')))).toEqual(['c'])
  const error = await model.complete(ask('the question')).catch((e: unknown) => e)
  expect(error).toBeInstanceOf(ModelError)
  expect((error as Error).message).toMatch(/no reply left for "the question".*3 replies/)
  expect(model.requests).toHaveLength(3)
})

it('answers by what the prompt contains before it goes on in order', async () => {
  const model = scriptedModel([{ match: 'tests', reply: ['t1', 't2'] }, 'first', { match: 'judge', reply: 'yes' }])
  expect(await texts(model.complete(ask('write tests', 3)))).toEqual(['t1', 't2', 't2'])
  expect(await texts(model.complete(ask('judge this')))).toEqual(['yes'])
  expect(await texts(model.complete(ask('else')))).toEqual(['first'])
})

it.each([
  ['an array', '["a", {"match": "x", "reply": "b"}]'],
  ['lines', '"a"\n{"match": "x", "reply": "b"}\n'],
])('reads %s from a file', async (_name, content) => {
  const file = join(folder, 'script.json')
  await writeFile(file, content)
  const model = await openModel(`scripted:${file}`, { env: {} })
  expect(model.name).toBe(`scripted:${file}`)
  expect(await texts(model.complete(ask('x')))).toEqual(['b'])
  expect(await texts(model.complete(ask('y')))).toEqual(['a'])
})

it('says what is wrong with a file', async () => {
  const file = join(folder, 'script.json')
  await expect(openModel(`scripted:${file}`, { env: {} })).rejects.toThrow(NotFoundError)
  await writeFile(file, '["a", 3]')
  await expect(openModel(`scripted:${file}`, { env: {} })).rejects.toThrow(/entry 2 of/)
  await writeFile(file, '"a"\nb')
  await expect(openModel(`scripted:${file}`, { env: {} })).rejects.toThrow(BadDataError)
})
