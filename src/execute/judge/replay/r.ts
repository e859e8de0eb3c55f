/** R: functions are variables of the global environment, found and stood in for by name. */
import { readFileSync } from 'node:fs'
import type { Embedding } from './embedding.js'
import { helpers } from './header.js'

const cupel = readFileSync(new URL('r/cupel.R', import.meta.url), 'utf8')
/** What a program defines does not come between ours and what R itself has. */
const ours = `cupel <- new.env(parent = baseenv())\nsys.source("cupel.R", cupel)\n`

export const r: Embedding = {
  language: 'r',
  examiner({ trusted, script, entryPoint: name }) {
    const standIns = `${name} <- function(...) cupel$call("${name}", list(...))
stopifnot <- cupel$hold
Sys.time <- function() structure(1700000000, class = c("POSIXct", "POSIXt"))
set.seed(1)
`
    return { 'main.R': `${ours}${helpers(trusted, heads, name)}\n${standIns}${script}\n`, 'cupel.R': cupel }
  },
  candidate({ entryPoint: name }, code) {
    const main = `local({
${ours}for (part in parse("solution.R", encoding = "UTF-8", keep.source = FALSE)) eval(part, globalenv())
cupel$serve("${name}")
})
`
    return { 'main.R': main, 'solution.R': `${code}\n`, 'cupel.R': cupel }
  },
}

/** Heads of functions. */
const heads = /^[ \t]*([\w.]+)[ \t]*(?:<-|=)[ \t]*function\b/gm
