import { expect, it } from 'vitest'
import { Budget } from './budget.js'
import { BudgetExceeded } from './errors.js'

it('meters everything and stops at the first limit that is used up', () => {
  const budget = new Budget({ tokens: 100, calls: 2 })
  budget.check()
  budget.charge({ tokens: 99, calls: 1, cost: 0.5 })
  expect(budget.exhausted()).toBeNull()
  budget.charge({ tokens: 1 })
  expect(budget.exhausted()).toBe('tokens')
  expect(() => budget.check()).toThrow(BudgetExceeded)
  expect(budget.spent).toEqual({ tokens: 100, calls: 1, executions: 0, seconds: 0, cost: 0.5 })
})

it('has no limit unless one is given', () => {
  const budget = new Budget()
  budget.charge({ tokens: 1e9, seconds: 1e9 })
  expect(() => budget.check()).not.toThrow()
})
