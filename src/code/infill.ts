/**
 * Causal masking after InCoder: spans of a document are moved behind it, each between marks, so that a model which writes from
 * left to right learns to fill gaps; and gaps filled by such a model, one after the other.
 *
 * Here spans are counted in characters (code points), where InCoder counts tokens. Not covered: the marks of other models,
 * which document begins where (`<|endoftext|>`), and the loss, which leaves out what training does not want.
 */
import { type Random, UsageError } from '../kernel/index.js'

export const endOfMask = '<|endofmask|>'

/** Stands for gap number `index`, and in front of what fills it. */
export function maskSentinel(index: number): string {
  return `<|mask:${index}|>`
}

/** Code points from `from` up to `to`. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** How many spans: a Poisson variable that is known to be from `least` to `most`. */
export function truncatedPoisson(random: Random, { mean = 1, least = 1, most = 256 } = {}): number {
  // Weights from the first value on; what they share cancels.
  const weights = [1]
  for (let k = least + 1; k <= most; k++) weights.push(((weights.at(-1) as number) * mean) / k)
  let left = random.next() * weights.reduce((sum, weight) => sum + weight, 0)
  const index = weights.findIndex((weight) => {
    left -= weight
    return left < 0
  })
  return least + Math.max(index, 0)
}

/**
 * Spans that neither touch nor are empty, with ends anywhere in the document, in order. As many as truncatedPoisson says, or
 * as a short document has room for: none in an empty one.
 */
export function sampleSpans(document: string, random: Random): Span[] {
  const length = [...document].length
  const count = Math.min(truncatedPoisson(random), Math.floor((length + 1) / 2))
  const ends = new Set<number>()
  while (ends.size < 2 * count) ends.add(random.int(length + 1))
  const sorted = [...ends].sort((a, b) => a - b)
  return Array.from({ length: count }, (_, i) => ({ from: sorted[2 * i] as number, to: sorted[2 * i + 1] as number }))
}

/**
 * Each span in its place stands as a mark, and behind the document with its marks. Throws UsageError for spans that are empty,
 * out of order or outside, and for a document that holds a mark, which would be read as one.
 */
export function causalMask(document: string, spans: readonly Span[]): string {
  if (marks.test(document)) throw new UsageError('the document holds a mark of a gap itself: leave it out')
  const points = [...document]
  const part = (from: number, to?: number) => points.slice(from, to).join('')
  let [masked, moved, before] = ['', '', 0]
  for (const [index, { from, to }] of spans.entries()) {
    if (!(before <= from && from < to && to <= points.length))
      throw new UsageError(`the span from ${from} to ${to} is empty, out of order or outside of the document`)
    masked += part(before, from) + maskSentinel(index)
    moved += maskSentinel(index) + part(from, to) + endOfMask
    before = to
  }
  return masked + part(before) + moved
}

/** The document that `causalMask` was given. Throws UsageError for a text that it does not make. */
export function unmask(masked: string): string {
  const refused = new UsageError('this is no document whose spans stand behind it')
  const [first = '', ...rest] = masked.split(new RegExp(marks, 'g'))
  const found = [...masked.matchAll(new RegExp(marks, 'g'))].map(([mark]) => mark)
  const count = found.length / 3
  // The marks of the gaps in order, then for each gap its mark and an end.
  const expected = Array.from({ length: count }, (_, i) => maskSentinel(i)).concat(
    Array.from({ length: count }, (_, i) => [maskSentinel(i), endOfMask]).flat(),
  )
  if (!Number.isInteger(count) || found.some((mark, i) => mark !== expected[i])) throw refused
  const parts = rest.slice(0, count)
  const behind = rest.slice(count)
  // Nothing stands between an end and the next mark, or behind the last.
  if (behind.some((text, i) => i % 2 === 1 && text !== '')) throw refused
  return parts.reduce((text, part, i) => text + (behind[2 * i] ?? '') + part, first)
}

const marks = /<\|mask:\d+\|>|<\|endofmask\|>/

/**
 * What a model is asked for the first of the gaps between these parts: each gap as its mark, one mark more behind the end, so
 * that the document is not taken to go on, and the mark of the first gap again. Nothing is trimmed.
 */
export function infillPrompt(parts: readonly string[]): string {
  if (parts.length < 2) throw new UsageError('there is no gap to fill: give what stands before it and behind it')
  return parts.map((part, index) => part + maskSentinel(index)).join('') + maskSentinel(0)
}

export interface Fill {
  readonly text: string
  /** False where the model did not say that it has come to the end. */
  readonly ended: boolean
}

/** What of a generated text fills the gap: up to the mark of its end; without one at most `cap` characters. */
export function readFill(generated: string, cap: number): Fill {
  const end = generated.indexOf(endOfMask)
  return end >= 0
    ? { text: generated.slice(0, end), ended: true }
    : { text: [...generated].slice(0, cap).join(''), ended: false }
}

/** Fills all gaps from left to right; each is asked for with what the others before it were filled with. */
export async function fillGaps(
  parts: readonly string[],
  generate: (prompt: string) => Promise<string>,
  cap: number,
): Promise<{ readonly text: string; readonly fills: readonly Fill[] }> {
  let prompt = infillPrompt(parts)
  let [text = ''] = parts
  const fills: Fill[] = []
  for (const [index, part] of parts.slice(1).entries()) {
    if (index > 0) prompt += maskSentinel(index)
    const fill = readFill(await generate(prompt), cap)
    fills.push(fill)
    prompt += fill.text + endOfMask
    text += fill.text + part
  }
  return { text, fills }
}
