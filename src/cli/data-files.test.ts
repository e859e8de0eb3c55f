import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { UsageError } from '../kernel/index.js'
import { chosenFiles, neededFiles } from './data-files.js'

const folder = mkdtempSync(join(tmpdir(), 'cupel-needed-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const humaneval = 'openai__human-eval/data/HumanEval.jsonl.gz'

it('names each file once, with all who need it, and where it is', () => {
  const before = neededFiles(folder)
  expect(new Set(before.map(({ path }) => path)).size).toBe(before.length)
  expect(before.every(({ found, usedBy }) => found === null && usedBy.length > 0)).toBe(true)
  const plain = join(folder, humaneval.replace('.gz', ''))
  mkdirSync(dirname(plain), { recursive: true })
  writeFileSync(plain, '')
  expect(neededFiles(folder).find(({ path }) => path === humaneval)?.found).toBe(plain)
})

it('chooses by benchmark, study or path', () => {
  expect(chosenFiles(['humaneval', humaneval], false).map(({ path }) => path)).toContain(humaneval)
  const study = chosenFiles(['codet-humaneval'], false)
  expect(study.length).toBeGreaterThanOrEqual(3)
  expect(study.every(({ usedBy }) => usedBy.includes('codet-humaneval'))).toBe(true)
  expect(chosenFiles([], true).every(({ from }) => from !== undefined)).toBe(true)
  expect(chosenFiles(['first-assay'], false)).toEqual([])
})

it('refuses nothing, everything and something, and names it does not know', () => {
  expect(() => chosenFiles([], false)).toThrow(UsageError)
  expect(() => chosenFiles(['humaneval'], true)).toThrow(UsageError)
  expect(() => chosenFiles(['humanevall'], false)).toThrow(/did you mean humaneval/)
})
