import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { installAdvice, isIncompleteLock, whyInstall } from './install.mjs'

let base: string
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'cupel-install-'))
})
afterEach(() => rmSync(base, { recursive: true }))

/** Writes a file last changed at a second of the epoch. */
function at(second: number, path: string) {
  mkdirSync(join(base, path, '..'), { recursive: true })
  writeFileSync(join(base, path), '{}')
  utimesSync(join(base, path), second, second)
}

describe('whyInstall', () => {
  it('wants an install where there was none, and where the lock file changed since', () => {
    at(100, 'package-lock.json')
    expect(whyInstall(base)).toContain('not installed')
    at(50, 'node_modules/.package-lock.json')
    expect(whyInstall(base)).toContain('newer')
    at(150, 'node_modules/.package-lock.json')
    expect(whyInstall(base)).toBeNull()
  })
})

describe('installAdvice', () => {
  it.each([
    ['npm error code EAI_AGAIN\nnpm error request failed', 'registry could not be reached'],
    ['spawnSync npm ENOENT', 'npm was not found'],
    ['npm error code ENOSPC', 'disk is full'],
    ['npm error code EUSAGE\nnpm error `npm ci` can only install packages when in sync', 'do not agree'],
    ['npm error something else', 'what it said is above'],
  ])('%s', (said, advice) => {
    expect(installAdvice(said)).toContain(advice)
  })
})

describe('isIncompleteLock', () => {
  const missing = 'npm error Missing: @biomejs/cli-darwin-arm64@ from lock file'
  it('is a lock file that lacks packages which could not be looked up', () => {
    expect(isIncompleteLock(`npm error code EUSAGE\n${missing}`)).toBe(true)
  })
  it('is not a lock file that disagrees with package.json', () => {
    expect(isIncompleteLock(`${missing}\nnpm error Missing: zod@4.6.7 from lock file`)).toBe(false)
    expect(isIncompleteLock(`npm error Invalid: lock file's zod@4.6.7 does not satisfy zod@4.0.0`)).toBe(false)
    expect(isIncompleteLock('npm error code EAI_AGAIN')).toBe(false)
  })
})
