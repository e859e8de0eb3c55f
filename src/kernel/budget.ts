/** One meter for tokens, calls, executions, seconds and money. */
import { BudgetExceeded } from './errors.js'

export interface BudgetLimits {
  readonly tokens?: number
  /** Requests to a model. */
  readonly calls?: number
  readonly executions?: number
  readonly seconds?: number
  /** US dollars. */
  readonly cost?: number
}

export type Spent = { -readonly [K in keyof BudgetLimits]-?: number }

const units = { tokens: 'tokens', calls: 'model calls', executions: 'executions', seconds: 'seconds', cost: 'dollars' }

export class Budget {
  readonly limits: BudgetLimits
  readonly spent: Spent = { tokens: 0, calls: 0, executions: 0, seconds: 0, cost: 0 }

  constructor(limits: BudgetLimits = {}) {
    this.limits = limits
  }

  /** Adds to the meter. Never throws: what was spent was spent. */
  charge(amount: Partial<Spent>): void {
    for (const key of Object.keys(amount) as (keyof Spent)[]) this.spent[key] += amount[key] ?? 0
  }

  /** The first limit that is used up, or null. */
  exhausted(): keyof Spent | null {
    for (const key of Object.keys(this.limits) as (keyof Spent)[]) {
      const limit = this.limits[key]
      if (limit !== undefined && this.spent[key] >= limit) return key
    }
    return null
  }

  /** Call before spending: throws BudgetExceeded if a limit is used up. */
  check(): void {
    const key = this.exhausted()
    if (key) throw new BudgetExceeded(`the budget of ${this.limits[key]} ${units[key]} is used up`)
  }
}
