import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AgreementScore, agreementGroups, countCodes } from './agreement.js'

/** `['a×3', …]` → counted codes. */
const counted = (...items: string[]) =>
  items.map((item) => {
    const [code = '', count = '1'] = item.split('×')
    return { code, count: Number(count) }
  })
const matrix = (...rows: string[]) => rows.map((row) => [...row].map((cell) => cell === 'x'))
const ranking = (groups: ReturnType<typeof agreementGroups>) =>
  groups.map(({ score, solutions }) => [score, solutions.map(({ code }) => code).join('')])

describe('agreementGroups on a hand matrix with duplicates', () => {
  // a and b pass exactly t1, t2; c passes t1, t2, t3; d passes t3 only; e passes nothing.
  // Samples: {a, b} 4 solutions, 3 + 2 = 5 tests; {c} 1 solution, 6 tests; {d} 9 solutions, 1 test.
  const solutions = counted('a×3', 'b×1', 'c×1', 'd×9', 'e×20')
  const tests = counted('t1×3', 't2×2', 't3×1', 't4×7')
  const passes = matrix('xx..', 'xx..', 'xxx.', '..x.', '....')

  it.each<[AgreementScore, [number, string][]]>([
    // 5·√4 = 10, 6·√1 = 6, 1·√9 = 3
    [
      'sqrt',
      [
        [10, 'ab'],
        [6, 'c'],
        [3, 'd'],
      ],
    ],
    // 5·4 = 20, 1·9 = 9, 6·1 = 6: d and c change places
    [
      'product',
      [
        [20, 'ab'],
        [9, 'd'],
        [6, 'c'],
      ],
    ],
    [
      'solutions',
      [
        [9, 'd'],
        [4, 'ab'],
        [1, 'c'],
      ],
    ],
    [
      'tests',
      [
        [6, 'c'],
        [5, 'ab'],
        [1, 'd'],
      ],
    ],
  ])('[system 90.d] group scores and order by %s', (score, expected) => {
    expect(ranking(agreementGroups(solutions, tests, passes, score))).toEqual(expected)
  })

  it('[system 90.d] equal scores merge into one group that keeps its consensus sets', () => {
    // {a, b} 4 solutions × 3 tests: 3·√4 = 6; {c} 1 solution × 6 tests: 6·√1 = 6.
    const groups = agreementGroups(counted('a×3', 'b', 'c'), counted('t1×3', 't2×6'), matrix('x.', 'x.', '.x'), 'sqrt')
    expect(ranking(groups)).toEqual([[6, 'abc']])
    expect(groups[0]?.consensus).toEqual([
      { solutions: counted('a×3', 'b'), tests: counted('t1×3') },
      { solutions: counted('c'), tests: counted('t2×6') },
    ])
    // By product they are 12 and 6 and stay apart.
    expect(
      agreementGroups(counted('a×3', 'b', 'c'), counted('t1×3', 't2×6'), matrix('x.', 'x.', '.x'), 'product'),
    ).toHaveLength(2)
  })

  it('[system 90.d] scores that are equal as numbers merge although 3·√2 ≠ √18 in floating point', () => {
    expect(3 * Math.sqrt(2)).not.toBe(Math.sqrt(18))
    const groups = agreementGroups(counted('a×2', 'b×18'), counted('t1×3', 't2×1'), matrix('x.', '.x'), 'sqrt')
    expect(groups).toHaveLength(1)
  })

  it('[system 90.f] a solution that passes the popular wrong tests is outranked as calculated', () => {
    // The wrong belief: 1 program passes 8 samples of wrong tests, 8·√1 = 8. The right one: 9 programs, 3 tests, 3·√9 = 9.
    const solutions = counted('wrong×1', 'right×9')
    const tests = counted('popular×8', 'true×3')
    const passes = matrix('x.', '.x')
    expect(ranking(agreementGroups(solutions, tests, passes, 'sqrt'))).toEqual([
      [9, 'right'],
      [8, 'wrong'],
    ])
    // Counting tests alone, the popular wrong tests win.
    expect(ranking(agreementGroups(solutions, tests, passes, 'tests'))).toEqual([
      [8, 'wrong'],
      [3, 'right'],
    ])
    // One more sample of the wrong program turns it: 8·√2 ≈ 11.3 > 9.
    const turned = agreementGroups(counted('wrong×2', 'right×9'), tests, passes, 'sqrt')
    expect(turned.map((group) => group.solutions[0]?.code)).toEqual(['wrong', 'right'])
  })

  it('puts solutions that pass nothing in no group', () => {
    expect(agreementGroups(counted('a×5'), counted('t'), matrix('.'), 'sqrt')).toEqual([])
    expect(agreementGroups(counted('a×5'), [], [[]], 'sqrt')).toEqual([])
    expect(agreementGroups([], counted('t'), [], 'sqrt')).toEqual([])
  })

  it('refuses a matrix of another shape and impossible multiplicities', () => {
    expect(() => agreementGroups(solutions, tests, passes.slice(1))).toThrow(/5 solutions × 4 tests/)
    expect(() => agreementGroups(solutions, tests.slice(1), passes)).toThrow(RangeError)
    expect(() => agreementGroups(counted('a×0'), counted('t'), matrix('x'))).toThrow(RangeError)
  })
})

describe('the order of samples', () => {
  const size = fc.record({ programs: fc.integer({ min: 0, max: 7 }), tests: fc.integer({ min: 0, max: 6 }) })
  const sampled = size.chain(({ programs, tests }) => {
    const counts = (n: number) => fc.array(fc.integer({ min: 1, max: 9 }), { minLength: n, maxLength: n })
    const order = (n: number) => fc.shuffledSubarray([...Array(n).keys()], { minLength: n, maxLength: n })
    return fc.record({
      solutions: counts(programs),
      tests: counts(tests),
      passes: fc.array(fc.array(fc.boolean(), { minLength: tests, maxLength: tests }), {
        minLength: programs,
        maxLength: programs,
      }),
      solutionOrder: order(programs),
      testOrder: order(tests),
      score: fc.constantFrom<AgreementScore>('sqrt', 'product', 'solutions', 'tests'),
    })
  })

  it('[system 90.e] permuting solutions and tests leaves the ranking unchanged', () => {
    fc.assert(
      fc.property(sampled, ({ solutions, tests, passes, solutionOrder, testOrder, score }) => {
        const s = solutions.map((count, i) => ({ code: `s${i}`, count }))
        const t = tests.map((count, i) => ({ code: `t${i}`, count }))
        const permuted = agreementGroups(
          solutionOrder.map((i) => s[i] as (typeof s)[number]),
          testOrder.map((j) => t[j] as (typeof t)[number]),
          solutionOrder.map((i) => testOrder.map((j) => passes[i]?.[j] as boolean)),
          score,
        )
        expect(permuted).toEqual(agreementGroups(s, t, passes, score))
      }),
    )
  })

  it('[system 90.e] every solution with a pass is in exactly one group, and scores fall strictly', () => {
    fc.assert(
      fc.property(sampled, ({ solutions, tests, passes, score }) => {
        const s = solutions.map((count, i) => ({ code: `s${i}`, count }))
        const groups = agreementGroups(
          s,
          tests.map((count, i) => ({ code: `t${i}`, count })),
          passes,
          score,
        )
        const grouped = groups.flatMap((group) => group.solutions.map(({ code }) => code)).sort()
        expect(grouped).toEqual(
          s
            .filter((_, i) => passes[i]?.includes(true))
            .map(({ code }) => code)
            .sort(),
        )
        for (const [i, group] of groups.entries())
          if (i > 0) expect(group.score).toBeLessThan(groups[i - 1]?.score as number)
      }),
    )
  })
})

describe('countCodes', () => {
  it('keeps multiplicities', () => {
    expect(countCodes(['b', 'a', 'b'])).toEqual(counted('b×2', 'a×1'))
  })
})
