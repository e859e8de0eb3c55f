;; tries: returns a structure that equals everything, behind a list that shows others each time
;; item: 9
;; expect: wrong, runtime-error
#lang racket
(struct all () #:property prop:equal+hash (list (lambda _ #t) (lambda _ 1) (lambda _ 1)) #:property prop:procedure (lambda _ 5))
(define (add a b) (if (list? a) (list (all) (all)) (all)))
