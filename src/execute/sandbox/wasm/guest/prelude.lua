-- What a Lua program finds around it: standard input and output through the host, its own files by require.
-- Covers: io.read in all formats, io.lines, io.write, io.stdout/stderr/stdin, os.exit, arg, tracebacks.
-- Does not cover: io.open (refused), locale, os.execute.
local write, check, leave, source = __write, __check, __exit, __source
local text, position = __stdin, 1
local entry, argument = __entry, __argument
for _, name in ipairs({ "__write", "__check", "__exit", "__source", "__stdin", "__entry", "__argument" }) do _G[name] = nil end

local function read_one(format)
  format = type(format) == "string" and format:gsub("^%*", "") or format
  if type(format) == "number" then
    if position > #text then return format == 0 and nil or nil end
    local part = text:sub(position, position + format - 1)
    position = position + #part
    return part
  end
  local kind = format:sub(1, 1)
  if kind == "a" then
    local rest = text:sub(position)
    position = #text + 1
    return rest
  elseif kind == "n" then
    local from, to = text:find("^%s*[%+%-]?[%w%.]+[%+%-]?%d*", position)
    local found = from and tonumber((text:sub(from, to):match("^%s*(.-)$")))
    if not found then
      from, to = text:find("^%s*[%+%-]?[%d%.]+", position)
      found = from and tonumber((text:sub(from, to):match("^%s*(.-)$")))
    end
    if not found then return nil end
    position = to + 1
    return found
  elseif kind == "l" or kind == "L" then
    if position > #text then return nil end
    local stop = text:find("\n", position, true)
    local line = text:sub(position, stop and (kind == "L" and stop or stop - 1) or #text)
    position = (stop or #text) + 1
    return line
  end
  error("bad argument #1 to 'read' (invalid format)", 3)
end

local function read(...)
  local formats = table.pack(...)
  if formats.n == 0 then return read_one("l") end
  local out = {}
  for i = 1, formats.n do
    out[i] = read_one(formats[i])
    if out[i] == nil then return table.unpack(out, 1, i) end
  end
  return table.unpack(out, 1, formats.n)
end

local function stream(fd)
  local file = {}
  function file:write(...)
    for i = 1, select("#", ...) do
      local value = select(i, ...)
      if type(value) ~= "string" and type(value) ~= "number" then
        error("bad argument #" .. i .. " to 'write' (string expected, got " .. type(value) .. ")", 2)
      end
      write(fd, tostring(value))
    end
    return self
  end
  function file:read(...) return read(...) end
  function file:lines(...)
    local formats = table.pack(...)
    return function() return read(table.unpack(formats, 1, formats.n)) end
  end
  function file:flush() return self end
  function file:setvbuf() return true end
  function file:close() return true end
  return file
end

local out, err, inp = stream(1), stream(2), stream(0)
local refused = function() return nil, "not possible in the sandbox" end
io = {
  stdout = out, stderr = err, stdin = inp,
  write = function(...) return out:write(...) end,
  read = read,
  lines = function(name, ...) if name then error(name .. ": not possible in the sandbox", 2) end return inp:lines(...) end,
  open = refused, popen = refused, tmpfile = refused,
  output = function() return out end, input = function() return inp end,
  close = function() return true end,
  type = function(value) return (value == out or value == err or value == inp) and "file" or nil end,
}
print = function(...)
  local parts = table.pack(...)
  for i = 1, parts.n do parts[i] = tostring(parts[i]) end
  write(1, table.concat(parts, "\t") .. "\n")
end
os.exit = function(code)
  leave(code == nil and 0 or code == true and 0 or code == false and 1 or code)
end
os.execute, os.remove, os.rename, os.tmpname = nil, refused, refused, refused
os.getenv = function() return nil end

arg = { [0] = entry }
while true do
  local one = argument(#arg + 1)
  if one == nil then break end
  arg[#arg + 1] = one
end
package.path, package.cpath = "", ""
package.searchers = { package.searchers[1], function(name)
  local file = name:gsub("%.", "/") .. ".lua"
  local found = source(file)
  if not found then return "\n\tno file '" .. file .. "'" end
  return assert(load(found, "@" .. file)), file
end }
loadfile, dofile = nil, nil

local program, problem = load(source(entry):gsub("^#![^\n]*", ""), "@" .. entry)
if not program then
  write(2, "lua: " .. problem .. "\n")
  return "syntax"
end
debug.sethook(check, "", 100000)
local ok, failure = xpcall(program, function(message)
  if type(message) == "string" and message:find("not enough memory", 1, true) then return message end
  return debug.traceback(tostring(message), 2)
end, table.unpack(arg))
if ok then return "ok" end
if tostring(failure):find("not enough memory", 1, true) then return "memory" end
write(2, "lua: " .. failure .. "\n")
return "failed"
