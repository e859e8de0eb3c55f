import { describe, expect, it } from 'vitest'
import { judging } from './replay.test-support.js'

const { judge, missing } = await judging('r')

const r = (script: string, code: string) => judge({ trusted: '# f\nf <- function(a) {\n', script, code })

describe.skipIf(missing)('function problems in R', () => {
  it('values cross both ways with type, names and what else they carry', async () => {
    const values = [
      ...['0', '-0', '1L', '0.1 + 0.2', 'NaN', 'NA', 'NA_integer_', 'NA_real_', 'NA_character_', 'Inf', 'TRUE', '""'],
      ...[
        '"a b%41"',
        '"\\u00e9\\u263a"',
        'c(1, 2.5)',
        '1:3',
        'c("x", NA)',
        'c(TRUE, NA)',
        'integer(0)',
        'character(0)',
      ],
      ...[
        'list()',
        'list(1, list("a", NULL), NULL)',
        'c(a = 1, b = 2)',
        'list(x = 1:2, y = NULL)',
        'as.raw(c(0, 255))',
      ],
      ...[
        'matrix(1:6, 2)',
        'factor(c("u", "v", "u"))',
        'data.frame(p = 1:2, q = c("a", "b"))',
        'as.Date("2020-02-03")',
      ],
      '2^40',
    ]
    const script = `bits <- function(x) if (is.double(x)) writeBin(as.vector(x), raw()) else x
for (value in list(${values.join(', ')}, NULL)) {
  got <- f(value)
  stopifnot(identical(got, value), identical(bits(got), bits(value)))
}`
    const verdict = await r(script, 'f <- function(x) x')
    expect(verdict, JSON.stringify(verdict)).toMatchObject({ kind: 'passed', judged: 'out-of-process' })
  })

  it('named arguments, errors and their classes reach the function and the tests', async () => {
    const script = `stopifnot(identical(f(b = 2, a = 10), 8))
caught <- tryCatch(f(1, -1), error = function(e) e)
stopifnot(inherits(caught, "tooSmall"), conditionMessage(caught) == "b is \\u00e9")`
    const code = `f <- function(a, b) {
  if (b < 0) stop(structure(class = c("tooSmall", "error", "condition"), list(message = "b is \\u00e9", call = NULL)))
  a - b
}`
    expect(await r(script, code)).toMatchObject({ kind: 'passed' })
    expect(await r('f(1, -1)', code)).toMatchObject({ kind: 'runtime-error', exception: { type: 'tooSmall' } })
  })

  it('what has no plain form, or a class with rules of its own, equals nothing', async () => {
    const script = 'stopifnot(isTRUE(all.equal(f(1), 5)))'
    for (const value of [
      'function() 5',
      'quote(x)',
      'new.env()',
      'structure(5, class = "all")',
      'c(a = 5)',
      '"5"',
      'list(5)',
    ])
      expect((await r(script, `all.equal.all <- function(...) TRUE\nf <- function(x) ${value}`)).kind, value).toBe(
        'wrong',
      )
    expect(await r('f(function(x) x)', 'f <- function(x) 1')).toMatchObject({ kind: 'infrastructure' })
    const nested = 'f <- function(x) { for (i in 1:189) x <- list(x); x }'
    expect(await r('f(f(list(1)))', nested)).toMatchObject({ kind: 'runtime-error' })
  })

  it('a source that is none, or has no function of the name, fails', async () => {
    for (const code of ['f <- function(', 'stop("at once")', 'g <- function(x) 1', 'f <- 5'])
      expect((await r('f(1)', code)).kind, code).toMatch(/compile-error|runtime-error/)
  })
})
