#lang racket/base
;; What the tests check with, as rackunit does for plain values; where that only prints, the first check that does not hold ends
;; the tests.
(require "cupel.rkt")
(provide check-within check-equal? check-not-equal? check-eqv? check-= check-true check-false check-not-false check-pred check-exn
         fail test-case)

(define (hold holds what . given)
  ;; What follows a guess decides nothing.
  (unless (or holds (guessed?))
    (eprintf "~a does not hold: ~s\n" what given)
    (exit 1)))

(define (near? one other margin)
  (cond
    [(and (real? one) (real? other)) (or (eqv? one other) (<= (abs (- one other)) margin))]
    [(and (pair? one) (pair? other)) (and (near? (car one) (car other) margin) (near? (cdr one) (cdr other) margin))]
    [(and (vector? one) (vector? other)) (near? (vector->list one) (vector->list other) margin)]
    [(and (hash? one) (hash? other))
     (and (= (hash-count one) (hash-count other))
          (for/and ([(key item) (in-hash one)])
            (and (hash-has-key? other key) (near? item (hash-ref other key) margin))))]
    [else (equal? one other)]))

(define (check-within one other margin [message ""]) (hold (near? one other margin) 'check-within one other message))
(define (check-equal? one other [message ""]) (hold (equal? one other) 'check-equal? one other message))
(define (check-not-equal? one other [message ""]) (hold (not (equal? one other)) 'check-not-equal? one other message))
(define (check-eqv? one other [message ""]) (hold (eqv? one other) 'check-eqv? one other message))
(define (check-= one other margin [message ""])
  (hold (and (real? one) (real? other) (near? one other margin)) 'check-= one other message))
(define (check-true value [message ""]) (hold (eq? value #t) 'check-true value message))
(define (check-false value [message ""]) (hold (eq? value #f) 'check-false value message))
(define (check-not-false value [message ""]) (hold value 'check-not-false value message))
(define (check-pred is? value [message ""]) (hold (is? value) 'check-pred value message))
(define (check-exn expected program [message ""])
  (define fits? (if (regexp? expected) (lambda (error) (and (exn? error) (regexp-match? expected (exn-message error)))) expected))
  (hold (with-handlers ([(lambda (error) #t) fits?]) (program) #f) 'check-exn message))
(define (fail [message ""]) (hold #f 'fail message))
(define-syntax-rule (test-case name body ...) (let () body ...))
