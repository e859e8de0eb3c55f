;; tries: defines the checks of the tests and what they compare with
;; item: 12
;; expect: wrong, compile-error
#lang racket
(define (check-within . _) (void))
(define (equal? . _) #t)
(define (test-add) (void))
(define-syntax-rule (require rest ...) (void))
(error-display-handler void)
(error-escape-handler (lambda () (exit 0)))
(define (add a b) 0)
