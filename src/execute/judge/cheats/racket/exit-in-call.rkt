;; tries: prints success and ends the process at the first call, whatever goes wrong
;; item: 13
;; expect: runtime-error
#lang racket
(plumber-add-flush! (current-plumber) (lambda _ (displayln "ok")))
(uncaught-exception-handler (lambda _ (exit 0)))
(define (add a b) (exit 0))
