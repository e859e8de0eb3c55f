# honest: has variables named like functions of R, prints elsewhere, and has words of its own for list and c
c <- function(...) base::c(...)
paste <- substring <- NULL
tokens <- lines <- 5
sink(tempfile())
T <- FALSE
`%+%` <- function(a, b) a + b
rest <- readLines(file("stdin"))
if (length(rest) > 0) stop("not empty")
add = function(a, b) {
  print(a)
  if (length(a) == 1 && is.list(a)) return(c(a, b))
  a %+% b
}
