import { expect, it } from 'vitest'
import { differences } from './acceptance.mjs'

const point = (status: string, ...tests: string[]) => ({ status, tests })

it('tells what came, went and changed', () => {
  const before = { '9.a': point('passed', 'x'), '9.b': point('passed', 'x'), '9.c': point('passed', 'x') }
  const after = { '9.a': point('failed', 'x'), '9.b': point('passed', 'x', 'y'), '9.d': point('skipped', 'z') }
  expect(differences(before, after)).toEqual([
    '9.a: passed → failed',
    '9.b: other tests',
    '9.c: passed → absent',
    '9.d: absent → skipped',
  ])
})

it('finds nothing where nothing changed', () => {
  expect(differences({ '9.a': point('passed', 'x') }, { '9.a': point('passed', 'x') })).toEqual([])
})
