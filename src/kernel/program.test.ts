import { expect, it } from 'vitest'
import { defaultLimits, limitsFrom } from './program.js'

it('a CPU limit pulls the wall limit with it, unless that is given', () => {
  expect(limitsFrom()).toEqual(defaultLimits)
  expect(limitsFrom({ cpuSeconds: 2 })).toMatchObject({ cpuSeconds: 2, wallSeconds: 8 })
  expect(limitsFrom({ cpuSeconds: 2, wallSeconds: 3 })).toMatchObject({ cpuSeconds: 2, wallSeconds: 3 })
})
