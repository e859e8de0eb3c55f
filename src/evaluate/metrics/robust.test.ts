import { describe, expect, it } from 'vitest'
import { UsageError } from '../../kernel/index.js'
import { type Outcomes, type Versions, robustAtK } from './robust.js'

const outcomes = (text: string): Outcomes => [...text].map((letter) => (letter === '?' ? null : letter === '1'))
const table = (problems: Record<string, [nominal: string | null, ...versions: string[]]>): Map<string, Versions> =>
  new Map(
    Object.entries(problems).map(([id, [nominal, ...versions]]) => [
      id,
      { versions: versions.map(outcomes), ...(nominal === null ? {} : { nominal: outcomes(nominal) }) },
    ]),
  )

describe('Robust Pass_s@k', () => {
  it('counts the samples that pass in every version', () => {
    // a: samples 0 and 3 of 4; b: none, although every sample passes somewhere
    const { pass } = robustAtK(table({ a: [null, '1101', '1011'], b: [null, '1100', '0011'] }), 1)
    expect(pass.value).toBeCloseTo(0.25, 12)
    expect(robustAtK(table({ a: [null, '1101', '1011'] }), 2).pass.value).toBeCloseTo(1 - 1 / 6, 12)
  })

  it('is pass@k with one version', () =>
    expect(robustAtK(table({ a: [null, '1000'] }), 2).pass.value).toBeCloseTo(0.5, 12))

  it('leaves a sample out that the machine failed in one version, and a problem without enough of them', () => {
    const { pass } = robustAtK(table({ a: [null, '1?0', '111'], b: [null, '??', '11'] }), 1)
    expect(pass).toMatchObject({ value: 0.5, problems: 1, excluded: [{ problemId: 'b' }] })
  })

  it('refuses a k that no problem has, and a problem without versions', () => {
    expect(() => robustAtK(table({ a: [null, '11', '1'] }), 2)).toThrow(UsageError)
    expect(() => robustAtK(table({ a: ['1'] }), 1)).toThrow('a has no version')
  })
})

describe('beside the prompts before the change', () => {
  it('Robust Drop_s@k is the share of pass@k that is lost', () => {
    const robust = robustAtK(
      table({ a: ['1', '1', '1'], b: ['1', '1', '0'], c: ['0', '0', '0'], d: ['1', '0', '0'] }),
      1,
    )
    expect(robust.nominal?.value).toBeCloseTo(0.75, 12)
    expect(robust.pass.value).toBeCloseTo(0.25, 12)
    expect(robust.drop).toBeCloseTo(2 / 3, 12)
  })

  it('Robust Drop_s@k is below zero for versions that are better, and unknown where nothing passed', () => {
    expect(robustAtK(table({ a: ['1', '1'], b: ['0', '1'] }), 1).drop).toBeCloseTo(-1, 12)
    expect(robustAtK(table({ a: ['0', '1'] }), 1).drop).toBeNull()
  })

  it('Robust Relative_s@k counts what is lost in the worst version and what is won in the best', () => {
    // lost: b and d; won: e, although another version of it is still wrong
    const robust = robustAtK(
      table({ a: ['1', '1', '1'], b: ['1', '0', '1'], c: ['0', '0', '0'], d: ['1', '0', '0'], e: ['0', '1', '0'] }),
      1,
    )
    expect(robust.relative?.value).toBeCloseTo(3 / 5, 12)
    // of two samples one is lost and one is won: each is among two draws
    expect(robustAtK(table({ a: ['10', '01'] }), 2).relative?.value).toBeCloseTo(2, 12)
    expect(robustAtK(table({ a: ['10', '01'] }), 1).relative?.value).toBeCloseTo(1, 12)
  })

  it('compares the same problems: one without a prompt before the change counts for Robust Pass_s@k alone', () => {
    const robust = robustAtK(table({ a: ['1', '0'], b: [null, '1'] }), 1)
    expect(robust).toMatchObject({ drop: 1, nominal: { value: 1 } })
    expect(robust.pass.value).toBeCloseTo(0.5, 12)
    expect(robustAtK(table({ b: [null, '1'] }), 1)).toMatchObject({ nominal: null, drop: null, relative: null })
  })
})
