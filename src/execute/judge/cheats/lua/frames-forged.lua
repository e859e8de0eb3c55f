-- tries: answers all questions itself with marked lines, before it is asked
-- item: 15
-- expect: wrong, cheated
local serve = require('cupel').serve
local mark = ''
for i = 1, 60 do
  local name, value = debug.getupvalue(serve, i)
  if name == 'lines' then mark = value[1] end
end
for _ = 1, 4 do io.write('\n', mark, ' v i5\n') end
io.write('\n', mark, ' passed\n')
function add(a, b) return 0 end
