import { describe, expect, it } from 'vitest'
import { dialectOf, dialects } from './extract/dialect.js'
import { fencedBlocks } from './extract/fences.js'
import { codeSpans } from './extract/plain.js'
import { extractCode } from './extract.js'
import { add, fence, python } from './extract.test-support.js'

describe('work', () => {
  /** Counts how often any line is read. */
  function counted(lines: string[]): { lines: string[]; reads: () => number } {
    let reads = 0
    const proxy = new Proxy(lines, {
      get(target, key, self) {
        if (typeof key === 'string' && /^\d+$/.test(key)) reads++
        return Reflect.get(target, key, self)
      },
    })
    return { lines: proxy, reads: () => reads }
  }
  const shapes: Record<string, (i: number) => string> = {
    'opening fences': () => '```python',
    'bare fences': () => '```',
    'lines of code': (i) => `x${i} = ${i}`,
    prose: () => 'This is one more line of prose that explains it.',
    'triple quotes': () => '"""',
    'fences and quotes': (i) => ['```python', '"""', '```', '    x'][i % 4] as string,
    'opening brackets': () => 'f(',
  }
  it.each(Object.keys(shapes))('reads each line a bounded number of times: %s', (shape) => {
    for (const size of [2_000, 8_000]) {
      const all = Array.from({ length: size }, (_, i) => (shapes[shape] as (i: number) => string)(i))
      const fences = counted(all)
      fencedBlocks(fences.lines)
      expect(fences.reads()).toBeLessThanOrEqual(3 * size)
      const plain = counted(all)
      codeSpans(plain.lines, dialectOf('python'))
      expect(plain.reads()).toBeLessThanOrEqual(3 * size)
    }
  })
  it.each(Object.keys(shapes))('comes to an end on 200,000 lines: %s', (shape) => {
    const reply = Array.from({ length: 200_000 }, (_, i) => (shapes[shape] as (i: number) => string)(i)).join('\n')
    expect(extractCode(`${reply}\n`, { language: 'python', entryPoint: 'add' })).toHaveProperty('how')
  })
  it.each([
    '<think>',
    '</think>',
    '<|endoftext|>',
    '\u200b',
    'add(',
    '[PYTHON]',
    '`',
    '> ',
    ' ',
    'a ',
    'const ',
    '(',
    '{',
  ])('comes to an end on one line of 50,000 times %j, in every language', (piece) => {
    const reply = piece.repeat(50_000)
    for (const language of [...dialects.map((d) => d.name), 'kotlin'])
      expect(extractCode(reply, { language, entryPoint: 'add' })).toHaveProperty('how')
  })
  it('finds the answer at the end of 200,000 lines of reasoning', () => {
    const thought = Array.from({ length: 100_000 }, (_, i) => `Step ${i}: consider that again.\n\`\`\`python`).join(
      '\n',
    )
    expect(extractCode(`${thought}\n</think>\n${fence(add)}`, python).code).toBe(add)
  })
})
