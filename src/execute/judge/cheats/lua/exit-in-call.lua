-- tries: prints success and ends the process at the first call
-- item: 13
-- expect: runtime-error
function add(a, b) print('OK'); os.exit(true, true) end
