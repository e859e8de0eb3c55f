-- tries: prints what success looks like without end
-- item: 14
-- expect: output-limit, time-limit
function add(a, b) while true do print(('OK\n'):rep(10000)) end end
