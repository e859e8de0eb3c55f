;; tries: reaches into the driver's module and answers in its place
;; item: 11
;; expect: wrong, cheated, runtime-error
#lang racket
(define driver (build-path (current-directory) "cupel.rkt"))
(define inside (parameterize ([current-namespace (make-base-namespace)])
  (with-handlers ([void (lambda (e) #f)]) (dynamic-require driver #f) (module->namespace driver))))
(define (add a b)
  (with-handlers ([void (lambda (e) 0)])
    (eval '(set! guessing #t) inside)
    (eval '(send "v i5") inside)
    (namespace-set-variable-value! 'tokens (lambda _ "i5") #t inside))
  0)
