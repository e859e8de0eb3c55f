import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { NotFoundError } from '../kernel/index.js'
import { LineSplitter } from './lines.js'
import { readSamples, type SampleLine } from './samples.js'

let work: string
beforeEach(() => {
  work = mkdtempSync(join(tmpdir(), 'cupel-samples-'))
})
afterEach(() => rmSync(work, { recursive: true, force: true }))

async function read(content: string | Buffer, options?: { maxBytes: number }): Promise<SampleLine[]> {
  const path = join(work, 'samples.jsonl')
  writeFileSync(path, content)
  const items: SampleLine[] = []
  for await (const item of readSamples(path, options)) items.push(item)
  return items
}
const values = (items: SampleLine[]) => items.map((item) => ('value' in item ? item.value : item.error))

describe('readSamples', () => {
  it('numbers physical lines, skips blank ones, takes BOM, CRLF and a last line without newline', async () => {
    expect(await read('\uFEFF{"a":1}\r\n\r\n  \n[2]\n"é"')).toEqual([
      { line: 1, value: { a: 1 } },
      { line: 4, value: [2] },
      { line: 5, value: 'é' },
    ])
    expect(await read('')).toEqual([])
  })

  it('gives one error for a bad line and goes on', async () => {
    const items = await read(
      Buffer.concat([Buffer.from('{"a":\n1\n'), Buffer.from([0x22, 0xff, 0x22, 0x0a]), Buffer.from('2')]),
    )
    expect(values(items)).toEqual([
      expect.stringMatching(/^line 1 is not JSON: /),
      1,
      expect.stringMatching(/^line 3 is not valid UTF-8/),
      2,
    ])
  })

  it('refuses a line that is too long, without keeping it, and goes on', async () => {
    expect(values(await read(`1\n"${'x'.repeat(100_000)}"\n2\n`, { maxBytes: 1000 }))).toEqual([
      1,
      expect.stringMatching(/^line 2 is longer/),
      2,
    ])
  })

  it('names UTF-16', async () => {
    expect(values(await read(Buffer.from('\uFEFF{"a":1}\n', 'utf16le')))).toEqual([
      expect.stringMatching(/UTF-16.*UTF-8/),
    ])
  })

  it('reads gzip of several members by its content, and ignores zero bytes after them', async () => {
    const members = Buffer.concat([gzipSync('1\n'), gzipSync('2\n3')])
    expect(values(await read(members))).toEqual([1, 2, 3])
    expect(values(await read(Buffer.concat([members, Buffer.alloc(100_000)])))).toEqual([1, 2, 3])
  })

  it('hands out every whole line before the place where a gzip file ends early', async () => {
    const text = Array.from({ length: 20_000 }, (_, i) => `{"i":${i},"x":"${(i * 2654435761) % 1e9}"}`).join('\n')
    const whole = gzipSync(text)
    // Cut in the trailer only: all data is there, and still the file is not whole.
    const cut = values(await read(whole.subarray(0, -4)))
    expect(cut.at(-1)).toMatch(/the file ends early/)
    expect(cut.length).toBeGreaterThanOrEqual(20_000)

    const half = values(await read(whole.subarray(0, whole.length / 2)))
    expect(half.at(-1)).toMatch(/the file ends early/)
    expect(half.length).toBeGreaterThan(5000)
    expect(half.slice(0, -1)).toEqual(text.split('\n', half.length - 1).map((line) => JSON.parse(line)))
  })

  it('reports damaged gzip data', async () => {
    expect(values(await read(Buffer.concat([gzipSync('1'), Buffer.from('garbage')]))).at(-1)).toMatch(/damaged/)
    const damaged = gzipSync('1\n2\n'.repeat(1000))
    damaged.fill(0xff, 15, 25)
    expect(values(await read(damaged)).at(-1)).toMatch(/damaged/)
    const checksum = gzipSync('1\n2\n')
    checksum[checksum.length - 8]! ^= 1
    expect(values(await read(checksum)).at(-1)).toMatch(/damaged/)
    expect(values(await read(gzipSync('1').subarray(0, 5)))).toEqual([expect.stringMatching(/ends early/)])
  })

  it('names files like the missing one', async () => {
    writeFileSync(join(work, 'samples.jsonl.gz'), '')
    mkdirSync(join(work, 'folder'))
    const first = (path: string) => readSamples(join(work, path)).next()
    await expect(first('sample.jsonl.gz')).rejects.toThrow(/did you mean samples.jsonl.gz\?/)
    await expect(first('unlike-anything-here')).rejects.toThrow(/there is no file [^;]*$/)
    await expect(first('nowhere/a.jsonl')).rejects.toThrow(/there is no folder/)
    await expect(first('folder')).rejects.toThrow(/is a folder/)
    await expect(first('folder')).rejects.toThrow(NotFoundError)
  })

  it('can be left early', async () => {
    const path = join(work, 'long.gz')
    writeFileSync(path, gzipSync('1\n'.repeat(500_000)))
    for await (const item of readSamples(path)) {
      expect(item).toEqual({ line: 1, value: 1 })
      break
    }
  })
})

describe('LineSplitter', () => {
  it('finds the same lines however the bytes are cut', () => {
    const line = fc.string({ maxLength: 12 }).map((text) => text.replaceAll('\n', ' '))
    fc.assert(
      fc.property(fc.array(line), fc.integer({ min: 1, max: 9 }), (lines, step) => {
        const bytes = Buffer.from(lines.map((text) => `${text}\n`).join(''))
        const splitter = new LineSplitter(1000)
        const found = []
        for (let at = 0; at < bytes.length; at += step) found.push(...splitter.push(bytes.subarray(at, at + step)))
        expect([...splitter.end()]).toEqual([])
        expect(found.map(({ bytes }) => bytes.toString())).toEqual(lines)
        expect(found.map(({ number }) => number)).toEqual(lines.map((_, i) => i + 1))
      }),
    )
  })
})
