# The driver of an R session. Messages on descriptor 3 and answers on 4 are a decimal length, a newline and that many
# bytes; a message is a verb (`cell`, `complete`) and the source on the next lines, an answer is JSON.
local({
  requests <- file("/proc/self/fd/3", "rb", raw = TRUE)
  answers <- file("/proc/self/fd/4", "wb", raw = TRUE)
  plots <- "/tmp/cupel-plots"

  quoted <- function(text) {
    text <- enc2utf8(paste(text, collapse = "\n"))
    text <- gsub("\\", "\\\\", text, fixed = TRUE)
    text <- gsub("\"", "\\\"", text, fixed = TRUE)
    for (code in c(1:31, 127)) text <- gsub(intToUtf8(code), sprintf("\\u%04x", code), text, fixed = TRUE)
    paste0("\"", text, "\"")
  }
  object <- function(...) {
    fields <- list(...)
    fields <- fields[!vapply(fields, is.null, TRUE)]
    paste0("{", paste(vapply(names(fields), quoted, ""), unlist(fields), sep = ":", collapse = ","), "}")
  }
  answer <- function(text) {
    data <- charToRaw(text)
    writeBin(c(charToRaw(sprintf("%d\n", length(data))), data), answers)
    flush(answers)
  }
  receive <- function() {
    digits <- raw()
    repeat {
      byte <- readBin(requests, "raw", 1)
      if (length(byte) == 0) quit("no")
      if (byte == as.raw(10)) break
      digits <- c(digits, byte)
    }
    left <- as.integer(rawToChar(digits))
    data <- raw()
    while (left > length(data)) data <- c(data, readBin(requests, "raw", left - length(data)))
    text <- rawToChar(data)
    Encoding(text) <- "UTF-8"
    text
  }
  letters64 <- strsplit("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", "")[[1]]
  base64 <- function(bytes) {
    gap <- (3 - length(bytes) %% 3) %% 3
    triple <- matrix(c(as.integer(bytes), rep(0L, gap)), 3)
    n <- triple[1, ] * 65536L + triple[2, ] * 256L + triple[3, ]
    text <- letters64[rbind(n %/% 262144L, n %/% 4096L %% 64L, n %/% 64L %% 64L, n %% 64L) + 1]
    if (gap > 0) text[length(text) - seq_len(gap) + 1] <- "="
    paste(text, collapse = "")
  }
  cell <- function(value) if (is.na(value)) "null" else if (is.numeric(value) && is.finite(value)) format(value, digits = 15) else if (is.logical(value)) tolower(as.character(value)) else quoted(as.character(value))
  table <- function(data) {
    rows <- vapply(seq_len(min(nrow(data), 1000)), function(i)
      paste0("[", paste(vapply(data, function(column) cell(column[[i]]), ""), collapse = ","), "]"), "")
    object(columns = paste0("[", paste(vapply(names(data), quoted, ""), collapse = ","), "]"),
      rows = paste0("[", paste(rows, collapse = ","), "]"), truncated = if (nrow(data) > 1000) "true" else "false")
  }
  bundle <- function(value) {
    text <- paste(utils::capture.output(print(value)), collapse = "\n")
    shown <- if (is.data.frame(value) && all(vapply(value, is.atomic, TRUE))) table(value)
    do.call(object, c(list(`text/plain` = quoted(text)), if (!is.null(shown)) list(`application/vnd.cupel.table+json` = shown)))
  }
  figures <- function() {
    while (!is.null(grDevices::dev.list())) grDevices::dev.off()
    made <- list.files(plots, full.names = TRUE)
    results <- vapply(made, function(path) object(`image/png` = paste0("\"", base64(readBin(path, "raw", file.size(path))), "\""), `text/plain` = "\"<plot>\""), "")
    unlink(made)
    results
  }
  run <- function(source) {
    results <- character()
    parsed <- tryCatch(parse(text = source, keep.source = TRUE), error = identity)
    if (inherits(parsed, "error"))
      return(object(error = object(type = "\"SyntaxError\"", message = quoted(conditionMessage(parsed))), refused = "true"))
    calls <- NULL
    problem <- tryCatch({
      for (expression in as.list(parsed)) {
        shown <- withVisible(withCallingHandlers(eval(expression, globalenv()),
          warning = function(w) { message("Warning: ", conditionMessage(w)); invokeRestart("muffleWarning") },
          error = function(e) calls <<- sys.calls()))
        if (shown$visible) results <- c(results, bundle(shown$value))
      }
      NULL
    }, error = identity, interrupt = identity)
    results <- c(results, tryCatch(figures(), error = function(e) character()))
    results <- paste0("[", paste(results, collapse = ","), "]")
    if (is.null(problem)) return(object(results = results))
    if (inherits(problem, "interrupt")) return(object(results = results, interrupted = "true"))
    where <- conditionCall(problem)
    text <- paste0("Error", if (!is.null(where)) paste0(" in ", deparse(where)[1]), ": ", conditionMessage(problem))
    object(results = results, error = object(type = quoted(class(problem)[1]), message = quoted(conditionMessage(problem)), traceback = quoted(text)))
  }
  complete <- function(source) {
    parsed <- tryCatch(parse(text = source), error = identity)
    if (!inherits(parsed, "error")) "complete"
    else if (grepl("unexpected end of input|INCOMPLETE_STRING", conditionMessage(parsed))) "incomplete"
    else "invalid"
  }

  dir.create(plots, showWarnings = FALSE)
  options(device = function(...) grDevices::png(file.path(plots, "plot-%03d.png"), type = "cairo", width = 800, height = 600), warn = 1)
  answer("{\"ready\":true}")
  repeat tryCatch({
    message <- receive()
    cut <- regexpr("\n", message, fixed = TRUE)
    source <- substring(message, cut + 1)
    reply <- if (startsWith(message, "complete")) object(complete = quoted(complete(source))) else run(source)
    flush(stdout())
    answer(reply)
  }, interrupt = function(i) answer("{\"interrupted\":true}"))
})
