import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import { Progress } from './progress.js'

function setUp(options: { total: number; done?: number; tty?: boolean; columns?: number; quiet?: boolean }) {
  const written: string[] = []
  const clock = { ms: 0 }
  const stream = {
    isTTY: options.tty ?? false,
    columns: options.columns ?? 100,
    write: (text: string) => written.push(text),
  }
  const { total, done = 0, quiet = false } = options
  return { progress: new Progress({ total, done, quiet, stream, now: () => clock.ms }), written, clock }
}

describe('off a terminal', () => {
  it('writes a line at every tenth of the work', () => {
    const { progress, written } = setUp({ total: 200 })
    for (let i = 0; i < 200; i++) progress.add('passed')
    progress.end()
    expect(written).toHaveLength(10)
    expect(written[0]).toBe('20/200  passed 20\n')
    expect(written.join('')).not.toContain('\x1b')
  })

  it('writes a line every ten seconds, with rate, time left and verdicts', () => {
    const { progress, written, clock } = setUp({ total: 1000, done: 100 })
    for (let i = 0; i < 20; i++) {
      clock.ms += 1000
      progress.add(i % 4 === 0 ? 'wrong' : 'passed')
    }
    expect(written).toEqual([
      '110/1000  1.0/s  14 min 50 s left  passed 7  wrong 3\n',
      '120/1000  1.0/s  14 min 40 s left  passed 15  wrong 5\n',
    ])
  })

  it('ends with the last state, once', () => {
    const { progress, written } = setUp({ total: 100 })
    progress.add()
    progress.end()
    progress.end()
    expect(written).toEqual(['1/100\n'])
  })
})

describe('on a terminal', () => {
  it('rewrites one line at most ten times a second', () => {
    const { progress, written, clock } = setUp({ total: 5000, tty: true })
    for (let i = 0; i < 1000; i++) {
      progress.add('passed')
      clock.ms += 1
    }
    expect(written).toHaveLength(10)
    for (const text of written) {
      expect(text.startsWith('\r\x1b[K')).toBe(true)
      expect(text).not.toContain('\n')
    }
    progress.end()
    expect(written.at(-1)).toMatch(/\n$/)
  })

  it('never wraps', () => {
    const { progress, written, clock } = setUp({ total: 100, tty: true, columns: 20 })
    for (const kind of ['passed', 'wrong', 'time-limit'] as const) {
      clock.ms += 1000
      progress.add(kind)
    }
    for (const text of written) expect(stripVTControlCharacters(text).replace('\r', '').length).toBeLessThan(20)
  })

  it('puts notes above the line', () => {
    const { progress, written } = setUp({ total: 10, tty: true })
    progress.add()
    progress.note('line 3 is not JSON')
    expect(written.at(-1)).toBe('\r\x1b[Kline 3 is not JSON\n1/10')
  })
})

it('when quiet writes notes only', () => {
  for (const tty of [true, false]) {
    const { progress, written } = setUp({ total: 1, tty, quiet: true })
    progress.add('passed')
    progress.note('remark')
    progress.end()
    expect(written).toEqual(['remark\n'])
  }
})
