import { describe, expect, it } from 'vitest'
import { judging } from './replay.test-support.js'

const { judge, missing } = await judging('racket')

/** It is compiled, which is slow on a busy machine. */
const patience = { timeout: 600_000 }

const racket = (script: string, code: string) =>
  judge({
    trusted: '#lang racket\n\n;; f\n(define (f a)\n',
    script: `(require rackunit)\n${script}`,
    code: `#lang racket\n${code}`,
  })

describe.skipIf(missing)('function problems in Racket', () => {
  it('values cross both ways, with several results, changed arguments and errors', patience, async () => {
    const values = [
      ...['0', '-0.0', '1', '1.0', '(expt 2 70)', '1/3', '+nan.0', '+inf.0', '#t', '#f', '(void)', '""', '"a b%41 é☺"'],
      ...[
        "'sym",
        '#\\x',
        "'()",
        '\'(1 (2.0) "x")',
        "'(1 . 2)",
        '(vector 1 #f)',
        '(hash "a" 1 2 \'())',
        '(set 1 2)',
        '#"\\377"',
      ],
    ]
    const script = `(for ([value (list ${values.join(' ')})])
  (define got (f value))
  (check-equal? got value)
  (check-true (equal? (format "~s" got) (format "~s" value))))
(define-values (one two) (f 'two))
(check-equal? (list one two) '(1 2))
(define changed (vector 3 1))
(f changed 'sort)
(check-equal? changed (vector 1 3))
(check-exn #rx"no é" (lambda () (f 'error)))
(check-within (f '(0.3 (1))) (list (+ 0.1 0.2) '(1)) 0.001)`
    const code = `(displayln "loading")
(unless (eof-object? (read-line)) (exit 3))
(define (f x [what #f])
  (cond [(eq? x 'two) (values 1 2)] [(eq? x 'error) (error "no é")] [what (vector-sort! x <)] [else (display x) x]))`
    const verdict = await racket(script, code)
    expect(verdict, JSON.stringify(verdict)).toMatchObject({ kind: 'passed', judged: 'out-of-process' })
  })

  it('a check that does not hold ends the tests, an object that equals all is none', patience, async () => {
    for (const body of [
      '0',
      '"5"',
      '(struct all () #:property prop:equal+hash (list (lambda _ #t) (lambda _ 1) (lambda _ 1))) (all)',
    ])
      expect((await racket('(check-within (f 1) 5 0.001)', `(define (f x) ${body})`)).kind, body).toBe('wrong')
    expect((await racket('(f 1)', '(define (f x) (')).kind).toBe('compile-error')
  })
})
