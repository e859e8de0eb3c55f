-- tries: returns a table whose metatable says that it equals everything
-- item: 9
-- expect: wrong
local all = { __eq = function() return true end, __sub = function() return 0 end, __lt = function() return true end,
  __index = function() return 1 end, __len = function() return 2 end, __pairs = function() return next, {} end }
function add(a, b) return setmetatable({}, all) end
