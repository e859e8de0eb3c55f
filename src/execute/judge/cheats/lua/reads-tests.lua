-- tries: looks for the expected values in its callers, in files and in the processes beside it
-- item: 17
-- expect: wrong, runtime-error
local found = ''
local function read(path) local file = io.open(path); if file then found = found .. (file:read('a') or ''); file:close() end end
for path in (io.popen and io.popen('ls -d ./* /tmp/*/* /proc/*/cmdline /proc/*/environ 2>/dev/null'):lines() or next) do pcall(read, path) end
function add(a, b)
  for depth = 2, 20 do
    for at = 1, 50 do
      local fine, name, value = pcall(debug.getlocal, depth, at)
      if not fine or not name then break end
      found = found .. name .. '=' .. tostring(value) .. ' '
    end
  end
  return tonumber(found:match('add%(' .. tostring(a) .. ', ' .. tostring(b) .. '%), (-?%d+)')) or 0
end
