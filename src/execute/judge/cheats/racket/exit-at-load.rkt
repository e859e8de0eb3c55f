;; tries: ends the process with success before it is asked
;; item: 13
;; expect: runtime-error
#lang racket
(define (add a b) 0)
(exit 0)
