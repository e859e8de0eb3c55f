import { array, assert, asyncProperty, constantFrom, integer, oneof, property, string } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Random, UsageError } from '../kernel/index.js'
import {
  causalMask,
  endOfMask,
  fillGaps,
  infillPrompt,
  maskSentinel,
  readFill,
  sampleSpans,
  truncatedPoisson,
  unmask,
} from './infill.js'

/** Any text: also with halves of pairs, parts of marks and signs that are several characters. */
const documents = array(
  oneof(
    string({ unit: 'binary', maxLength: 20 }),
    string({ unit: 'grapheme', maxLength: 20 }),
    constantFrom('😀', '\ud83d', '\ude00', 'é', '<|mask:', '0|>', '<|endofmask|', '>', '\r\n', ' ', '<|mask:x|>'),
  ),
  { maxLength: 12 },
).map((parts) => parts.join(''))
const holdsMark = (text: string) => /<\|mask:\d+\|>/.test(text) || text.includes(endOfMask)

describe('causal masking', () => {
  it('and back gives every document, byte for byte [system 158.a]', () => {
    assert(
      property(documents, integer(), (document, seed) => {
        if (holdsMark(document)) return
        const spans = sampleSpans(document, new Random(seed))
        const masked = causalMask(document, spans)
        expect(unmask(masked)).toBe(document)
        // Behind the document stands each span, and in it none.
        for (const [i, { from, to }] of spans.entries()) {
          const span = [...document].slice(from, to).join('')
          expect(masked.split(maskSentinel(i))).toHaveLength(3)
          expect(masked).toContain(maskSentinel(i) + span + endOfMask)
        }
        expect(masked.split(endOfMask)).toHaveLength(spans.length + 1)
      }),
      { numRuns: 500, seed: 158 },
    )
  })

  it('takes spans in order that are not empty and do not touch; an empty document has none [system 158.a]', () => {
    assert(
      property(documents, integer(), (document, seed) => {
        const spans = sampleSpans(document, new Random(seed))
        const ends = spans.flatMap(({ from, to }) => [from, to])
        expect(ends.every((end, i) => i === 0 || end > (ends[i - 1] as number))).toBe(true)
        expect((ends[0] ?? 0) >= 0 && (ends.at(-1) ?? 0) <= [...document].length).toBe(true)
        expect(spans.length > 0).toBe(document.length > 0)
      }),
      { numRuns: 300, seed: 158 },
    )
    expect(causalMask('', [])).toBe('')
    expect(sampleSpans('x', new Random(1))).toEqual([{ from: 0, to: 1 }])
    expect(sampleSpans('some text', new Random(3))).toEqual(sampleSpans('some text', new Random(3)))
  })

  it('puts the marks as InCoder does', () => {
    const spans = [
      { from: 1, to: 3 },
      { from: 4, to: 5 },
    ]
    expect(causalMask('a😀cdef', spans)).toBe(
      'a<|mask:0|>d<|mask:1|>f<|mask:0|>😀c<|endofmask|><|mask:1|>e<|endofmask|>',
    )
  })

  it.each([
    [[{ from: 1, to: 1 }]],
    [[{ from: 2, to: 9 }]],
    [
      [
        { from: 2, to: 3 },
        { from: 0, to: 1 },
      ],
    ],
  ])('refuses the spans %j', (spans) => {
    expect(() => causalMask('text', spans)).toThrow(UsageError)
  })

  it('refuses documents that hold a mark, and texts that it did not make', () => {
    expect(() => causalMask('a <|mask:7|>', [])).toThrow('holds a mark')
    expect(() => causalMask(`a${endOfMask}`, [{ from: 0, to: 1 }])).toThrow('holds a mark')
    for (const text of [
      'a<|mask:0|>b',
      'a<|mask:1|>b<|mask:1|>c<|endofmask|>',
      'a<|mask:0|>b<|mask:0|>c<|endofmask|>d',
    ])
      expect(() => unmask(text), text).toThrow(UsageError)
  })
})

it('the number of spans is a truncated Poisson variable, by chi-square [system 158.b]', () => {
  const random = new Random(158)
  const draws = 20_000
  const counts = new Map<number, number>()
  for (let i = 0; i < draws; i++) {
    const bin = Math.min(6, truncatedPoisson(random))
    counts.set(bin, (counts.get(bin) ?? 0) + 1)
  }
  // Of a Poisson variable with mean 1: 1 / k!, among those from 1 on.
  const shares = [1, 1 / 2, 1 / 6, 1 / 24, 1 / 120].map((weight) => weight / (Math.E - 1))
  shares.push(1 - shares.reduce((sum, share) => sum + share, 0))
  const chiSquare = shares.reduce((sum, share, i) => {
    const expected = draws * share
    return sum + ((counts.get(i + 1) ?? 0) - expected) ** 2 / expected
  }, 0)
  expect([...counts.keys()].sort()).toEqual([1, 2, 3, 4, 5, 6])
  // The 99 % quantile with five degrees of freedom.
  expect(chiSquare).toBeLessThan(15.086)
  const many = Array.from({ length: 2000 }, () => truncatedPoisson(random, { mean: 20, least: 2, most: 9 }))
  expect([Math.min(...many) >= 2, Math.max(...many)]).toEqual([true, 9])
})

describe('gaps are filled', () => {
  it('by a prompt in the order of InCoder’s marks, with one mark more and nothing trimmed [system 158.c]', () => {
    expect(infillPrompt(['def f():\n    ', '\n  ret \n'])).toBe(
      'def f():\n    <|mask:0|>\n  ret \n<|mask:1|><|mask:0|>',
    )
    expect(infillPrompt(['a', 'b', 'c'])).toBe('a<|mask:0|>b<|mask:1|>c<|mask:2|><|mask:0|>')
    expect(() => infillPrompt(['a'])).toThrow(UsageError)
  })

  it('up to the mark of the end, or without one up to the cap [system 158.c]', () => {
    expect(readFill(' x = 1\n<|endofmask|>y<|endofmask|>', 3)).toEqual({ text: ' x = 1\n', ended: true })
    expect(readFill('<|endofmask|>', 9)).toEqual({ text: '', ended: true })
    expect(readFill('😀😀😀<|endofmask', 2)).toEqual({ text: '😀😀', ended: false })
    expect(readFill('short', 9)).toEqual({ text: 'short', ended: false })
  })

  it('one after the other, each with what the earlier were filled with [system 158.c]', async () => {
    const prompts: string[] = []
    const replies = ['one<|endofmask|>more', 'two and no end', ' three <|endofmask|>']
    const generate = async (prompt: string) => {
      prompts.push(prompt)
      return replies[prompts.length - 1] as string
    }
    const { text, fills } = await fillGaps(['a ', ' b ', ' c', ''], generate, 3)
    expect(text).toBe('a one b two c three ')
    expect(fills.map(({ ended }) => ended)).toEqual([true, false, true])
    const first = 'a <|mask:0|> b <|mask:1|> c<|mask:2|><|mask:3|><|mask:0|>'
    expect(prompts).toEqual([
      first,
      `${first}one<|endofmask|><|mask:1|>`,
      `${first}one<|endofmask|><|mask:1|>two<|endofmask|><|mask:2|>`,
    ])
  })

  it('with the spans of a masked document give the document', async () => {
    await assert(
      asyncProperty(documents, integer(), async (document, seed) => {
        if (holdsMark(document) || document === '') return
        const spans = sampleSpans(document, new Random(seed))
        const masked = causalMask(document, spans)
        const points = [...document]
        const bounds = [0, ...spans.flatMap(({ from, to }) => [from, to]), points.length]
        const pieces = bounds.slice(1).map((end, i) => points.slice(bounds[i], end).join(''))
        const parts = pieces.filter((_, i) => i % 2 === 0)
        const filled = pieces.filter((_, i) => i % 2 === 1)
        const model = async (prompt: string) => {
          expect(prompt.startsWith(masked.slice(0, masked.indexOf(maskSentinel(0))))).toBe(true)
          return `${filled.shift()}${endOfMask}`
        }
        expect((await fillGaps(parts, model, 5)).text).toBe(document)
      }),
      { numRuns: 100, seed: 158 },
    )
  })
})
