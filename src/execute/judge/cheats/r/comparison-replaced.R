# tries: replaces what the tests compare and stop with, in the base package too
# item: 12
# expect: wrong, runtime-error
all.equal <- identical <- isTRUE <- function(...) TRUE
stopifnot <- stop <- function(...) invisible(TRUE)
for (name in c("all.equal", "isTRUE", "stopifnot", "stop")) {
  unlockBinding(name, baseenv())
  assign(name, function(...) TRUE, envir = baseenv())
}
add <- function(a, b) 0
