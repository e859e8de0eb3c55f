import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Random, UsageError } from '../../kernel/index.js'
import { passAtK } from './pass-at-k.js'
import { type Draws, type RankedGroup, rankedPassAtK } from './ranked-pass-at-k.js'

const all = { n: 10, correct: 3 }
/** 4 samples, 3 correct; 2 samples, 1 correct; 3 samples, none correct. */
const groups: RankedGroup[] = [
  {
    solutions: [
      { count: 3, correct: 3 },
      { count: 1, correct: 0 },
    ],
  },
  {
    solutions: [
      { count: 1, correct: 1 },
      { count: 1, correct: 0 },
    ],
  },
  { solutions: [{ count: 3, correct: 0 }] },
]

describe('rankedPassAtK', () => {
  it('[system 90.d] expected pass@1 is the share of correct samples in the best group, by multiplicity', () => {
    expect(rankedPassAtK(groups, 1, all)).toBeCloseTo(3 / 4, 12)
  })

  it('[system 90.c] pass@2 draws from the two best groups, pass@10 goes round the groups', () => {
    // 1 − 1/4 · 1/2
    expect(rankedPassAtK(groups, 2, all)).toBeCloseTo(7 / 8, 12)
    // 10 draws over 3 groups: 4, 3, 3. 1 − (1/4)⁴ · (1/2)³ · 1³
    expect(rankedPassAtK(groups, 10, all)).toBeCloseTo(1 - 1 / 2048, 12)
  })

  it('[system 90.c] distinct draws never repeat a sample', () => {
    // 2, 1, 1 draws: two of the best group's four hold a correct one for sure.
    expect(rankedPassAtK(groups, 4, all, 'distinct')).toBe(1)
    // One group of 3, 1 correct, 2 draws: C(2,2)/C(3,2) = 1/3 miss; independent draws miss with 4/9.
    const one = [{ solutions: [{ count: 3, correct: 1 }] }]
    expect(rankedPassAtK(one, 2, all, 'distinct')).toBeCloseTo(2 / 3, 12)
    expect(rankedPassAtK(one, 2, all, 'independent')).toBeCloseTo(5 / 9, 12)
    // More draws than samples: all of them.
    expect(rankedPassAtK(one, 9, all, 'distinct')).toBe(1)
  })

  it('[system 90.c] falls back to plain pass@k when no program passed any test', () => {
    expect(rankedPassAtK([], 2, all)).toBe(passAtK(10, 3, 2))
  })

  it('agrees with simulated draws', () => {
    const group = fc
      .record({ count: fc.integer({ min: 1, max: 4 }), part: fc.nat(4) })
      .map(({ count, part }) => ({ count, correct: Math.min(count, part) }))
    const ranking = fc.array(
      fc.array(group, { minLength: 1, maxLength: 3 }).map((solutions) => ({ solutions })),
      { minLength: 1, maxLength: 3 },
    )
    fc.assert(
      fc.property(
        ranking,
        fc.integer({ min: 1, max: 6 }),
        fc.constantFrom('independent', 'distinct'),
        (gs, k, draws) => {
          const exact = rankedPassAtK(gs, k, all, draws as Draws)
          expect(Math.abs(simulated(gs, k, draws as Draws) - exact)).toBeLessThan(0.06)
        },
      ),
      { numRuns: 25, seed: 90 },
    )
  })

  it('refuses a k that is none and a group that cannot be', () => {
    expect(() => rankedPassAtK(groups, 0, all)).toThrow(UsageError)
    expect(() => rankedPassAtK([{ solutions: [] }], 1, all)).toThrow(UsageError)
    expect(() => rankedPassAtK([{ solutions: [{ count: 1, correct: 2 }] }], 1, all)).toThrow(UsageError)
  })
})

function simulated(groups: readonly RankedGroup[], k: number, draws: Draws): number {
  const random = new Random(90)
  const samples = groups.map(({ solutions }) =>
    solutions.flatMap(({ count, correct }) => Array.from({ length: count }, (_, i) => i < correct)),
  )
  let hits = 0
  const rounds = 2000
  for (let round = 0; round < rounds; round++) {
    const left = samples.map((group) => random.shuffle(group))
    let hit = false
    for (let i = 0; i < k; i++) {
      const group = left[i % left.length] as boolean[]
      const drawn = draws === 'independent' ? random.pick(group) : group.pop()
      hit ||= drawn === true
    }
    if (hit) hits++
  }
  return hits / rounds
}
