;; honest: has words of its own that the driver has too, prints, reads its input and has a main module
#lang racket
(define (send . _) (void))
(define tokens 5)
(define lines (port->string))
(define (serve x) x)
(display "loaded")
(define (call x) (unless (string=? lines "") (error "not empty")) x)
(define (add a b) (display a) (if (list? a) (append a b) (call (+ a b))))
(module+ main (displayln (add 1 2)))
