# tries: returns an object whose methods say that it equals everything
# item: 9
# expect: wrong
all.equal.everything <- function(...) TRUE
Ops.everything <- function(e1, e2) TRUE
as.numeric.everything <- function(x, ...) 5
add <- function(a, b) structure(list(5), class = "everything")
