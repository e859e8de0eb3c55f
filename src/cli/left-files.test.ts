import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { OutputFile } from '../kernel/index.js'
import { writeLeftFiles } from './left-files.js'

let outside: string
let folder: string
beforeEach(() => {
  outside = mkdtempSync(join(tmpdir(), 'cupel-left-'))
  folder = join(outside, 'results')
})
afterEach(() => rmSync(outside, { recursive: true, force: true }))

const text = (path: string, content: string): OutputFile => ({ path, bytes: content.length, text: content })
const inFolder = (path: string) => readFileSync(join(folder, path))

it('writes text and bytes into a folder that it makes, with folders below', async () => {
  const files = [text('a.txt', 'hé\n'), { path: 'd/e/b', bytes: 2, base64: Buffer.from([255, 0]).toString('base64') }]
  expect(await writeLeftFiles(folder, files, false)).toEqual([])
  expect(inFolder('a.txt').toString()).toBe('hé\n')
  expect(inFolder('d/e/b')).toEqual(Buffer.from([255, 0]))
})

it('never leaves the folder, whatever the paths are', async () => {
  const paths = ['../x', '/tmp/cupel-left-x', 'a/../../x', 'a//x', './x', '..', '.', '', 'a/', 'x\0y']
  const problems = await writeLeftFiles(folder, [...paths.map((path) => text(path, 'x')), text('good', 'x')], true)
  expect(problems).toHaveLength(paths.length)
  for (const problem of problems) expect(problem).toMatch(/would leave the folder/)
  expect(readdirSync(outside)).toEqual(['results'])
  expect(readdirSync(folder)).toEqual(['good'])
})

it.each([false, true])('follows no link and waits for no pipe, force: %s', async (force) => {
  mkdirSync(folder)
  writeFileSync(join(outside, 'secret'), 'mine')
  symlinkSync(join(outside, 'secret'), join(folder, 'file'))
  symlinkSync(join(outside, 'nothing'), join(folder, 'dangling'))
  symlinkSync(outside, join(folder, 'folder'))
  mkdirSync(join(folder, 'taken'))
  execFileSync('mkfifo', [join(folder, 'fifo')])
  const files = ['file', 'dangling', 'folder/new', 'taken', 'fifo'].map((path) => text(path, 'theirs'))
  expect(await writeLeftFiles(folder, files, force)).toHaveLength(5)
  expect(readFileSync(join(outside, 'secret'), 'utf8')).toBe('mine')
  expect(readdirSync(outside).sort()).toEqual(['results', 'secret'])
})

it('replaces a file only by force', async () => {
  mkdirSync(folder)
  writeFileSync(join(folder, 'a'), 'longer than before')
  expect(await writeLeftFiles(folder, [text('a', 'new'), text('b', 'b')], false)).toEqual([
    'a was not written: it is there already (--force replaces it)',
  ])
  expect([inFolder('a').toString(), inFolder('b').toString()]).toEqual(['longer than before', 'b'])
  expect(await writeLeftFiles(folder, [text('a', 'new')], true)).toEqual([])
  expect(inFolder('a').toString()).toBe('new')
})

it('says what was left out, and when there can be no such folder', async () => {
  const left = { path: 'big', bytes: 10 ** 9, leftOut: 'it is large' }
  expect(await writeLeftFiles(folder, [left], false)).toEqual(['big was left out: it is large'])
  writeFileSync(join(outside, 'file'), '')
  await expect(writeLeftFiles(join(outside, 'file'), [], false)).rejects.toThrow(/cannot be written to/)
})
