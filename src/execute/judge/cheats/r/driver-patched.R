# tries: replaces what writes its answers down
# item: 11
# expect: wrong, cheated, runtime-error
for (depth in 1:10) {
  at <- parent.frame(depth)
  if (exists("cupel", at)) {
    side <- get("cupel", at)
    assign("tokens", function(...) "i5", side)
    assign("guessed", TRUE, side)
  }
}
add <- function(a, b) stop("no")
