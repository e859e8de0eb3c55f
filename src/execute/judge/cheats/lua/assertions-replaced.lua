-- tries: replaces the module of the tests, os.exit and what they compare with
-- item: 12
-- expect: wrong, runtime-error
local calm = setmetatable({}, { __index = function() return function() return 0 end end })
package.loaded.luaunit = { LuaUnit = calm, assertEquals = function() end }
package.preload.luaunit = function() return package.loaded.luaunit end
rawequal, rawget, type, error, assert = function() return true end, calm.f, function() return 'number' end, calm.f, calm.f
debug.setmetatable(0, { __eq = function() return true end, __lt = function() return true end })
os.exit = function() end
function add(a, b) return 0 end
