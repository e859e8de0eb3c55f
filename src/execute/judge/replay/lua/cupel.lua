-- Both sides in Lua: `serve` answers calls for the candidate, `call` stands in for its functions in the tests. A table is a
-- list where its keys are those of one, else a map; metatables stay behind (see the README of the folder above).
local cupel = { guessed = false }

-- What a program may replace is kept before it runs.
local stdout, exit, format, byte, gsub, sub = io.stdout, os.exit, string.format, string.byte, string.gsub, string.sub
local pack, unpack, kind_of, next, rawlen, rawget, select = string.pack, string.unpack, math.type, next, rawlen, rawget, select
local type, tostring, tonumber, pcall, error, sort, concat = type, tostring, tonumber, pcall, error, table.sort, table.concat
local tointeger, char, spread, collect, setmetatable = math.tointeger, string.char, table.unpack, table.pack, setmetatable

-- Read before the program runs, which may read its input too; it finds it empty.
local lines = {}
for line in string.gmatch(io.stdin:read('a'), '[^\n]+') do lines[#lines + 1] = line end
local mark = lines[1]

local function send(line)
  stdout:write('\n', mark, ' ', line, '\n')
  stdout:flush()
end

local function text(value)
  return (gsub(value, '[^!-$&-~]', function(one) return format('%%%02x', byte(one)) end))
end

local function untext(token)
  return (gsub(gsub(sub(token, 2), '%%u....', '?'), '%%(%x%x)', function(hex) return char(tonumber(hex, 16)) end))
end

-- What stayed with the candidate: it equals nothing.
local opaque = setmetatable({}, { __mode = 'k' })
local function stayed(kind)
  local function refuse() error('the candidate gave a ' .. kind .. ', which cannot leave its process', 0) end
  local one = setmetatable({}, { __index = refuse, __newindex = refuse, __call = refuse, __len = refuse, __pairs = refuse })
  opaque[one] = true
  return one
end

function cupel.is_opaque(value) return opaque[value] == true end

local tokens

local function table_tokens(value, depth)
  local length, count = rawlen(value), 0
  local listed = true
  for key in next, value do
    count = count + 1
    listed = listed and kind_of(key) == 'integer' and key >= 1 and key <= length
  end
  local made = {}
  if listed and count == length then
    for i = 1, length do made[i] = ' ' .. tokens(rawget(value, i), depth + 1) end
    return '[' .. length .. concat(made)
  end
  for key, item in next, value do made[#made + 1] = ' ' .. tokens(key, depth + 1) .. ' ' .. tokens(item, depth + 1) end
  -- In an order that is the same each time.
  sort(made)
  return 'M' .. count .. concat(made)
end

function tokens(value, depth)
  if depth > 390 then error('the value is nested too deeply to cross, or contains itself', 0) end
  local kind = type(value)
  if kind == 'nil' then return 'n' end
  if kind == 'boolean' then return value and 't' or 'f' end
  if kind == 'string' then return 's' .. text(value) end
  if kind == 'table' and not opaque[value] then return table_tokens(value, depth) end
  if kind ~= 'number' then return '?' .. kind end
  if kind_of(value) == 'integer' then return format('i%d', value) end
  return 'd' .. gsub(pack('>d', value), '.', function(one) return format('%02x', byte(one)) end)
end

local function take(asked, at)
  local token = asked[at]
  local kind, rest = sub(token, 1, 1), sub(token, 2)
  at = at + 1
  if kind == 'n' or kind == 'u' then return nil, at end
  if kind == 't' or kind == 'f' then return kind == 't', at end
  if kind == 'i' or kind == 'I' then return tointeger(rest) or tonumber(rest), at end
  if kind == 'd' then return (unpack('>d', untext('s' .. gsub(rest, '..', '%%%0')))), at end
  if kind == '?' then return stayed(untext(token)), at end
  if kind == '[' or kind == '(' or kind == '<' or kind == 'M' or kind == '{' then
    local made, count = {}, tointeger(rest)
    for i = 1, count do
      local key = i
      if kind == 'M' or kind == '{' then key, at = take(asked, at) end
      made[key], at = take(asked, at)
    end
    return made, at, count
  end
  return untext(token), at
end

local function split(line)
  local made = {}
  for token in string.gmatch(line, '[^ ]+') do made[#made + 1] = token end
  return made
end

local function tuple(values)
  local made = {}
  for i = 1, values.n do made[i] = ' ' .. tokens(values[i], 1) end
  return '(' .. values.n .. concat(made)
end

-- One value is itself; none, or more than one, are a tuple of all.
local function results(values)
  return values.n == 1 and tokens(values[1], 0) or tuple(values)
end

function cupel.serve(program)
  for i = 2, #lines do
    local fine, reply = pcall(function()
      local args, _, count = take(split(lines[i]), 2)
      local before = {}
      for n = 1, count do before[n] = tokens(args[n], 0) end
      local reply = 'v ' .. results(collect(program(spread(args, 1, count))))
      for n = 1, count do
        local after = tokens(args[n], 0)
        if after ~= before[n] then reply = reply .. ' m ' .. (n - 1) .. ' ' .. after end
      end
      return reply
    end)
    if not fine then
      local _, message = pcall(tostring, reply)
      reply = 'e serror s' .. text(sub(tostring(message), 1, 2000))
    end
    send(reply)
  end
end

local function changed(old, new)
  if type(old) ~= 'table' or type(new) ~= 'table' then return end
  for key in next, old do old[key] = nil end
  for key, item in next, new do old[key] = item end
end

local calls = 0

function cupel.call(name, ...)
  local args = collect(...)
  local fine, asked = pcall(function() return 's' .. text(name) .. ' ' .. tuple(args) end)
  if not fine or string.find(asked, ' ?', 1, true) then
    send('x s' .. text(fine and 'the tests pass a value that cannot cross' or asked))
    exit(78)
  end
  local at = 2 + 2 * calls
  calls = calls + 1
  local known = lines[at] == asked and lines[at + 1] ~= nil
  cupel.guessed = cupel.guessed or not known
  send((known and 'c r ' or 'c g ') .. asked)
  if not known then return nil end
  local reply = split(lines[at + 1])
  if reply[1] == 'e' then error(untext(reply[3]), 0) end
  local value, next_at, count = take(reply, 2)
  local many = sub(reply[2], 1, 1) == '('
  while reply[next_at] do
    local which = tointeger(reply[next_at + 1]) + 1
    local new
    new, next_at = take(reply, next_at + 2)
    changed(args[which], new)
  end
  if many then return spread(value, 1, count) end
  return value
end

return cupel
