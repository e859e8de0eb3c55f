import { describe, expect, it } from 'vitest'
import type { Verdict } from '../../kernel/index.js'
import { type FailureLabel, failureLabel, hallucinationTable } from './hallucinations.js'

const common = { judged: 'out-of-process', tests: [], cpuMs: 1, wallMs: 1, peakBytes: 1 } as const
const raised = (type: string): Verdict => ({ kind: 'runtime-error', exception: { type, message: '' }, ...common })
const ended = (kind: 'passed' | 'wrong' | 'memory-limit' | 'output-limit' | 'no-code' | 'truncated'): Verdict => ({
  kind,
  ...common,
})

describe('failureLabel', () => {
  it.each([
    ['TypeError', 'data compliance'],
    ['ValueError', 'data compliance'],
    ['ZeroDivisionError', 'data compliance'],
    ['IndexError', 'structural access'],
    ['KeyError', 'structural access'],
    ['NameError', 'identification'],
    ['AttributeError', 'identification'],
    ['UnboundLocalError', 'identification'],
    ['ImportError', 'external source'],
    ['ModuleNotFoundError', 'external source'],
    ['RecursionError', 'physical constraint'],
    ['MemoryError', 'physical constraint'],
    ['OverflowError', 'computational boundary'],
    ['StopIteration', 'computational boundary'],
    ['AssertionError', 'other'],
    ['constructor', 'other'],
  ] as const)('of %s is %s', (type, label) => {
    expect(failureLabel(raised(type))).toBe(label)
  })

  it('goes by the class of the exception, not by what its message or the evidence says', () => {
    const exception = { type: 'IndexError', message: 'ValueError: KeyError' }
    expect(failureLabel({ kind: 'runtime-error', exception, evidence: 'TypeError', ...common })).toBe(
      'structural access',
    )
  })

  it('of other verdicts', () => {
    expect(failureLabel(ended('passed'))).toBe('correct')
    expect(failureLabel(ended('wrong'))).toBe('logic deviation')
    expect(failureLabel(ended('memory-limit'))).toBe('physical constraint')
    expect(failureLabel({ kind: 'time-limit', limit: 'wall', ...common })).toBe('time-out')
    const exception = { type: 'SyntaxError', message: '' }
    expect(failureLabel({ kind: 'compile-error', exception, ...common })).toBe('other')
    for (const kind of ['output-limit', 'no-code', 'truncated'] as const)
      expect(failureLabel(ended(kind))).toBe('other')
    expect(failureLabel({ kind: 'infrastructure', reason: 'no room', ...common })).toBeNull()
  })

  it('of code of 1300 tokens is breakdown, whatever running it would give', () => {
    expect(failureLabel(ended('passed'), 1300)).toBe('logic breakdown')
    expect(failureLabel(ended('passed'), 1299)).toBe('correct')
  })
})

describe('hallucinationTable', () => {
  const rate = (labels: readonly (FailureLabel | null)[], subtype: string) =>
    hallucinationTable(labels).rows.find((row) => row.subtype === subtype)?.rate

  it('[system 3.b] has 6.5 for data compliance where 9 ZeroDivisionError and 4 ValueError are among 200 samples', () => {
    const labels = [
      ...Array.from({ length: 9 }, () => failureLabel(raised('ZeroDivisionError'))),
      ...Array.from({ length: 4 }, () => failureLabel(raised('ValueError'))),
      ...Array.from({ length: 187 }, () => failureLabel(ended('passed'))),
    ]
    expect(rate(labels, 'data compliance')).toBe(6.5)
  })

  it('[system 3.d] groups eight sub-types into four types, and leaves time-outs and the machine out of all of them', () => {
    const table = hallucinationTable(['time-out', 'other', null, 'correct', 'identification'])
    expect(table.rows.map(({ type }) => type)).toEqual(
      ['mapping', 'naming', 'resource', 'logic'].flatMap((type) => [type, type]),
    )
    expect(table.rows.reduce((sum, { count }) => sum + count, 0)).toBe(1)
    expect(table).toMatchObject({ samples: 4, correct: 1, timeouts: 1, other: 1 })
  })

  it('rounds to two decimals, and of nothing is 0', () => {
    expect(rate(['identification', 'correct', 'correct'], 'identification')).toBe(33.33)
    expect(rate([], 'identification')).toBe(0)
  })
})
