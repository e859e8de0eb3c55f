import { describe, expect, it } from 'vitest'
import { UsageError } from '../kernel/index.js'
import { type CompareOptions, compareRuns } from './compare.js'
import { benchmarks } from '../evaluate/index.js'
import { clustersBy } from './problem-clusters.js'
import type { RunTally } from './tally.js'

/** `p`assed, `w`rong, `i`nfrastructure by problem. */
function tally(run: string, problems: Readonly<Record<string, string>>, more: Partial<RunTally> = {}): RunTally {
  const times = (letters: string, letter: string) => letters.split(letter).length - 1
  const counts = Object.entries(problems).map(
    ([id, letters]) =>
      [
        id,
        {
          n: letters.length - times(letters, 'i'),
          c: times(letters, 'p'),
          infrastructure: times(letters, 'i'),
        },
      ] as const,
  )
  const common = { benchmark: 'b', data: [{ path: 'd', sha256: 'aa' }], limits: { cpuSeconds: 1 } }
  return { run, ...common, counts: new Map(counts), withoutCandidate: 0, unreadable: 0, unfinished: false, ...more }
}

const compare = (tallies: readonly RunTally[], options: Partial<CompareOptions> = {}) =>
  compareRuns(tallies, { k: 1, alpha: 0.05, seed: 0, ...options })

const before = tally('before', { a: 'w', b: 'w', c: 'p', d: 'p', e: 'p' })

describe('compareRuns', () => {
  it('pairs problems, and names those that flip in either direction', () => {
    const found = compare([before, tally('after', { a: 'p', b: 'p', c: 'w', d: 'p', e: 'p' })])
    expect(found.runs.map(({ passAtK }) => passAtK.value)).toEqual([0.6, 0.8])
    // +1 +1 −1: both tails of at most 1 of 3 are all there is.
    expect(found.pairs[0]?.difference).toMatchObject({ value: expect.closeTo(0.2, 12), p: 1, exact: true, problems: 5 })
    const [failed, passed] = [
      { c: 0, n: 1 },
      { c: 1, n: 1 },
    ]
    expect(found.pairs[0]?.flips).toEqual({
      better: [
        { problemId: 'a', first: failed, second: passed },
        { problemId: 'b', first: failed, second: passed },
      ],
      worse: [{ problemId: 'c', first: passed, second: failed }],
    })
    expect(found).toMatchObject({ incomplete: false, strengths: null, remarks: [] })
  })

  it('never counts what is missing as a failure, and shows it in every denominator', () => {
    const after = tally('after', { a: 'p', b: 'i', c: 'p', x: 'w' }, { withoutCandidate: 3 })
    const found = compare([before, after])
    expect(found.pairs[0]?.difference).toMatchObject({ value: 0.5, problems: 2 })
    expect(found.pairs[0]?.leftOut).toEqual({ onlyFirst: ['d', 'e'], onlySecond: ['x'], tooFewSamples: ['b'] })
    expect(found.runs.map(({ problems }) => problems)).toEqual([
      { judged: 5, of: 7, tooFewSamples: [] },
      { judged: 4, of: 7, tooFewSamples: ['b'] },
    ])
    expect(found.runs[1]?.samples).toEqual({ passed: 2, judged: 3, infrastructure: 1 })
    expect(found.runs[1]?.passAtK).toMatchObject({ value: expect.closeTo(2 / 3, 12), problems: 3 })
    expect(found.incomplete).toBe(true)
    for (const more of [{ unreadable: 1 }, { unfinished: true }, { withoutCandidate: 1 }])
      expect(compare([before, { ...before, ...more }]).incomplete).toBe(true)
  })

  it('of a run with itself finds exactly nothing', () => {
    const { pairs, incomplete } = compare([before, before])
    expect(pairs[0]).toMatchObject({
      difference: { value: 0, low: 0, high: 0, p: 1 },
      flips: { better: [], worse: [] },
      settling: { kind: 'equal' },
    })
    expect(incomplete).toBe(false)
  })

  it('takes pass@k, and says where there are too few samples for it', () => {
    const first = tally('first', { a: 'pw', b: 'ww' })
    const second = tally('second', { a: 'ww', b: 'pp' })
    expect(compare([first, second], { k: 2 }).runs.map(({ passAtK }) => passAtK.value)).toEqual([0.5, 0.5])
    expect(() => compare([first, before], { k: 2 })).toThrow(/^before: pass@2 needs/)
    expect(() => compare([tally('x', { a: 'pp', b: 'w' }), tally('y', { a: 'p', b: 'ww' })], { k: 2 })).toThrow(
      /2 samples in both/,
    )
  })

  it('sets several runs against the first, and ranks them over the problems that all have', () => {
    const second = tally('second', { a: 'p', b: 'w', c: 'w', d: 'p', z: 'p' })
    const third = tally('third', { a: 'p', b: 'p', c: 'p', d: 'w' })
    const found = compare([before, second, third])
    expect(found.pairs.map(({ first, second: other }) => [first, other])).toEqual([
      ['before', 'second'],
      ['before', 'third'],
    ])
    // a b c d: 0 0 1 1, 1 0 0 1, 1 1 1 0.
    expect(found.strengths).toMatchObject({
      problems: 4,
      models: [
        { run: 'before', wins: 2, losses: 3, ties: 3 },
        { run: 'second', wins: 2, losses: 3, ties: 3 },
        { run: 'third', wins: 4, losses: 2, ties: 2 },
      ],
    })
    expect(found.remarks).toEqual([expect.stringContaining('2 p-values')])
  })

  it('refuses runs of other benchmarks, of other data, and without a common problem', () => {
    const refusal = (more: Partial<RunTally>) => () => compare([before, { ...before, run: 'after', ...more }])
    expect(refusal({ benchmark: 'c' })).toThrow(/before is a run of b, after of c/)
    expect(refusal({ data: [{ path: 'e', sha256: 'bb' }] })).toThrow(/different data of b \(differing: d, e\)/)
    expect(refusal({ data: [] })).toThrow(/different data/)
    expect(refusal({ data: [{ path: 'elsewhere', sha256: 'aa' }] })).not.toThrow()
    expect(() => compare([before, tally('after', { x: 'p' })])).toThrow(/no problem in common/)
    // Every two are looked at, although each is set against the first only.
    const results = { ...before, benchmark: null, data: null }
    expect(() => compare([results, before, results, { ...before, benchmark: 'c' }])).toThrow(UsageError)
  })

  it('remarks on other limits and on files that do not say what they are of', () => {
    expect(compare([before, { ...before, limits: { cpuSeconds: 2 } }]).remarks).toEqual([
      'the runs were judged under different limits',
    ])
    expect(compare([before, { ...before, benchmark: null, data: null, limits: undefined }]).remarks).toEqual([
      expect.stringContaining('is not checked'),
    ])
  })

  it('clusters by what it is told', () => {
    const first = tally('first', { a1: 'w', a2: 'w', b1: 'w', b2: 'w' })
    const second = tally('second', { a1: 'p', a2: 'p', b1: 'p', b2: 'p' })
    const found = compare([first, second], { clusterOf: (id) => id.slice(0, 1) })
    expect(found.pairs[0]?.difference).toMatchObject({ p: 0.5, clusters: 2 })
    expect(compare([first, second]).pairs[0]?.difference).toMatchObject({ p: 0.125, clusters: 4 })
  })
})

describe('clustersBy', () => {
  const assay = benchmarks.find(({ name }) => name === 'first-assay')

  it('reads a key of the metadata, the language or the kind', async () => {
    if (!assay) throw new Error('first-assay is not there')
    expect((await clustersBy(assay, 'language'))('assay/python/make-slug')).toBe('"python"')
    expect((await clustersBy(assay, 'tags'))('assay/python/make-slug')).toMatch(/^\[/)
  })

  it('names what there is where the key or the problem is not', async () => {
    if (!assay) throw new Error('first-assay is not there')
    const byTopic = await clustersBy(assay, 'toString')
    expect(() => byTopic('assay/python/make-slug')).toThrow(/no «toString»: it has language, kind, tags/)
    expect(() => byTopic('none')).toThrow(/no problem «none»/)
  })
})
