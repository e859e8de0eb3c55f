/** Takes the reasoning out of a reply, so that drafts in it are never read as the answer. */

export interface VisibleText {
  readonly text: string
  /** A reasoning block was opened and never closed: the reply ended inside it. */
  readonly open: boolean
}

const names = 'think(?:ing)?|thoughts?|reasoning|analysis|scratchpad|reflection|seed:think'
const marker = new RegExp(
  `<(/?)(?:${names})>|◁(/?)think▷|\\[(/?)THINK\\]|<\\|(begin|end)_of_thought\\|>|<\\|(START|END)_THINKING\\|>`,
  'gi',
)

interface Marker {
  readonly at: number
  readonly end: number
  readonly closes: boolean
  /** First on its line, last on its line. */
  readonly first: boolean
  readonly last: boolean
}

export function visibleText(text: string): VisibleText {
  const harmony = harmonyFinal(text)
  if (harmony) return harmony
  const markers = findMarkers(text)
  if (markers.length === 0) return { text, open: false }
  const lastClose = markers.findLast((m) => m.closes)?.at ?? -1

  let visible = ''
  let from = 0
  let reasoning = false
  let literals = 0
  const fence = new FenceState()
  for (const m of markers) {
    if (reasoning) {
      if (!m.closes) continue
      reasoning = false
      from = m.end
      continue
    }
    const piece = text.slice(from, m.at)
    fence.read(piece)
    visible += piece
    from = m.at
    if (!m.closes) {
      // In a fence, or in mid-sentence and never closed, the marker is only spoken of.
      if (fence.open) literals++
      else if (m.first || lastClose > m.at) reasoning = true
    } else if (fence.open && literals > 0) {
      literals--
    } else if (m.first || m.last) {
      // Its opening is part of the prompt: all before it was reasoning.
      visible = ''
      from = m.end
      fence.open = null
    }
  }
  return reasoning ? { text: visible, open: true } : { text: visible + text.slice(from), open: false }
}

function findMarkers(text: string): Marker[] {
  const found: Marker[] = []
  for (const match of text.matchAll(marker)) {
    const end = match.index + match[0].length
    const after = text[end] ?? '\n'
    if (isQuote(text, match.index - 1, -1) || isQuote(text, end, 1)) continue
    const kind = match.slice(1).find((group) => group)
    const closes = kind === '/' || kind?.toLowerCase() === 'end'
    found.push({ at: match.index, end, closes, first: blankBefore(text, match.index), last: after === '\n' })
  }
  return found
}

/** A quotation mark or a single tick beside a marker: it is spoken of, not used. Three ticks are a fence. */
function isQuote(text: string, at: number, outward: 1 | -1): boolean {
  const char = text[at]
  return char === "'" || char === '"' || (char === '`' && text[at + outward] !== '`')
}

function blankBefore(text: string, at: number): boolean {
  for (let i = at - 1; i >= 0; i--) {
    const char = text[i]
    if (char === '\n') return true
    if (char !== ' ' && char !== '\t') return false
  }
  return true
}

/** Whether the text read so far ends inside a fenced block; pieces may split a line. */
class FenceState {
  open: string | null = null
  #rest = ''
  read(piece: string): void {
    const lines = (this.#rest + piece).split('\n')
    this.#rest = (lines.pop() ?? '').slice(0, 200)
    for (const line of lines) {
      const run = /^[ \t>]*(`{3,}|~{3,})([^`]*)$/.exec(line)
      if (!run) continue
      const mark = run[1] as string
      if (this.open === null) this.open = mark
      else if (mark.startsWith(this.open) && (run[2] as string).trim() === '') this.open = null
    }
  }
}

/** OpenAI's harmony format: `<|channel|>analysis<|message|>…<|end|>…<|channel|>final<|message|>…`. */
function harmonyFinal(text: string): VisibleText | null {
  // Decoders that drop special tokens leave the channel names standing in the text.
  const bare = /^analysis[\s\S]*?assistant\s?final/.exec(text)
  if (bare) return { text: text.slice(bare[0].length), open: false }
  if (!/<\|channel\|>\s*(?:analysis|commentary|final)/.test(text)) return null
  let final: string | null = null
  for (const segment of text.split('<|channel|>').slice(1)) {
    if (!/^\s*final/.test(segment)) continue
    const body = segment.slice(segment.indexOf('<|message|>') + '<|message|>'.length)
    final = (final ?? '') + body.split(/<\|(?:end|return|start|call)\|>/, 1)[0]
  }
  return final === null ? { text: '', open: true } : { text: final, open: false }
}
