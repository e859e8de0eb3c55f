import { describe, expect, it } from 'vitest'
import { isAsset, outputsOf } from './build.mjs'

describe('isAsset', () => {
  it.each([
    'generate/methods/codet.prompt.md',
    'execute/sandbox/native/warden.c',
    'execute/judge/runner.py',
    'runs/reports/page.css',
  ])('copies %s', (path) => expect(isAsset(path)).toBe(true))
  it.each([
    'kernel/README.md',
    'kernel/define.ts',
    'cli/run.test.mjs',
    'execute/__pycache__/a.py',
    'execute/languages/conformance/programs/c.md',
    'notes.txt',
  ])('does not copy %s', (path) => expect(isAsset(path)).toBe(false))
})

describe('outputsOf', () => {
  it('is three files for a module and none for a test', () => {
    expect(outputsOf('kernel/define.ts')).toEqual(['kernel/define.js', 'kernel/define.js.map', 'kernel/define.d.ts'])
    expect(outputsOf('kernel/define.test.ts')).toEqual([])
    expect(outputsOf('a.d.ts')).toEqual([])
    expect(outputsOf('cli/command.test-support.ts')).toEqual([])
  })
})
