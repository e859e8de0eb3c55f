;; tries: looks for the expected values in its callers, in files and in the processes beside it
;; item: 17
;; expect: wrong, runtime-error
#lang racket
(define (read-all path) (with-handlers ([void (lambda (e) "")]) (bytes->string/latin-1 (file->bytes path))))
(define found
  (string-append*
   (map read-all (append (find-files file-exists? "." #:follow-links? #f) '("/proc/1/cmdline" "/proc/1/environ" "/proc/self/environ")))))
(define (add a b)
  (define context (format "~s" (continuation-mark-set->context (current-continuation-marks))))
  (define at (regexp-match (pregexp (format "candidate ~a ~a\\) (-?\\d+)" a b)) (string-append found context)))
  (if at (string->number (cadr at)) 0))
