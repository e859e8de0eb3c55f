# tries: ends the process with success at the first call, with a last word
# item: 13
# expect: runtime-error
.Last <- function() cat("ok\n")
reg.finalizer(globalenv(), function(e) quit(status = 0), onexit = TRUE)
add <- function(a, b) quit(save = "no", status = 0)
