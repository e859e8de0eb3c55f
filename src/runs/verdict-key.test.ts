import { describe, expect, it } from 'vitest'
import { defaultLimits, type StdioSuite } from '../kernel/index.js'
import { type Judgement, suiteHash, verdictKey } from './verdict-key.js'

const suite: StdioSuite = { kind: 'stdio', cases: [{ stdin: '1', stdout: '2' }], checker: { kind: 'tokens' } }
const judgement: Judgement = {
  problemId: 'p',
  sample: 0,
  code: 'print(2)',
  suite: suiteHash(suite),
  limits: defaultLimits,
}

describe('verdictKey', () => {
  it.each<[string, Partial<Judgement>]>([
    ['problem', { problemId: 'q' }],
    ['sample', { sample: 1 }],
    ['code', { code: 'print(2) ' }],
    ['missing code', { missing: 'refused' }],
    ['suite', { suite: suiteHash({ ...suite, checker: { kind: 'exact' } }) }],
    ['limits', { limits: { ...defaultLimits, cpuSeconds: 11 } }],
  ])('changes with the %s', (_, change) => {
    expect(verdictKey({ ...judgement, ...change })).not.toBe(verdictKey(judgement))
  })

  it('does not depend on the order in which objects were built', () => {
    const limits = Object.fromEntries(Object.entries(defaultLimits).reverse()) as unknown as typeof defaultLimits
    expect(verdictKey({ ...judgement, limits })).toBe(verdictKey(judgement))
    const reversed: StdioSuite = { checker: { kind: 'tokens' }, cases: [{ stdout: '2', stdin: '1' }], kind: 'stdio' }
    expect(suiteHash(reversed)).toBe(suiteHash(suite))
  })

  it('stays what it is: changing it would judge every old run again', () => {
    expect(verdictKey({ ...judgement, suite: '' })).toBe(
      '9ee46c7d7d1300d7fadfec9e23f358487311aded7abacf7e72aa276c0b268036',
    )
  })

  it('keeps fields apart', () => {
    expect(verdictKey({ ...judgement, problemId: 'a","b' })).not.toBe(verdictKey({ ...judgement, problemId: 'a' }))
  })
})
