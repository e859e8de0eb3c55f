# Both sides in R: `serve` answers calls for the candidate, `call` stands in for its functions in the tests. One number, text or
# truth value is a token of its own, every other vector says its type in front, and attributes, names among them, come with what
# they are of (see the README of the folder above). Arguments are values in R: none is changed for the caller.

lines <- local({
  input <- file("stdin", "rb")
  on.exit(close(input))
  readLines(input, warn = FALSE)
})
mark <- lines[1]
lines <- lines[-1]
# From the first guess on nothing decides: the script goes on as far as it comes, to show which calls it makes.
guessed <- FALSE
calls <- 0

send <- function(line) {
  # What the program prints may go elsewhere; this does not.
  while (sink.number() > 0) sink()
  cat("\n", mark, " ", line, "\n", sep = "", file = stdout())
  flush(stdout())
}

text <- function(value) {
  if (grepl("^[!-$&-~]*$", value, perl = TRUE, useBytes = TRUE)) return(value)
  bytes <- charToRaw(enc2utf8(value))
  plain <- bytes >= 0x21 & bytes <= 0x7e & bytes != 0x25
  parts <- paste0("%", as.character(bytes))
  parts[plain] <- vapply(bytes[plain], rawToChar, "")
  paste(parts, collapse = "")
}

untext <- function(token) {
  letters <- strsplit(gsub("%u....", "%3f", substring(token, 2)), "", useBytes = TRUE)[[1]]
  at <- which(letters == "%")
  bytes <- lapply(letters, charToRaw)
  for (i in at) bytes[[i]] <- as.raw(strtoi(paste0(letters[i + 1], letters[i + 2]), 16L))
  if (length(at) > 0) bytes <- bytes[-c(at + 1, at + 2)]
  bytes <- as.raw(unlist(bytes))
  # Text of R has no byte nought.
  value <- rawToChar(bytes[bytes != 0])
  Encoding(value) <- "UTF-8"
  value
}

# One token for each item of a vector without attributes; what is missing is none of its type.
leaves <- function(value) {
  switch(typeof(value),
    logical = ifelse(is.na(value), "n", ifelse(value, "t", "f")),
    integer = ifelse(is.na(value), "n", sprintf("i%d", value)),
    character = vapply(value, function(one) if (is.na(one)) "n" else paste0("s", text(one)), "", USE.NAMES = FALSE),
    raw = sprintf("i%d", as.integer(value)),
    double = {
      hex <- matrix(as.character(writeBin(value, raw(), endian = "big")), 8)
      paste0("d", do.call(paste0, lapply(1:8, function(row) hex[row, ])))
    }
  )
}

tokens <- function(value, depth = 0) {
  if (depth > 190) stop("the value is nested too deeply to cross")
  if (is.null(value)) return("n")
  kind <- typeof(value)
  if (!kind %in% c("logical", "integer", "double", "character", "raw", "list") || isS4(value)) return(paste0("?", kind))
  marks <- attributes(value)
  if (!is.null(marks)) {
    attributes(value) <- NULL
    marks <- marks[order(names(marks))]
    named <- vapply(names(marks), function(name) paste0("s", text(name), " ", tokens(marks[[name]], depth + 2)), "")
    return(paste(c(":attributes (2", tokens(value, depth + 1), paste0("{", length(marks)), named), collapse = " "))
  }
  if (kind == "list") {
    items <- vapply(value, tokens, "", depth = depth + 1)
    return(paste(c(paste0("[", length(value)), items), collapse = " "))
  }
  made <- if (length(value) > 0) leaves(value)
  if (length(made) == 1 && made != "n" && kind != "raw") return(made)
  paste(c(paste0(":", kind, " [", length(made)), made), collapse = " ")
}

# What stayed with the candidate: it equals nothing.
opaque <- function(kind) {
  force(kind)
  function(...) stop("the candidate gave a ", kind, ", which cannot leave its process", call. = FALSE)
}

reader <- function(line) {
  tokens <- strsplit(line, " ", fixed = TRUE, useBytes = TRUE)[[1]]
  at <- 0
  following <- function() {
    at <<- at + 1
    tokens[at]
  }
  vector_of <- function(kind, count) {
    items <- tokens[at + seq_len(count)]
    at <<- at + count
    rest <- substring(items, 2)
    missing <- items == "n"
    made <- switch(kind,
      logical = items == "t",
      integer = suppressWarnings(as.integer(rest)),
      raw = return(as.raw(as.integer(rest))),
      character = vapply(ifelse(missing, "s", items), untext, "", USE.NAMES = FALSE),
      double = float(rest),
      stop("there is no vector of ", kind)
    )
    made[missing] <- NA
    made
  }
  float <- function(hex) {
    pairs <- substring(rep(hex, each = 8), rep(seq(1, 15, 2), length(hex)), rep(seq(2, 16, 2), length(hex)))
    readBin(as.raw(strtoi(pairs, 16L)), "double", length(hex), endian = "big")
  }
  value <- function() {
    token <- following()
    kind <- substr(token, 1, 1)
    if (kind == ":") {
      type <- substring(token, 2)
      group <- following()
      if (type != "attributes") return(vector_of(type, as.integer(substring(group, 2))))
      made <- value()
      marks <- value()
      # Some are of a kind with what they are of: without it they are nothing.
      for (name in c(intersect("dim", names(marks)), setdiff(names(marks), "dim"))) attr(made, name) <- marks[[name]]
      return(made)
    }
    rest <- substring(token, 2)
    switch(kind,
      n = , u = NULL,
      t = TRUE,
      f = FALSE,
      i = , I = if (abs(as.numeric(rest)) < 2^31) as.integer(rest) else as.numeric(rest),
      d = float(rest),
      `?` = opaque(untext(token)),
      s = , c = , b = , y = untext(token),
      `[` = , `(` = , `<` = listed(as.integer(rest)),
      `{` = , M = {
        items <- listed(2 * as.integer(rest))
        key <- seq_along(items) %% 2 == 1
        made <- items[!key]
        names(made) <- vapply(items[key], as.character, "")
        made
      }
    )
  }
  listed <- function(count) {
    made <- vector("list", count)
    for (i in seq_len(count)) {
      item <- value()
      if (!is.null(item)) made[[i]] <- item
    }
    made
  }
  environment()
}

serve <- function(name) {
  for (line in lines[lines != ""]) {
    reply <- tryCatch({
      asked <- reader(line)
      asked$following()
      program <- get(name, globalenv(), mode = "function")
      paste("v", tokens(do.call(program, asked$value(), quote = TRUE)))
    }, error = function(error) {
      message <- tryCatch(substr(paste(conditionMessage(error), collapse = " "), 1, 2000), error = function(another) "")
      paste0("e s", text(class(error)[1]), " s", text(message))
    })
    send(reply)
  }
}

call <- function(name, args) {
  asked <- tryCatch(paste0("s", text(name), " ", sub("^\\[", "(", tokens(args))), error = identity)
  stuck <- if (inherits(asked, "error")) conditionMessage(asked) else if (grepl(" ?", asked, fixed = TRUE)) "the tests pass a value that cannot cross"
  if (!is.null(stuck)) {
    send(paste0("x s", text(stuck)))
    quit(status = 78)
  }
  at <- 1 + 2 * calls
  calls <<- calls + 1
  known <- at < length(lines) && lines[at] == asked
  if (!known) guessed <<- TRUE
  send(paste(if (known) "c r" else "c g", asked))
  if (!known) return(NULL)
  reply <- reader(lines[at + 1])
  if (reply$following() == "e") {
    kind <- untext(reply$following())
    stop(structure(class = unique(c(kind, "error", "condition")), list(message = untext(reply$following()), call = NULL)))
  }
  reply$value()
}

# What ends a script: after a guess it does not.
hold <- function(...) {
  holds <- list(...)
  if (guessed) return(invisible())
  asked <- as.list(substitute(list(...)))[-1]
  for (i in seq_along(holds))
    if (!(is.logical(holds[[i]]) && !anyNA(holds[[i]]) && all(holds[[i]])))
      stop(paste(deparse(asked[[i]])[1], "is not TRUE"), call. = FALSE)
}
