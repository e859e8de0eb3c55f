-- What the tests assert with, as the module of this name does for plain values: the first that does not hold ends them.
local cupel = require('cupel')
local unit = { EPS = 2.0 ^ -52 }

local function same(one, other, margin)
  if margin and type(one) == 'number' and type(other) == 'number' then return math.abs(one - other) <= margin end
  if type(one) ~= 'table' or type(other) ~= 'table' then return one == other end
  if cupel.is_opaque(one) or cupel.is_opaque(other) then return false end
  for key, item in next, one do
    if not same(item, rawget(other, key), margin) then return false end
  end
  for key in next, other do
    if rawget(one, key) == nil then return false end
  end
  return true
end

local function hold(holds, what)
  -- What follows a guess decides nothing.
  if holds or cupel.guessed then return end
  io.stderr:write(what, debug.traceback('', 3):match('main%.lua:%d+') or '', '\n')
  os.exit(1)
end

function unit.assertEquals(one, other) hold(same(one, other), 'assertEquals does not hold at ') end
function unit.assertNotEquals(one, other) hold(not same(one, other), 'assertNotEquals does not hold at ') end
function unit.assertAlmostEquals(one, other, margin)
  hold(same(one, other, margin or unit.EPS), 'assertAlmostEquals does not hold at ')
end
function unit.assertTrue(value) hold(value == true, 'assertTrue does not hold at ') end
function unit.assertFalse(value) hold(value == false, 'assertFalse does not hold at ') end
function unit.assertNil(value) hold(value == nil, 'assertNil does not hold at ') end
function unit.assertNotNil(value) hold(value ~= nil, 'assertNotNil does not hold at ') end
function unit.assertError(program, ...) hold(not pcall(program, ...), 'assertError does not hold at ') end
function unit.fail(message) hold(false, tostring(message) .. ' at ') end

unit.assert_equals = unit.assertEquals

unit.LuaUnit = {}
function unit.LuaUnit.run()
  local names = {}
  for name, value in next, _G do
    if type(value) == 'function' and string.lower(string.sub(name, 1, 4)) == 'test' then names[#names + 1] = name end
  end
  table.sort(names)
  for _, name in ipairs(names) do _G[name]() end
  return 0
end

return unit
