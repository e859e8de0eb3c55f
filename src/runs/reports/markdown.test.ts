import { describe, expect, it } from 'vitest'
import { gathered, hostile, hostileRun, row } from './hostile.test-support.js'
import { code, fenced, markdownReport } from './markdown.js'
import { visible, visibleLine } from './text.js'

/** Takes fences and code out, as CommonMark finds them: what is left is markup. Throws where a fence is not closed. */
function outsideCode(markdown: string): { rest: string[]; fences: string[] } {
  const rest: string[] = []
  const fences: string[] = []
  let fence: { mark: string; lines: string[] } | undefined
  for (const line of markdown.split('\n')) {
    const mark = /^(`{3,})([^`]*)$/.exec(line)
    if (!fence && mark) fence = { mark: mark[1] as string, lines: [] }
    else if (fence && mark && mark[2] === '' && (mark[1] as string).length >= fence.mark.length) {
      fences.push(fence.lines.join('\n'))
      fence = undefined
    } else if (fence) fence.lines.push(line)
    else rest.push(line.replace(/<code>[^<>`|]*<\/code>/g, 'C').replace(/(?<!`)`[^`]+`(?!`)/g, 'C'))
  }
  if (fence) throw new Error('a fence is not closed')
  return { rest, fences }
}

describe('a hostile run', () => {
  const markdown = markdownReport(hostileRun())
  const { rest } = outsideCode(markdown)

  it('leaves nothing outside code that is markup, a mention or a link', () => {
    const others = rest.map((line) => line.replaceAll(/\bpass@[\dk]+/g, ''))
    expect(others.filter((line) => /[<`@[\]\\\ud800-\udfff]|!\[|https?:|script|alert|everyone/u.test(line))).toEqual([])
    expect(rest.filter((line) => line.startsWith('#'))).toEqual([
      '# C: Cupel report',
      '## pass@k by C',
      '## Failures',
      '### wrong',
      '### runtime-error',
      '### infrastructure',
      `## ${hostile.length} not as expected`,
      '## Lines that could not be read',
      '## Run',
    ])
  })

  it('keeps the cells of every table row', () => {
    let columns = 0
    for (const line of rest) {
      if (!line.startsWith('|')) columns = 0
      else {
        const count = line.split('|').length
        if (columns > 0) expect(count, line).toBe(columns)
        columns = count
      }
    }
  })
})

it.each(hostile.map((text) => [text]))('a fence holds %j and ends where it should', (text) => {
  const { rest, fences } = outsideCode(`before\n${fenced(text)}\nafter`)
  expect([rest, fences]).toEqual([['before', 'after'], [visible(text)]])
})

it('writes code as a span, or as references where a span could be misread', () => {
  expect(code('a<b')).toBe('`a<b`')
  expect(code('a|b')).toBe('<code>a&#124;b</code>')
  for (const text of hostile) {
    const made = code(text)
    if (!made.startsWith('<code>')) continue
    expect(made.slice(6, -7)).not.toMatch(/[<>`|\\[\]@]/)
    const back = made.slice(6, -7).replace(/&#(\d+);/g, (_, number) => String.fromCodePoint(Number(number)))
    expect(back).toBe(visibleLine(text))
  }
})

it('counts each kind of failure and shows the first with evidence, cut to a length', () => {
  const run = gathered([
    row('a', 0),
    row('a', 1, { kind: 'wrong' }),
    row('b', 0, { kind: 'wrong', evidence: { text: `gave 2 ${'x'.repeat(5000)}`, leftOut: 100 } }),
    row('b', 1, { kind: 'infrastructure', detail: 'the disk is full' }),
  ])
  const markdown = markdownReport(run)
  expect(markdown).toContain('### wrong\n\n2 candidates of 2 problems; for example `b` sample 0:\n\n```text\ngave 2 x')
  expect(markdown).toContain('… 3,107 characters are left out')
  expect(markdown).toContain('| wrong | 2 | 66.7 % |')
  expect(markdown).toContain('| infrastructure | 1 | in no denominator |')
  expect(markdown).toContain('> **1 candidate the machine could not judge; in no denominator')
  expect(markdownReport({ ...run, finished: false })).toContain('> **This run is unfinished')
})
