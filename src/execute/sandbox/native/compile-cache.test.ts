import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CompileCache, type Compiled, ownFolder } from './compile-cache.js'

let outside: string
let folder: string
beforeEach(() => {
  outside = mkdtempSync(join(tmpdir(), 'cupel-compiled-'))
  folder = join(outside, 'compiled')
})
afterEach(() => rmSync(outside, { recursive: true, force: true }))

const key = (letter: string) => letter.repeat(64)
const compiled = (content: Buffer | string, more: Partial<Compiled> = {}): Compiled => ({
  ok: true,
  stdout: 'out',
  stderr: 'warning: é',
  cpuMs: 12.5,
  wallMs: 20,
  peakBytes: 1000,
  files: [
    { name: 'out', content: Buffer.from(content), mode: 0o755 },
    { name: 'deep/x.class', content: Buffer.from([0, 255]), mode: 0o644 },
  ],
  ...more,
})
/** A cache of another process. */
const another = () => new CompileCache(folder)
const path = (letter: string) => join(folder, key(letter))

it('gives back what was put, in this process and in the next', async () => {
  const cache = new CompileCache(folder)
  expect(await cache.get(key('a'))).toBeNull()
  await cache.put(key('a'), compiled('program'))
  await cache.put(key('b'), compiled('', { ok: false, files: [] }))
  for (const one of [cache, another()]) {
    expect(await one.get(key('a'))).toEqual(compiled('program'))
    expect(await one.get(key('b'))).toEqual(compiled('', { ok: false, files: [] }))
  }
  expect(readdirSync(folder).sort()).toEqual([key('a'), key('b')])
})

describe('what is damaged is a miss', () => {
  beforeEach(() => new CompileCache(folder).put(key('a'), compiled('program')))

  it('at any byte', async () => {
    const good = readFileSync(path('a'))
    for (let at = 0; at < good.length; at++) {
      const bad = Buffer.from(good)
      bad[at] = (bad[at] as number) ^ 1
      writeFileSync(path('a'), bad)
      expect(await another().get(key('a')), `byte ${at}`).toBeNull()
      expect(existsSync(path('a'))).toBe(false)
    }
    writeFileSync(path('a'), good, { mode: 0o600 })
    expect(await another().get(key('a'))).not.toBeNull()
  })

  it('at any length', async () => {
    const good = readFileSync(path('a'))
    for (let length = 0; length < good.length; length += 7) {
      writeFileSync(path('a'), good)
      truncateSync(path('a'), length)
      expect(await another().get(key('a'))).toBeNull()
    }
  })

  it('under the name of another', async () => {
    renameSync(path('a'), path('b'))
    expect(await another().get(key('b'))).toBeNull()
  })

  it('and can be put again', async () => {
    writeFileSync(path('a'), 'nonsense')
    const cache = another()
    expect(await cache.get(key('a'))).toBeNull()
    await cache.put(key('a'), compiled('again'))
    expect(await another().get(key('a'))).toEqual(compiled('again'))
  })
})

describe('nothing is taken that somebody else could have written', () => {
  beforeEach(() => new CompileCache(folder).put(key('a'), compiled('program')))

  it('is private', () => {
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    expect(statSync(path('a')).mode & 0o777).toBe(0o600)
  })

  it.each([0o770, 0o707, 0o722])('a folder with mode %o', async (mode) => {
    chmodSync(folder, mode)
    const cache = another()
    expect(await cache.get(key('a'))).toBeNull()
    await cache.put(key('c'), compiled('c'))
    expect(await cache.get(key('c'))).toEqual(compiled('c')) // in memory
    expect(readdirSync(folder)).toEqual([key('a')])
  })

  it('a file that others may write to', async () => {
    chmodSync(path('a'), 0o666)
    expect(await another().get(key('a'))).toBeNull()
  })

  it('a link, as folder or as file', async () => {
    copyFileSync(path('a'), join(outside, 'elsewhere'))
    rmSync(path('a'))
    symlinkSync(join(outside, 'elsewhere'), path('a'))
    expect(await another().get(key('a'))).toBeNull()
    const link = join(outside, 'link')
    symlinkSync(folder, link)
    expect(await ownFolder(link, 0o700)).toBe(false)
  })

  it('anything of another user', async () => {
    if (process.getuid?.() !== 0) return console.log('not tested: only root can give a file away')
    const { chownSync } = await import('node:fs')
    chownSync(path('a'), 12345, 12345)
    expect(await another().get(key('a'))).toBeNull()
    chownSync(path('a'), 0, 0)
    chownSync(folder, 12345, 12345)
    expect(await another().get(key('a'))).toBeNull()
    expect(existsSync(path('a'))).toBe(true)
  })
})

it('without a folder that can be made it is a memory', async () => {
  writeFileSync(folder, 'a file')
  const cache = another()
  await cache.put(key('a'), compiled('x'))
  expect(await cache.get(key('a'))).toEqual(compiled('x'))
  expect(await another().get(key('a'))).toBeNull()
})

it('keeps its size in memory by giving up what was used longest ago', async () => {
  writeFileSync(folder, 'no disk')
  const cache = new CompileCache(folder, { memoryBytes: 10_000, diskBytes: 10_000 })
  for (const letter of 'abc') await cache.put(key(letter), compiled(Buffer.alloc(2000)))
  expect(await cache.get(key('a'))).not.toBeNull()
  await cache.put(key('d'), compiled(Buffer.alloc(2000)))
  const there = await Promise.all([...'abcd'].map((letter) => cache.get(key(letter))))
  expect(there.map((one) => one !== null)).toEqual([true, false, true, true])
  await cache.put(key('e'), compiled(Buffer.alloc(20_000))) // does not fit at all
  expect(await cache.get(key('e'))).toBeNull()
  expect(await cache.get(key('a'))).not.toBeNull()
})

it('keeps its size on the disk by removing what was used longest ago, and what a dead process left', async () => {
  const sizes = { memoryBytes: 0, diskBytes: 100_000 }
  const cache = new CompileCache(folder, sizes)
  const old = (letter: string, minutes: number) => {
    const time = new Date(Date.now() - minutes * 60_000)
    utimesSync(letter.length > 1 ? join(folder, letter) : path(letter), time, time)
  }
  for (const letter of 'abcd') await cache.put(key(letter), compiled(Buffer.alloc(20_000)))
  for (const [letter, minutes] of Object.entries({ a: 40, b: 30, c: 20, d: 10 })) old(letter, minutes)
  expect(await cache.get(key('a'))).not.toBeNull() // used now
  for (const [name, minutes] of [
    ['x.partial', 120],
    ['y.partial', 1],
  ] as const) {
    writeFileSync(join(folder, name), '')
    old(name, minutes)
  }
  await new CompileCache(folder, sizes).put(key('e'), compiled(Buffer.alloc(20_000)))
  expect(readdirSync(folder).sort()).toEqual([key('a'), key('c'), key('d'), key('e'), 'y.partial'])
})

it('holds for several processes that put and sweep at once', async () => {
  mkdirSync(folder, { mode: 0o700 })
  const caches = Array.from({ length: 6 }, () => new CompileCache(folder, { memoryBytes: 0, diskBytes: 50_000 }))
  await Promise.all(
    Array.from({ length: 60 }, async (_, i) => {
      const cache = caches[i % caches.length] as CompileCache
      const letter = 'abcdefgh'[i % 8] as string
      await cache.put(key(letter), compiled(letter.repeat(10_000)))
      const found = await cache.get(key(letter))
      if (found) expect(found).toEqual(compiled(letter.repeat(10_000)))
    }),
  )
  expect(readdirSync(folder).every((name) => /^(.)\1{63}$/.test(name))).toBe(true)
})
