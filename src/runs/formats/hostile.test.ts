import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CupelError } from '../../kernel/index.js'
import { evalArchive, fixtures, inAdding, put, readAll, written, zip } from './formats.test-support.js'
import { parseJson, writeJson } from './python-json.js'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cupel-hostile-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const one = (format: string, holds: string, nth = 0) =>
  JSON.parse(String(fixtures.filter((each) => each.format === format && each.holds === holds)[nth]?.content))
const changed = (value: unknown, change: (copy: never) => void): string => {
  const copy = structuredClone(value)
  change(copy as never)
  return JSON.stringify(copy)
}
const nested = `${'['.repeat(200_000)}${']'.repeat(200_000)}`

type Change = (copy: Record<string, never>) => void
const evalplus = (change: Change) => changed(one('evalplus', 'results'), change)
const set = (path: string, value: unknown) => (copy: unknown) => {
  const parts = path.split('/')
  const last = parts.pop() as string
  const inside = parts.reduce((object, part) => (object as Record<string, unknown>)[part], copy)
  ;(inside as Record<string, unknown>)[last] = value
}

/** What it is, its content, and the one sentence about it. */
const documents: readonly (readonly [string, string | Buffer, RegExp])[] = [
  ['an empty file', '', /is empty/],
  ['white space', ' \n\n', /neither JSON nor JSON Lines/],
  ['null', 'null', /in no format .*null/],
  ['a number', '3', /in no format .*a number/],
  ['an empty object', '{}', /in no format .*object without fields/],
  ['an empty list', '[]', /in no format .*an empty list/],
  ['an unknown object', '{"a": 1, "b": {}}', /in no format .*an object with a, b/],
  ['a document that breaks off', '{"a": [1,\n', /neither JSON nor JSON Lines/],
  ['deep nesting', nested, /nested too deeply|in no format/],
  ['UTF-16', Buffer.from('\uFEFF{}', 'utf16le'), /UTF-16/],
  ['bytes that are no text', Buffer.from([0x7b, 0xff, 0xfe, 0x7d]), /not valid UTF-8/],
  ['gzip that breaks off', gzipSync('{"a": 1}'.repeat(1000)).subarray(0, 40), /cut short/],
  ['gzip that is damaged', Buffer.concat([Buffer.from([0x1f, 0x8b]), Buffer.alloc(100, 7)]), /damaged/],
  ['EvalPlus: a status that is none', evalplus(set('eval/T~0', [{ base_status: 'ok' }])), /T~0 is no .*0\.base_status/],
  ['EvalPlus: a list that is none', evalplus(set('eval/T~0', 3)), /T~0 is no list of results/],
  ['EvalPlus: a program that is none', evalplus(set('eval/T~0', [{ base_status: 'pass', solution: 3 }])), /solution/],
  [
    'EvalPlus: the old form',
    '{"date":"","hash":"","eval":{"a":{"nfiles":1,"base":[["success",[]]],"plus":[]}}}',
    /before 0\.2/,
  ],
  ['bigcode: a number among generations', '[["a", 3]]', /in no format/],
  ['MultiPL-E: a completion that is none', '{"name":"a","language":"js","completions":[3]}', /completions\.0/],
  ['MultiPL-E: a result without status', '{"name":"a","language":"js","results":[{}]}', /results\.0\.status/],
  [
    'LiveCodeBench: lists of different lengths',
    changed(one('livecodebench', 'results'), set('0/graded_list', [true])),
    /abc301_a .*different lengths/,
  ],
  [
    'LiveCodeBench: one id twice',
    changed(one('livecodebench', 'results'), set('1/question_id', 'abc301_a')),
    /abc301_a twice/,
  ],
  [
    'LiveCodeBench: a code that is none',
    changed(one('livecodebench', 'results', 1), set('1/0', [['x']])),
    /: 0 is no evaluation of LiveCodeBench: 0\.0/,
  ],
  [
    'SWE-bench: a prediction under another id',
    '{"a": {"instance_id": "b", "model_patch": "", "model_name_or_path": "m"}}',
    /under a is of b/,
  ],
  ['SWE-bench: a patch that is none', '{"a": {"instance_id": "a", "model_patch": 3}}', /model_patch/],
  ['SWE-bench: a summary of another version', '{"schema_version": 1, "resolved_ids": []}', /schema_version 1/],
  ['SWE-bench: ids that are none', '{"schema_version": 2, "resolved_ids": [3]}', /resolved_ids\.0/],
  ['Inspect: samples that are no list', changed(one('inspect', 'results'), set('samples', {})), /log of Inspect/],
  ['Inspect: an epoch that is none', changed(one('inspect', 'results'), set('samples/0/epoch', 0)), /sample 1 .*epoch/],
  [
    'Inspect: scores that are none',
    changed(one('inspect', 'results'), set('samples/0/scores', 3)),
    /sample 1 .*scores/,
  ],
  ['mini-swe-agent: a message without role', '{"info":{"model_stats":{}},"messages":[{}]}', /messages\.0\.role/],
]

describe('documents', () => {
  it.each(documents)('%s: one sentence', async (_, content, message) => {
    const failed = await readAll(put(folder, 'hostile', content), inAdding).then(
      () => null,
      (error) => error,
    )
    expect(failed).toBeInstanceOf(CupelError)
    expect(failed.message).toMatch(message)
    expect(failed.message.split('\n')).toHaveLength(1)
  })

  it('deep nesting that JSON.parse bears is not written, with one sentence', async () => {
    const deep = `{"eval": {"x": [{"base_status": "pass", "more": ${nested}}]}}`
    const read = await readAll(put(folder, 'deep.json', deep))
    expect(read.rows).toHaveLength(1)
    await expect(written(read.format, read)).rejects.toThrow(/nested too deeply/)
    const special = put(folder, 'deep.json', deep.replace('"pass"', '"pass", "a": NaN'))
    await expect(readAll(special)).rejects.toThrow(/deep\.json is neither JSON nor JSON Lines: it is nested too deeply/)
  })

  it('keys that are names of the language stay keys', async () => {
    const results = '{"date":"","eval":{"__proto__":[{"base_status":"pass"}],"constructor":[{"base_status":"fail"}]}}'
    const { rows } = await readAll(put(folder, 'proto.json', results))
    expect(rows.map(({ problemId, passed }) => [problemId, passed])).toEqual([
      ['__proto__', true],
      ['constructor', false],
    ])
  })

  it('generations of another length than the benchmark are refused', async () => {
    const path = put(folder, 'three.json', '[["a"],["b"],["c"]]')
    await expect(readAll(path, inAdding)).rejects.toThrow(/3 lists, but adding has 2 problems/)
    await expect(readAll(path)).rejects.toThrow(/name it with --benchmark/)
  })
})

describe('lines', () => {
  const good = '{"task_id": "a", "completion": "x"}'
  it.each([
    ['a line that breaks off', `${good}\n{"task_id": "b", "comp`, ['line 2 is not JSON']],
    [
      'wrong types',
      `${good}\n{"task_id": 3, "completion": "x"}\n[]\n3`,
      ['line 2 is no', 'line 3 is no', 'line 4 is no'],
    ],
    ['no program', `${good}\n\n{"task_id": "b"}`, ['line 3 is no sample: neither completion nor solution']],
    ['a bad first line', `{"tor\n${good}`, ['line 1 is not JSON']],
  ])('%s: the others are read', async (_, content, bad) => {
    const read = await readAll(put(folder, 'lines.jsonl', content))
    expect(read.rows.map(({ problemId }) => problemId)).toEqual(['a'])
    expect(read.bad.map(({ error }, i) => error.slice(0, bad[i]?.length))).toEqual(bad)
  })

  it('gzip that breaks off gives what precedes the break', async () => {
    const packed = gzipSync(`${good}\n`.repeat(5000), { level: 0 })
    const read = await readAll(put(folder, 'cut.jsonl.gz', packed.subarray(0, packed.length - 2000)))
    expect(read.rows.length).toBeGreaterThan(4000)
    expect(read.bad).toHaveLength(1)
    expect(read.bad[0]?.error).toMatch(/cut short/)
  })

  it('the same row twice is two samples', async () => {
    const read = await readAll(put(folder, 'twice.jsonl', `${good}\n${good}\n`))
    expect(read.rows.map(({ sample }) => sample)).toEqual([0, 1])
  })
})

describe('archives', () => {
  const archive = (name: string, content: Buffer) => readAll(put(folder, name, content))

  it.each(['../../etc/passwd', '/etc/passwd', 'samples/../../x_epoch_1.json', '..\\x', 'C:\\x', 'a\0b'])(
    'with the name %j are refused as a whole',
    async (name) => {
      await expect(archive('out.eval', evalArchive([{ name, text: '{}' }]))).rejects.toThrow(/leads out of it/)
    },
  )

  it('an entry that unpacks to more than it may is refused while it is unpacked', async () => {
    const bomb = zip([{ name: 'header.json', text: Buffer.alloc(257 * 1024 * 1024), size: 10 }])
    expect(bomb.length).toBeLessThan(1024 * 1024)
    await expect(archive('bomb.eval', bomb)).rejects.toThrow(/header\.json unpacks to more than .*256 MiB/)
  })

  it.each([
    ['cut short', evalArchive().subarray(0, 500), /directory is missing/],
    ['nothing but the beginning', Buffer.from('PK\x03\x04'), /directory is missing/],
    ['not a log', zip([{ name: 'a.json', text: '{}' }]), /zip archive of 1 × entry \(a\.json\)/],
    ['empty', zip([]), /zip archive of nothing/],
    [
      'an entry with a wrong checksum',
      evalArchive([{ name: 'samples/x_epoch_1.json', text: '{}', crc: 1 }]),
      /checksum/,
    ],
    [
      'an entry that is no JSON',
      evalArchive([{ name: 'samples/x_epoch_1.json', text: '{' }]),
      /x_epoch_1\.json is not JSON/,
    ],
    [
      'an entry that is no sample',
      evalArchive([{ name: 'samples/x_epoch_1.json', text: '[]' }]),
      /no sample of Inspect/,
    ],
    ['an encrypted entry', evalArchive([{ name: 'samples/x_epoch_1.json', text: '{}', flags: 1 }]), /encrypted/],
    ['an unknown packing', evalArchive([{ name: 'samples/x_epoch_1.json', text: '{}', method: 14 }]), /method 14/],
  ])('%s: one sentence', async (_, content, message) => {
    await expect(archive('bad.eval', content)).rejects.toThrow(message)
  })

  describe('an entry packed with zstd', () => {
    const name = 'samples/z_epoch_1.json'
    const text = JSON.stringify({
      ...{ id: 'z', epoch: 1, input: 'q'.repeat(300), target: '4' },
      scores: { match: { value: 'C', answer: '4' } },
      output: { choices: [{ message: { content: '4' } }] },
    })
    /** `zstd -19` of that text, with blanks after colons and commas as Python writes it. */
    const packed = Buffer.from(
      'KLUv/WTLAKUDAMIHFxaAbcZY/Sj6OG5ukNufEaV9sqYJzSCAMRLbdJtTY72nynBgiDvYcB13phgbhV5bZ1o41eok6znYLmWY6qeNY+9MB6d61WjWnmnmVK+zNORMQKoP5hY909GpLpBhBwBZkcIzaMBrAOngqhq2lusNRQVP0Td+hw==',
      'base64',
    )
    const python = text.replace(/([:,])(?=["\d{[])/g, '$1 ')
    const entry = { name, text: python, method: 93, as: packed }

    it('is read', async () => {
      const { rows, bad } = await archive('zstd.eval', evalArchive([entry]))
      expect(bad).toEqual([])
      expect(JSON.stringify(rows.at(-1))).toContain('"z"')
    })

    it.each([
      ['cut short', { as: packed.subarray(0, 60) }, /could not be unpacked|checksum/],
      ['another text than its checksum is of', { crc: 1 }, /checksum/],
      ['more than the archive says', { size: 100 }, /could not be unpacked|checksum/],
      ['no zstd at all', { as: Buffer.from('(not packed)') }, /could not be unpacked/],
    ])('is refused in one sentence where it is %s', async (_, change, message) =>
      expect(archive('zstd.eval', evalArchive([{ ...entry, ...change }]))).rejects.toThrow(message),
    )

    it('is not begun where it would be too large', async () =>
      expect(archive('zstd.eval', evalArchive([{ ...entry, size: 257 * 1024 * 1024 }]))).rejects.toThrow(/256 MiB/))
  })

  it('damage anywhere in the directory is an error of the data, never a crash', async () => {
    const whole = evalArchive()
    for (let at = whole.length - 300; at < whole.length; at += 3)
      for (const byte of [0, 0xff]) {
        const damaged = Buffer.from(whole)
        damaged[at] = byte
        const failed = await archive('damaged.eval', damaged).then(
          () => null,
          (error) => error,
        )
        if (failed !== null) expect(failed).toBeInstanceOf(CupelError)
      }
  })
})

describe('JSON of Python', () => {
  it('keeps NaN, Infinity and whole numbers of any size, and strings that look like them', () => {
    const text = `{"a": [NaN, -Infinity, Infinity, 12345678901234567890, -9007199254740993, 1e5, 0.1234567890123456, 1234567890123456],
      "NaN": "NaN, Infinity \\"12345678901234567890\\" \\\\", "e": 1.5e300}`
    const value = parseJson(text)
    expect(value).toEqual({
      a: [
        Number.NaN,
        -Infinity,
        Infinity,
        12345678901234567890n,
        -9007199254740993n,
        1e5,
        0.1234567890123456,
        1234567890123456,
      ],
      NaN: 'NaN, Infinity "12345678901234567890" \\',
      e: 1.5e300,
    })
    expect(parseJson(writeJson(value))).toEqual(value)
    expect(writeJson(value)).toContain('[NaN,-Infinity,Infinity,12345678901234567890,-9007199254740993,')
    expect(parseJson(writeJson(value, 2))).toEqual(value)
  })

  it.each([
    '{NaN: 1}',
    '[xNaN]',
    '[1NaN]',
    '[-NaN]',
    '[+Infinity]',
    '[0123456789012345678]',
    '["NaN',
    '{"a": NaN',
    '12345678901234567890: 1',
  ])('refuses %j as JSON.parse would', (text) => {
    expect(() => parseJson(text)).toThrow(SyntaxError)
  })
})
