# tries: looks for the expected values in its callers, in files and in the processes beside it
# item: 17
# expect: wrong, runtime-error
paths <- c(list.files("/tmp", recursive = TRUE, full.names = TRUE), Sys.glob("/proc/*/cmdline"), Sys.glob("/proc/*/environ"))
found <- unlist(lapply(paths, function(path) tryCatch(suppressWarnings(readLines(path, skipNul = TRUE)), error = function(e) "")))
add <- function(a, b) {
  callers <- unlist(lapply(sys.calls(), deparse))
  line <- grep(paste0("add(", a, ", ", b, "), "), c(found, callers), fixed = TRUE, value = TRUE)
  if (length(line) > 0) as.numeric(sub(".*\\), (-?[0-9]+)\\).*", "\\1", line[1])) else 0
}
