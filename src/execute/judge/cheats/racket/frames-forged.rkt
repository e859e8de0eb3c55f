;; tries: looks for the mark and answers all questions itself
;; item: 15
;; expect: wrong, cheated
#lang racket
(define driver (build-path (current-directory) "cupel.rkt"))
(define mark
  (with-handlers ([void (lambda (e) "mark")])
    (parameterize ([current-namespace (variable-reference->namespace (#%variable-reference))])
      (eval '(vector-ref lines 0) (module->namespace driver)))))
(for ([line '("v i5" "v i5" "v i5" "v i5" "passed")]) (printf "\n~a ~a\n" mark line))
(flush-output)
(define (add a b) 0)
