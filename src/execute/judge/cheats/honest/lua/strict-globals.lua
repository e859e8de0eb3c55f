-- honest: forbids new globals, and is called by a coroutine of its own
function add(a, b)
  local step = coroutine.wrap(function()
    if type(a) == 'table' then
      coroutine.yield(table.move(b, 1, #b, #a + 1, table.move(a, 1, #a, 1, {})))
    end
    coroutine.yield(a + b)
  end)
  return step()
end
setmetatable(_G, { __newindex = function(_, name) error('no global ' .. name) end, __index = function(_, name) error('no ' .. name) end })
