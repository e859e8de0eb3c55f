-- honest: is local, prints without a line end, replaces print and io.write, and keeps state
local count = 0
local function helper(x) count = count + 1; return x end
io.write('loaded')
local print = function(...) io.stdout:write(...) end
assert(io.read('a') == '' and io.read('l') == nil)
local function add(a, b)
  print(count)
  if type(a) == 'number' then return helper(a) + helper(b) end
  local all = setmetatable({}, { __index = table })
  for _, x in ipairs(a) do all:insert(x) end
  for _, x in ipairs(b) do all:insert(x) end
  return all
end
