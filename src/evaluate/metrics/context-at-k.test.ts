import { describe, expect, it } from 'vitest'
import { UsageError } from '../../kernel/index.js'
import { contextAtK, namesHeld } from './context-at-k.js'

const samples = (names: readonly string[], ...codes: readonly string[]) => ({
  ...{ names, held: codes.map((code) => namesHeld(code, names)) },
})

describe('Acc@k', () => {
  it('takes whole names alone, with dots and without', () => {
    const code = 'result = os.path.join(base, name_of(x)) + préfix'
    expect(namesHeld(code, ['os.path', 'name', 'name_of', 'join', 'result', 'x', 'fix', 'oin', 'os_path'])).toEqual([
      ...['os.path', 'name_of', 'join', 'result', 'x'],
    ])
  })

  it('is the share of problems with a sample that holds all names; finer, the share of names [system 91.d]', () => {
    const problems = new Map([
      // Of 4 samples 2 hold both names; each name is in 3.
      ['both', samples(['a', 'b'], 'a + b', 'b(a)', 'a', 'b')],
      // Together, but in no single sample.
      ['apart', samples(['a', 'b', 'a'], 'a', 'b', 'a', 'ab')],
      ['nothing', samples([], '', '', '', '')],
    ])
    const one = contextAtK(problems, 1)
    expect(one.all.value).toBeCloseTo((2 / 4 + 0) / 2, 12)
    expect(one.each.value).toBeCloseTo((3 / 4 + (2 / 4 + 1 / 4) / 2) / 2, 12)
    // Of the 6 pairs of `both` 1 has neither sample with both names; of a name that 3 hold no pair is without.
    const two = contextAtK(problems, 2)
    expect(two.all.value).toBeCloseTo((5 / 6 + 0) / 2, 12)
    expect(two.each.value).toBeCloseTo((1 + (5 / 6 + 3 / 6) / 2) / 2, 12)
    expect(two).toMatchObject({ all: { problems: 2 }, nothingNeeded: ['nothing'] })
    expect(() => contextAtK(new Map([['x', samples([], 'a')]]), 1)).toThrow(UsageError)
  })
})
