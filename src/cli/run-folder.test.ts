import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { UsageError } from '../kernel/index.js'
import { runFolder } from './run-folder.js'

let base: string
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'cupel-folder-'))
})
afterEach(() => rmSync(base, { recursive: true, force: true }))

const now = new Date(2026, 2, 5, 7, 8, 9)

describe('runFolder', () => {
  it('is what the user says', () => {
    expect(runFolder('humaneval', { out: 'here', resume: true }, now, base)).toBe('here')
  })

  it('is new, named after benchmark and time', () => {
    const first = runFolder('humaneval', {}, now, base)
    expect(first).toBe(join(base, 'humaneval-20260305-070809'))
    mkdirSync(first)
    expect(runFolder('humaneval', {}, now, base)).toBe(`${first}-2`)
  })

  it('is the newest unfinished run of the benchmark to resume', () => {
    for (const name of [
      'humaneval-20260101-000000',
      'humaneval-20260102-000000',
      'humaneval-20260103-000000',
      'humaneval-plus-20260104-000000',
    ])
      mkdirSync(join(base, name))
    writeFileSync(join(base, 'humaneval-20260103-000000', 'summary.json'), '{}')
    expect(runFolder('humaneval', { resume: true }, now, base)).toBe(join(base, 'humaneval-20260102-000000'))
  })

  it('is an error where there is nothing to resume', () => {
    expect(() => runFolder('humaneval', { resume: true }, now, base)).toThrow(UsageError)
    expect(() => runFolder('humaneval', { resume: true }, now, join(base, 'none'))).toThrow(/--out/)
  })
})
