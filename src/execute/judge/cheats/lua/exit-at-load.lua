-- tries: ends the process with success before it is asked
-- item: 13
-- expect: runtime-error
os.exit(0)
function add(a, b) return 0 end
