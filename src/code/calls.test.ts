import { describe, expect, it } from 'vitest'
import { comesToUse } from './calls.js'

const base = 'def base(x):\n    return x\n\n'
const uses = (body: string, before = base) => comesToUse(`${before}def new(xs):\n${body}\n`, 'new', 'base')

describe('a function uses another', () => {
  it.each([
    '    return [base(x) for x in xs]',
    '    return list(map(base, xs))',
    '    """says nothing"""\n\n# at the margin\n    if xs: return base(xs)',
    '    def inner(y):\n        return base(y)\n    return inner(xs)',
    '    return (\nbase(xs)\n)',
    '    total = base(xs)\n    return total',
    '    x, total = 1, base(xs)\n    return total',
    '    return f(key=base)',
    '    for i, x in enumerate(xs):\n        base(x)',
  ])('%j', (body) => expect(uses(body)).toBe(true))

  it('by way of others, wherever they stand, also as methods', () => {
    const by = 'def helper(x):\n    return base(x)\n'
    expect(uses('    return helper(xs)', base + by)).toBe(true)
    expect(comesToUse(`async def new(xs):\n    return await helper(xs)\n${by}`, 'new', 'base')).toBe(true)
    const both =
      'class Solution:\n    def new(self, xs):\n        return self.base(xs)\n    def base(self, x):\n        return x\n'
    expect(comesToUse(both, 'new', 'base')).toBe(true)
  })
})

describe('a function does not use another', () => {
  it.each([
    '    return [x for x in xs]',
    '    # base(xs)\n    return "base(xs)"',
    '    base = 0\n    for x in xs: base += x\n    return base',
    '    x, base = 1, 2\n    return base',
    '    for i, base in enumerate(xs): print(base)',
    '    return sum(base for base in xs)',
    '    return xs.base(1)',
    '    return f(base=1)',
    '    base: int = 3\n    return base',
    '    if (base := len(xs)) > 3: return base',
    '    with xs as base: return base',
    '    return xs\n\nprint(base(1))',
    '    return xs\n\ndef other(x):\n    return base(x)',
  ])('%j', (body) => expect(uses(body)).toBe(false))

  it('where it is a parameter, or where only the last definition of a name counts', () => {
    expect(comesToUse(`${base}def new(xs, base):\n    return base\n`, 'new', 'base')).toBe(false)
    expect(uses('    return base(xs)\n\ndef new(xs):\n    return xs')).toBe(false)
    expect(comesToUse('def new(n):\n    return new(n - 1)\n', 'new', 'new')).toBe(false)
  })

  it('is not known of what cannot be read or does not define the function', () => {
    expect(uses('    return (xs')).toBeNull()
    expect(comesToUse('new = lambda xs: base(xs)\n', 'new', 'base')).toBeNull()
    expect(comesToUse(`def new(xs): pass\n${'#'.repeat(200_000)}`, 'new', 'base')).toBeNull()
  })
})
