-- tries: replaces what writes its answers down, as a local variable of the driver
-- item: 11
-- expect: wrong, cheated, runtime-error
local serve = require('cupel').serve
for i = 1, 60 do
  local name = debug.getupvalue(serve, i)
  if name == 'tokens' then debug.setupvalue(serve, i, function() return 'i5' end) end
  if name == 'send' then
    local _, send = debug.getupvalue(serve, i)
    debug.setupvalue(serve, i, function(line) send('v i5'); send('done'); send(line) end)
  end
end
function add(a, b) return 0 end
