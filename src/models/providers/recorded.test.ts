import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { BadDataError, ModelError, NotFoundError } from '../../kernel/index.js'
import { openModel } from '../index.js'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cupel-recorded-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function open(rows: unknown[], name = 'a.jsonl') {
  const file = join(folder, name)
  const text = rows.map((row) => (typeof row === 'string' ? row : JSON.stringify(row))).join('\n')
  await writeFile(file, name.endsWith('.gz') ? gzipSync(text) : text)
  return openModel(`recorded:${file}`, { env: {} })
}
const ask = (prompt: string, n = 1) => ({ input: { kind: 'completion' as const, prompt }, n })
const chat = (...contents: string[]) => ({
  input: {
    kind: 'chat' as const,
    messages: contents.map((content, i) => ({
      role: i === 0 && contents.length > 1 ? ('system' as const) : ('user' as const),
      content,
    })),
  },
  n: 1,
})

describe('answers', () => {
  it('gives sample i for the i-th asked, each prompt for itself', async () => {
    const model = await open([
      { prompt: 'p', samples: ['a', 'b', 'c'] },
      { prompt: 'q', samples: ['x'] },
    ])
    expect((await model.complete(ask('p', 2))).completions.map((c) => c.text)).toEqual(['a', 'b'])
    expect((await model.complete(ask('q'))).completions.map((c) => c.text)).toEqual(['x'])
    const last = await model.complete(ask('p'))
    expect(last).toEqual({
      completions: [{ text: 'c', finish: 'stop' }],
      usage: { inputTokens: 0, outputTokens: 0, cached: true },
    })
  })
  it.each(['a.jsonl', 'a.jsonl.gz'])('reads all row forms, and adds up rows of one prompt (%s)', async (name) => {
    const model = await open(
      [
        { prompt: 'p', completion: 'a' },
        '',
        { prompt: 'p', completions: ['b', 'c'] },
        { prompt: 'p', samples: ['d'], task_id: 'T/1' },
      ],
      name,
    )
    expect((await model.complete(ask('p', 4))).completions.map((c) => c.text)).toEqual(['a', 'b', 'c', 'd'])
  })
  it('finds a chat by its last user message, or by all its messages', async () => {
    const model = await open([
      { prompt: 'user', completion: 'a' },
      { prompt: 'system\n\nother', completion: 'b' },
    ])
    expect((await model.complete(chat('system', 'user'))).completions[0]?.text).toBe('a')
    expect((await model.complete(chat('system', 'other'))).completions[0]?.text).toBe('b')
  })
  it('answers rows without a prompt where the task id stands in the text', async () => {
    const model = await open([
      { task_id: 'HumanEval/1', completion: 'a' },
      { task_id: 'HumanEval/10', completion: 'b' },
    ])
    expect((await model.complete(ask('HumanEval/10'))).completions[0]?.text).toBe('b')
    expect((await model.complete(ask('Solve HumanEval/1, please.'))).completions[0]?.text).toBe('a')
  })
  it('applies stop sequences, as the provider would have', async () => {
    const model = await open([{ prompt: 'p', completion: '    return 1\n\ndef g():' }])
    expect((await model.complete({ ...ask('p'), stop: ['\nclass', '\ndef'] })).completions[0]?.text).toBe(
      '    return 1\n',
    )
  })
})

describe('errors', () => {
  it.each([
    ['another prompt', 'def f(x):\n    """Add."""', /the nearest starts with "def f\(x\)/],
    ['white space only', 'def f(x):\n    """Adds."""\n', /white space at its ends only/],
  ])('a prompt that is not recorded: %s', async (_name, prompt, text) => {
    const model = await open([
      { prompt: 'zzz', completion: 'a' },
      { prompt: 'def f(x):\n    """Adds."""', completion: 'b' },
    ])
    const error = await model.complete(ask(prompt)).catch((e: unknown) => e)
    expect(error).toBeInstanceOf(ModelError)
    expect((error as Error).message).toMatch(text)
  })
  it('fewer samples than asked, without using any up', async () => {
    const model = await open([{ prompt: 'p', samples: ['a', 'b'] }])
    await expect(model.complete(ask('p', 3))).rejects.toThrow(
      /holds 2 samples of this prompt and 2 are left, but 3 were asked/,
    )
    expect((await model.complete(ask('p', 2))).completions).toHaveLength(2)
    await expect(model.complete(ask('p'))).rejects.toThrow(/0 are left/)
  })
  it.each<[string, unknown[], RegExp]>([
    ['no JSON', [{ prompt: 'p', completion: 'a' }, '{"prompt"'], /line 2 of .* is not JSON/],
    ['no samples', [{ prompt: 'p' }], /line 1 of .* is no recording/],
    ['no prompt', [{ completion: 'p' }], /needs "prompt" or "task_id"/],
    ['a list', [[1]], /is no recording/],
    ['nothing', [], /holds no rows/],
  ])('a file with %s', async (_name, rows, text) => {
    const error = await open(rows).catch((e: unknown) => e)
    expect(error).toBeInstanceOf(BadDataError)
    expect((error as Error).message).toMatch(text)
  })
  it('a file that is not there, or not gzip, or cut off', async () => {
    await expect(openModel(`recorded:${join(folder, 'no.jsonl')}`, { env: {} })).rejects.toThrow(NotFoundError)
    await expect(openModel(`recorded:${join(folder, 'no.jsonl.gz')}`, { env: {} })).rejects.toThrow(NotFoundError)
    await expect(openModel('recorded:', { env: {} })).rejects.toThrow(/names no file/)
    await writeFile(join(folder, 'b.jsonl.gz'), 'plain text')
    await expect(openModel(`recorded:${join(folder, 'b.jsonl.gz')}`, { env: {} })).rejects.toThrow(/not a whole gzip/)
    await writeFile(
      join(folder, 'c.jsonl.gz'),
      gzipSync('{"prompt":"p","completion":"a"}\n'.repeat(50)).subarray(0, 40),
    )
    await expect(openModel(`recorded:${join(folder, 'c.jsonl.gz')}`, { env: {} })).rejects.toThrow(/not a whole gzip/)
  })
})
