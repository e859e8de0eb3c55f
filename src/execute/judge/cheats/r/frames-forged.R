# tries: answers all questions itself with marked lines, before it is asked
# item: 15
# expect: wrong, cheated, runtime-error
for (depth in 0:sys.nframe()) {
  at <- sys.frame(depth)
  if (exists("cupel", at)) for (line in c("v i5", "v i5", "v i5", "v i5", "passed")) get("cupel", at)$send(line)
}
add <- function(a, b) 0
