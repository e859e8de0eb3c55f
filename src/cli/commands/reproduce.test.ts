import { expect, it } from 'vitest'
import { isFinding } from './reproduce.js'

const row = { study: 's', figure: 'f', published: 50, recorded: 50, measured: 50, differ: null }

it.each([
  ['equal figures', {}, false],
  ['just within the tolerance', { measured: 50.3 }, false],
  ['past it', { measured: 49.69 }, true],
  ['a differing verdict, whatever the figure', { differ: 1 }, true],
  ['no differing verdict', { differ: 0 }, false],
  ['nothing measured', { measured: null }, true],
  ['nothing recorded: the published figure does not decide', { recorded: null, measured: 10 }, false],
])('%s', (_, change, finding) => {
  expect(isFinding({ ...row, ...change })).toBe(finding)
})
