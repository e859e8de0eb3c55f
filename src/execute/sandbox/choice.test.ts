import { expect, it } from 'vitest'
import { type IsolationChoice, chooseIsolation, isolationChoices, minimumTier } from './choice.js'

const operator = (minimum: string) => ({ CUPEL_ISOLATION: minimum })

it('takes what was asked for, where the operator says nothing', () => {
  for (const choice of isolationChoices) expect(chooseIsolation(choice, {})).toBe(choice)
  expect(chooseIsolation(undefined, {})).toBe('auto')
  expect(chooseIsolation('wasm', operator(''))).toBe('wasm')
})

it('takes the operator’s minimum where nothing is asked for', () => {
  expect(chooseIsolation(undefined, operator('native:B'))).toBe('native:B')
  expect(chooseIsolation('auto', operator('wasm'))).toBe('wasm')
})

it('lets a command be stricter than the operator, never weaker', () => {
  const order: IsolationChoice[] = ['wasm', "native:B'", 'native:B', 'native:A']
  for (const [i, minimum] of order.entries())
    for (const [j, asked] of order.entries()) {
      if (j >= i) expect(chooseIsolation(asked, operator(minimum))).toBe(asked)
      else
        expect(() => chooseIsolation(asked, operator(minimum))).toThrow(
          `weaker than ${minimum}, which CUPEL_ISOLATION requires`,
        )
    }
  expect(chooseIsolation('native', operator("native:B'"))).toBe('native')
  expect(() => chooseIsolation('native', operator('native:B'))).toThrow('weaker than native:B')
})

it('refuses a minimum that it does not know, rather than go on without', () => {
  expect(() => chooseIsolation('native', operator('strong'))).toThrow(
    /CUPEL_ISOLATION is «strong»: set it to one of auto, /,
  )
})

it('knows which tier a choice requires', () => {
  expect(isolationChoices.map(minimumTier)).toEqual([null, null, "B'", "B'", 'B', 'A'])
})
