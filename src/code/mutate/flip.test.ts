import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { type Flip, operatorFlips } from './flip.js'

function flips(source: string, language = 'python', from?: number): readonly Flip[] {
  const read = operatorFlips(source, language, from)
  if ('unreadable' in read) throw new Error(read.unreadable)
  return read.flips
}

describe('flips', () => {
  it.each([
    ['if a < b: pass', ['if a >= b: pass']],
    ['a <= b == c', ['a > b == c', 'a <= b != c']],
    ['x += a[-1] - 1', ['x -= a[-1] - 1', 'x += a[-1] + 1']],
    ['x = a // 2 ** b', ['x = a * 2 ** b', 'x = a // 2 * b']],
    ['f(*a, **b)\nreturn -x', []],
    ['from a import *\ndef f(a, /, b, *, c=1) -> int: pass', []],
    ['x = "a < b"  # 1 + 1', []],
    ['x = (a +\n  b)', ['x = (a -\n  b)']],
  ])('of %j', (source, codes) => {
    expect(flips(source).map(({ code }) => code)).toEqual(codes)
  })

  it('say where they are, and leave alone what stands before `from`', () => {
    const source = 'a = 1 + 2\nb = a % 3\n'
    expect(flips(source, 'python', 10)).toEqual([
      { line: 2, start: 16, before: '%', after: '*', code: 'a = 1 + 2\nb = a * 3\n' },
    ])
  })

  it('of other languages leave types alone', () => {
    expect(flips('List<Integer> a = f(b < c);', 'java').map(({ code }) => code)).toEqual([
      'List<Integer> a = f(b >= c);',
    ])
    expect(flips('int *p = q;', 'c')).toEqual([])
  })

  it('of what cannot be read there are none, and a reason', () => {
    expect(operatorFlips('x = (1', 'python')).toEqual({ unreadable: expect.stringContaining('is not closed') })
    expect(operatorFlips('x', 'cobol')).toEqual({ unreadable: 'operators are not known for cobol' })
  })
})

const file = 'amazon-science__buggy-code-completion/data/humaneval/problems/humaneval_large_instances.jsonl.gz'
const path = join(process.env.CUPEL_DATA ?? '', file)
const there = existsSync(path)
if (!there) console.log(`published flips are not made again: ${file} is not below CUPEL_DATA`)

it.skipIf(!there)('[system 138.b] makes every one of the 1,896 published bugs again', () => {
  const rows = gunzipSync(readFileSync(path)).toString('utf8').trim().split('\n')
  const missing = rows.flatMap((text) => {
    const row = JSON.parse(text) as Record<string, string>
    const made = flips(row.clean_prompt as string).some(({ code }) => code === row.buggy_prompt)
    return made ? [] : [row.instance_id]
  })
  expect([rows.length, missing]).toEqual([1896, []])
})
