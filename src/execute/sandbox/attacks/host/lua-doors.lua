-- tries: to find a door of the Lua engine in WebAssembly: libraries, the registry, objects of JavaScript
-- expect: ok, runtime-error
-- native: no (a native Lua may load libraries; what they can do is what every program can)
-- limits: cpu=4 wall=10 memory=256
local function tries(what, attempt)
  local ok, result = pcall(attempt)
  if ok and result then print("ESCAPED:", what, tostring(result)) end
end
tries("loadlib", function() return package.loadlib("/usr/lib/x86_64-linux-gnu/libc.so.6", "system") end)
tries("require", function() return require("CANARY_FILE") end)
local seen = {}
local function walk(value, path, depth)
  if depth > 5 or seen[value] then return end
  if type(value) == "userdata" or type(value) == "function" then
    seen[value] = true
    tries(path, function() return value.constructor.constructor("return process")().pid end)
    tries(path, function() return value.process.pid end)
    local ok, meta = pcall(function() return debug.getmetatable(value) end)
    if ok and type(meta) == "table" then walk(meta, path .. "<meta>", depth + 1) end
  end
  if type(value) ~= "table" then return end
  seen[value] = true
  for key, inner in pairs(value) do walk(inner, path .. "." .. tostring(key), depth + 1) end
end
walk(_G, "_G", 0)
tries("registry", function() walk(debug.getregistry(), "registry", 0) end)
tries("js", function() return js.global.process.pid end)
print("held")
