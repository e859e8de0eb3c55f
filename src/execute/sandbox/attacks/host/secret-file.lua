-- tries: to read a file of the host, to run programs, and to load code from outside
-- expect: ok, runtime-error
-- limits: cpu=3 wall=8 memory=256
local function tries(what, attempt)
  local ok, result = pcall(attempt)
  if ok and result then print("ESCAPED:", what, result) end
end
tries("open", function() return io.open("CANARY_FILE"):read("a") end)
tries("lines", function() return io.lines("CANARY_FILE")() end)
tries("dofile", function() return dofile("CANARY_FILE") end)
tries("loadfile", function() return loadfile("CANARY_FILE") end)
tries("popen", function() return io.popen("cat CANARY_FILE 2>/dev/null"):read("l") end)
tries("getenv", function() return os.getenv("CANARY_VARIABLE") end)
print("held")
