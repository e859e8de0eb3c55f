# tries: ends the process with success before it is asked
# item: 13
# expect: runtime-error
quit(status = 0)
add <- function(a, b) 0
