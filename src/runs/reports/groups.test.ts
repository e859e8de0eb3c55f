import { describe, expect, it } from 'vitest'
import type { Problem } from '../../kernel/index.js'
import { groupingNote, groupings } from './groups.js'

const problem = (id: string, metadata: Problem['metadata'], language = 'python'): Problem => ({
  id,
  language,
  kind: 'function',
  prompt: '',
  publicTests: [],
  metadata,
})
const count = (n: number, c: number, infrastructure = 0) => ({ n, c, infrastructure })
const ids = (n: number) => Array.from({ length: n }, (_, i) => `p${i}`)

/** One problem for each value of one field, each with two samples of which one passed. */
function ofField(field: string, values: readonly unknown[]) {
  const names = ids(values.length)
  const problems = names.map((id, i) => problem(id, values[i] === undefined ? {} : { [field]: values[i] }))
  return groupings(problems, new Map(names.map((id) => [id, count(2, 1)])))
}

it('takes the mean over problems, without samples the machine failed and problems it could not judge at all', () => {
  const problems = ids(4).map((id, i) => problem(id, { difficulty: i < 3 ? 'hard' : 'easy' }))
  const counts = new Map([
    ['p0', count(4, 4, 2)],
    ['p1', count(1, 0)],
    ['p2', count(0, 0, 5)],
    ['p3', count(2, 1)],
  ])
  const [found] = groupings(problems, counts)
  expect(found?.groups.map(({ pass, passAtK: _, ...rest }) => ({ ...rest, value: pass?.value }))).toEqual([
    { name: 'easy', problems: 1, judged: 2, passed: 1, infrastructure: 0, value: 0.5 },
    { name: 'hard', problems: 2, judged: 5, passed: 4, infrastructure: 7, value: 0.5 },
  ])
})

it('has no share for a group of which nothing could be judged', () => {
  const problems = [problem('p0', { tags: ['a', 'b'] }), problem('p1', { tags: ['b'] })]
  const counts = new Map([
    ['p0', count(0, 0, 1)],
    ['p1', count(1, 1)],
  ])
  expect(groupings(problems, counts)[0]?.groups.map(({ name, pass }) => [name, pass?.value])).toEqual([
    ['a', undefined],
    ['b', 1],
  ])
})

describe('fields', () => {
  it.each<[string, readonly unknown[], readonly string[]]>([
    ['difficulty', ['hard', 'easy', 'medium', 'easy'], ['easy', 'medium', 'hard']],
    ['tags', [['b', 'a'], ['a'], []], ['a', 'b']],
    ['rating', [1200, 800, 800], ['800', '1200']],
    ['contest_date', ['2023-05-07T00:00:00', '2023-04-30', '2023-05-01'], ['2023-04', '2023-05']],
  ])('%s makes groups in their order', (field, values, names) => {
    expect(ofField(field, values)[0]?.groups.map(({ name }) => name)).toEqual(names)
  })

  it.each<[string, readonly unknown[]]>([
    ['title', ids(30)],
    ['note', ['long '.repeat(20), 'x']],
    ['nested', [{ a: 1 }, { a: 2 }]],
    ['constant', ['one', 'one']],
    ['date', ['2023-13-01', { year: 2023 }]],
  ])('%s makes none', (field, values) => expect(ofField(field, values)).toEqual([]))

  it('puts dates of many years into quarters or years', () => {
    const months = Array.from(
      { length: 36 },
      (_, i) => `${2020 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}-15`,
    )
    expect(ofField('date', months)[0]?.groups[0]?.name).toBe('2020 Q1')
    const years = Array.from({ length: 30 }, (_, i) => `${1990 + i}-06-01`)
    expect(ofField('date', years)[0]).toMatchObject({ kind: 'window', groups: { 0: { name: '1990' } } })
  })

  it('lists the largest of many and says how many are left out, and how many problems have none', () => {
    const [found] = ofField('tags', [...ids(50).map((id) => [id, 'all']), undefined])
    expect(found?.groups).toHaveLength(40)
    expect(found?.groups.some(({ name }) => name === 'all')).toBe(true)
    expect(found && groupingNote(found)).toBe('11 smaller groups left out; 1 problem without tags')
  })

  it('shows languages where there are several', () => {
    const problems = [problem('a', {}), problem('b', {}, 'rust')]
    const found = groupings(problems, new Map(['a', 'b'].map((id) => [id, count(1, 1)])))
    expect(found.map(({ field, groups }) => [field, groups.length])).toEqual([['language', 2]])
  })
})
