import { describe, expect, it } from 'vitest'
import type { AnswerComparison } from '../../kernel/index.js'
import { openJudge } from './open-judge.test-support.js'

const { judge } = await openJudge()

function verdict(expected: string, code: string, comparison: AnswerComparison) {
  const problem = { id: 'a', language: 'text', kind: 'answer', prompt: '', publicTests: [], metadata: {} } as const
  return judge.judge({ problem, suite: { kind: 'answer', expected, comparison } }, { code })
}

const text = { kind: 'text' } as const
const number = { kind: 'number', absolute: 0, relative: 1e-3 } as const

describe('answers in words', () => {
  it.each([
    ['(A)', '(A)', text, 'passed'],
    ['(A)', ' (A) \n', text, 'passed'],
    ['(A)', '(a)', text, 'wrong'],
    ['(A)', '(a)', { ...text, ignoreCase: true }, 'passed'],
    ['Yes', 'Yes.', text, 'wrong'],
    ['Yes', 'Yes.', { ...text, finalStop: true }, 'passed'],
    ['Yes', 'Yes..', { ...text, finalStop: true }, 'wrong'],
    ['Yes.', 'Yes', { ...text, finalStop: true }, 'wrong'],
    ['Yes', 'Yes\nQ: more', text, 'wrong'],
    ['Yes', '\nYes. \nQ: more', { ...text, firstLine: true, finalStop: true }, 'passed'],
    ['Yes', 'No\nYes', { ...text, firstLine: true }, 'wrong'],
    ['] ]', '] ]', text, 'passed'],
    ['a b', 'a  b', text, 'wrong'],
    ['Yes', ' \n ', text, 'no-code'],
  ] as const)('expected %j, given %j, %j: %s', async (expected, given, comparison, kind) => {
    expect(await verdict(expected, given, comparison)).toMatchObject({ kind, judged: 'not-run' })
  })

  it('say what was expected', async () => {
    expect(await verdict('(A)', '(B)', text)).toMatchObject({
      evidence: 'expected "(A)", got "(B)"',
      tests: [{ name: 'answer', status: 'failed' }],
    })
  })
})

describe('answers in figures', () => {
  it.each([
    ['18', '18', 'passed'],
    ['18', '18.0', 'passed'],
    ['18', ' $18. ', 'passed'],
    ['1234.5', '1,234.50', 'passed'],
    ['1000', '1001', 'passed'],
    ['1000', '1001.1', 'wrong'],
    ['-3', '3', 'wrong'],
    ['-3', '-$3', 'passed'],
    ['.5', '0.5', 'passed'],
    ['5e3', '5000', 'passed'],
    ['12', '1,2', 'wrong'],
    ['18', '18 eggs', 'wrong'],
    ['18', '18 or 19', 'wrong'],
    ['18', 'nan', 'wrong'],
    ['0', 'inf', 'wrong'],
    ['1', '.', 'wrong'],
    ['12345678901234567890123', '12345678901234567890123', 'passed'],
  ] as const)('expected %s, given %j: %s', async (expected, given, kind) => {
    expect((await verdict(expected, given, number)).kind).toBe(kind)
  })

  it('are not wrong because the expected one is no number', async () => {
    expect((await verdict('ten', '10', number)).kind).toBe('infrastructure')
  })
})
