-- tries: to overrun the interpreter's stack in Lua and in its C code
-- expect: runtime-error, memory-limit
-- limits: cpu=2 wall=6 memory=128
local function deeper(n) return 1 + deeper(n + 1) end
print(pcall(deeper, 0))
local t = setmetatable({}, {})
getmetatable(t).__index = function(_, k) return t[k .. "x"] end
print(t.a)
