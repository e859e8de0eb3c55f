import { describe, expect, it } from 'vitest'
import { judging } from './replay.test-support.js'

const { judge, missing } = await judging('lua')

const lua = (script: string, code: string) => judge({ trusted: '-- f\nlocal function f(a)\n', script, code })

describe.skipIf(missing)('function problems in Lua', () => {
  it('values cross both ways as Lua tells them apart', async () => {
    const values = [
      ...[
        '0',
        '-0.0',
        '1',
        '1.0',
        '0.1 + 0.2',
        'math.mininteger',
        'math.maxinteger',
        '1e300',
        '1/0',
        'true',
        'false',
        '""',
      ],
      ...[
        '"a b%41\\xff\\0"',
        '{}',
        '{ 1, { 2.0 }, "x" }',
        '{ a = 1, [2] = {}, [1.5] = "x", [true] = false }',
        '{ 1, nil, 3 }',
      ],
    ]
    const script = `local function same(one, other)
  if type(one) ~= 'table' then
    return math.type(one) == math.type(other) and one == other and (one ~= 0 or tostring(one) == tostring(other))
  end
  for key, item in pairs(one) do if not same(item, other[key]) then return false end end
  for key in pairs(other) do if one[key] == nil then return false end end
  return true
end
for i, value in ipairs({ ${values.join(', ')} }) do
  local got = f(value)
  if not require('cupel').guessed then assert(same(value, got), i) end
end
assert(f(nil) == nil)`
    const verdict = await lua(script, 'local function f(x) return x end')
    expect(verdict, JSON.stringify(verdict)).toMatchObject({ kind: 'passed', judged: 'out-of-process' })
  })

  it('several results, arguments changed in place and errors reach the tests', async () => {
    const script = `local x, y, z = f(1); assert(x == 1 and y == nil and z == 'three')
assert(select('#', f(2)) == 0)
local list = { 3, 1, old = true }; f(list); assert(list[1] == 1 and list[2] == 3 and list.old == nil)
local fine, message = pcall(f, nil); assert(not fine and message == 'no value', message)`
    const code = `function f(a)
  if a == nil then error('no value', 0) end
  if type(a) == 'table' then table.sort(a); a.old = nil return end
  if a == 1 then return 1, nil, 'three' end
end`
    expect(await lua(script, code)).toMatchObject({ kind: 'passed' })
    const died = await lua('f(nil)', code)
    expect(died).toMatchObject({ kind: 'runtime-error', exception: { type: 'error', message: 'no value' } })
  })

  it('the module that tests are published for decides as it does', async () => {
    const script = (body: string) =>
      `lu = require('luaunit')\nfunction test_f()\nlocal candidate = f\n${body}\nend\nos.exit(lu.LuaUnit.run())`
    const echo = 'local function f(x) return x end'
    for (const [body, kind] of [
      ['lu.assertEquals(candidate({ 1, { a = 2 } }), { 1, { a = 2.0 } })', 'passed'],
      ['lu.assertEquals(candidate({ 1, 2 }), { 1 })', 'wrong'],
      ['lu.assertEquals(candidate({ 1 }), { 1, 2 })', 'wrong'],
      ['lu.assertEquals(candidate("1"), 1)', 'wrong'],
      ['lu.assertEquals(candidate(0.1 + 0.2), 0.3)', 'wrong'],
      ['lu.assertAlmostEquals(candidate({ 0.1 + 0.2 }), { 0.3 }, 1e-9)', 'passed'],
      ['lu.assertAlmostEquals(candidate({ 0.4 }), { 0.3 }, 1e-9)', 'wrong'],
      ['lu.assertEquals(candidate(1), 1)\nlu.assertEquals(candidate(2), 3)', 'wrong'],
    ] as const)
      expect((await lua(script(body), echo)).kind, body).toBe(kind)
    for (const value of ['print', 'setmetatable({}, { __eq = function() return true end })', 'coroutine.create(f)'])
      expect(
        await lua(script('lu.assertEquals(candidate(1), { 1 })'), `local function f() return ${value} end`),
      ).toMatchObject({ kind: 'wrong' })
    expect(await lua(script('lu.assertEquals(candidate(1), {})'), 'function f() return f end')).toMatchObject({
      kind: 'wrong',
    })
  })

  it('what is not there or no source is told apart', async () => {
    for (const code of ['local function f(', 'return (', 'x = = 1'])
      expect((await lua('f()', code)).kind, code).toBe('compile-error')
    expect((await lua('f()', 'error("at once")')).kind).toBe('runtime-error')
    expect((await lua('f()', 'local function g() end')).kind).toBe('runtime-error')
    expect(await lua('assert(f() == 1)', 'function f() return 1 end return f')).toMatchObject({ kind: 'passed' })
    expect(await lua('f(print)', 'function f() return 1 end')).toMatchObject({ kind: 'infrastructure' })
  })
})
