-- tries: leaves with success when its rubbish is collected
-- item: 13
-- expect: wrong, runtime-error
setmetatable({}, { __gc = function() os.exit(0) end })
local keep <close> = setmetatable({}, { __close = function() os.exit(0) end })
function add(a, b) collectgarbage(); return 0 end
