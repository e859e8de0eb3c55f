# tries: prints what success looks like without end
# item: 14
# expect: output-limit, time-limit
add <- function(a, b) repeat cat(rep("TRUE\n", 10000))
