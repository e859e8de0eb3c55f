import { CommanderError } from 'commander'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { BadDataError, IsolationError, UsageError } from '../kernel/index.js'
import { failWith, wantsJson } from './failure.js'

let out: string
let err: string
beforeEach(() => {
  out = ''
  err = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += text
    return true
  })
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    err += text
    return true
  })
})
afterEach(() => vi.restoreAllMocks())

describe('failWith', () => {
  it.each([
    [new UsageError('no'), 2],
    [new BadDataError('no'), 2],
    [new IsolationError('no'), 3],
    [new Error('no'), 3],
    ['no', 3],
    [new CommanderError(1, 'commander.unknownOption', "error: unknown option '--x'"), 2],
    [new CommanderError(0, 'commander.helpDisplayed', '(outputHelp)'), 0],
  ])('%s gives %d', (error, code) => {
    expect(failWith(error, false)).toBe(code)
    expect(out).toBe('')
    expect(err.split('\n').length).toBe(code === 0 ? 1 : 2)
  })

  it('puts the error on standard output too with --json, without what moves the cursor', () => {
    failWith(new UsageError('bad \x1b[31mname'), true)
    expect(JSON.parse(out)).toEqual({ error: { code: 'CUPEL_USAGE', message: 'bad \uFFFD[31mname' } })
    expect(err).toBe('cupel: bad \uFFFD[31mname\n')
  })
})

describe('wantsJson', () => {
  it('does not mind what follows --', () => {
    expect(wantsJson(['run', '--json'])).toBe(true)
    expect(wantsJson(['run', '--', '--json'])).toBe(false)
    expect(wantsJson(['run'])).toBe(false)
  })
})
