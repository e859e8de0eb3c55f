#lang racket/base
;; Both sides in Racket: `serve` answers calls for the candidate, `call` stands in for its functions in the tests (see the README
;; of the folder above).
(require racket/set racket/string)
(provide serve call guessed? opaque?)

(define printed (current-output-port))
;; Read before the program runs, which may read its input too; it finds it empty.
(define lines (for/vector ([line (in-lines (current-input-port))] #:unless (string=? line "")) line))
(current-input-port (open-input-bytes #""))

(define (send line)
  (write-string (string-append "\n" (vector-ref lines 0) " " line "\n") printed)
  (flush-output printed))

(define (hex byte) (string-append (if (< byte 16) "0" "") (number->string byte 16)))

(define (text value)
  (define out (open-output-string))
  (for ([byte (in-bytes (if (bytes? value) value (string->bytes/utf-8 value)))])
    (if (and (< 32 byte 127) (not (= byte 37)))
        (write-char (integer->char byte) out)
        (begin (write-char #\% out) (write-string (hex byte) out))))
  (get-output-string out))

(define (untext token)
  (define plain (regexp-replace* #rx"%u...." (substring token 1) "%3f"))
  (define (byte-of found) (bytes (string->number (bytes->string/latin-1 (subbytes found 1)) 16)))
  (regexp-replace* #rx#"%[0-9a-f][0-9a-f]" (string->bytes/latin-1 plain (char->integer #\?)) byte-of))

(define (string-of token) (bytes->string/utf-8 (untext token) #\?))

;; What stayed with the candidate: it equals nothing.
(struct opaque (name))

(define (tokens value)
  (define out (open-output-string))
  (let put ([value value] [depth 0])
    (define (group mark items)
      (write-string (string-append mark (number->string (length items))) out)
      (for ([item (in-list items)]) (write-char #\space out) (put item (+ depth 1))))
    (define (pairs mark)
      (write-string (string-append mark (number->string (hash-count value))) out)
      ;; In an order that is the same each time, where keys have one.
      (for ([(key item) (in-hash value #t)])
        (write-char #\space out) (put key (+ depth 1))
        (write-char #\space out) (put item (+ depth 1))))
    (define (leaf . parts) (write-string (string-append* parts) out))
    (when (> depth 390) (error "the value is nested too deeply to cross, or contains itself"))
    (cond
      [(void? value) (leaf "u")]
      [(boolean? value) (leaf (if value "t" "f"))]
      [(exact-integer? value) (leaf "i" (number->string value))]
      [(flonum? value) (leaf "d" (string-append* (map hex (bytes->list (real->floating-point-bytes value 8 #t)))))]
      [(and (rational? value) (exact? value)) (leaf ":rational s" (number->string value))]
      [(string? value) (leaf "s" (text value))]
      [(bytes? value) (leaf "b" (text value))]
      [(char? value) (leaf "c" (text (string value)))]
      [(symbol? value) (leaf "y" (text (symbol->string value)))]
      [(list? value) (group "[" value)]
      [(pair? value) (group ":pair (" (list (car value) (cdr value)))]
      [(vector? value) (group ":vector [" (vector->list value))]
      [(box? value) (group ":box (" (list (unbox value)))]
      [(and (hash? value) (hash-equal? value)) (pairs (if (immutable? value) "M" ":mutable M"))]
      [(and (hash? value) (immutable? value) (hash-eq? value)) (pairs ":hasheq M")]
      [(and (generic-set? value) (set? value)) (group "<" (set->list value))]
      [else (leaf "?" (text (car (regexp-match #rx"^[^ >]*" (format "~a" (if (opaque? value) (opaque-name value) (kind-of value)))))))]))
  (get-output-string out))

(define (kind-of value)
  (cond [(procedure? value) "procedure"] [(struct? value) (vector-ref (struct->vector value) 0)] [else "value"]))

;; Gives what the tokens say from a place on, and where that ends.
(define (take all at)
  (define given (vector-ref all at))
  (define mark (and (char=? (string-ref given 0) #\:) (substring given 1)))
  (define token (if mark (vector-ref all (+ at 1)) given))
  (define start (if mark (+ at 2) (+ at 1)))
  (define rest (substring token 1))
  (define (items count)
    (for/fold ([made '()] [at start] #:result (values (reverse made) at)) ([_ (in-range count)])
      (define-values (item after) (take all at))
      (values (cons item made) after)))
  (define (leaf value) (values value start))
  (case (string-ref token 0)
    [(#\n #\u) (leaf (void))]
    [(#\t) (leaf #t)]
    [(#\f) (leaf #f)]
    [(#\i #\I) (leaf (string->number rest))]
    [(#\d) (leaf (floating-point-bytes->real (apply bytes (for/list ([i (in-range 0 16 2)]) (string->number (substring rest i (+ i 2)) 16))) #t))]
    [(#\s) (leaf (if (equal? mark "rational") (string->number (string-of token)) (string-of token)))]
    [(#\b) (leaf (untext token))]
    [(#\c) (leaf (let ([one (string-of token)]) (if (= (string-length one) 1) (string-ref one 0) one)))]
    [(#\y) (leaf (string->symbol (string-of token)))]
    [(#\?) (leaf (opaque (string-of token)))]
    [else
     (define pairs? (memv (string-ref token 0) '(#\M #\{)))
     (define-values (made end) (items (* (if pairs? 2 1) (string->number rest))))
     (values
      (cond
        [pairs?
         (define all-pairs (let pair-up ([made made]) (if (null? made) '() (cons (cons (car made) (cadr made)) (pair-up (cddr made))))))
         (cond [(equal? mark "mutable") (make-hash all-pairs)] [(equal? mark "hasheq") (make-hasheq* all-pairs)] [else (make-immutable-hash all-pairs)])]
        [(equal? mark "pair") (cons (car made) (cadr made))]
        [(equal? mark "vector") (list->vector made)]
        [(equal? mark "box") (box (car made))]
        [(char=? (string-ref token 0) #\<) (list->set made)]
        [else made])
      end)]))

(define (make-hasheq* all-pairs) (for/hasheq ([one (in-list all-pairs)]) (values (car one) (cdr one))))

(define (split line) (list->vector (string-split line " ")))

;; One value is itself; none, or more than one, are a tuple of all.
(define (results given)
  (if (= (length given) 1)
      (tokens (car given))
      (string-join (cons (format "(~a" (length given)) (map tokens given)) " ")))

(define (serve program)
  (for ([line (in-vector lines 1)])
    (send
     (with-handlers ([(lambda (error) #t) failure])
       (define-values (args _) (take (split line) 1))
       (define before (map tokens args))
       (define value (results (call-with-values (lambda () (apply program args)) list)))
       (define changed
         (for/list ([old (in-list before)] [arg (in-list args)] [i (in-naturals)] #:unless (string=? old (tokens arg)))
           (format " m ~a ~a" i (tokens arg))))
       (string-append "v " value (string-append* changed))))))

(define (failure error)
  (define kind (if (exn? error) (substring (symbol->string (vector-ref (struct->vector error) 0)) 7) "raise"))
  (define message (if (exn? error) (exn-message error) (format "~s" error)))
  (format "e s~a s~a" (text kind) (text (substring message 0 (min 2000 (string-length message))))))

;; From the first guess on nothing decides: the script goes on as far as it comes, to show which calls it makes.
(define guessing #f)
(define (guessed?) guessing)
(define calls 0)

(define (call name . args)
  (define (stuck reason)
    (send (string-append "x s" (text reason)))
    (exit 78))
  (define asked
    (with-handlers ([exn:fail? (lambda (error) (stuck (exn-message error)))])
      (string-join (list* (string-append "s" (text name)) (format "(~a" (length args)) (map tokens args)) " ")))
  (when (string-contains? asked " ?") (stuck "the tests pass a value that cannot cross"))
  (define at (+ 1 (* 2 calls)))
  (set! calls (+ calls 1))
  (define known (and (< (+ at 1) (vector-length lines)) (string=? (vector-ref lines at) asked)))
  (unless known (set! guessing #t))
  (send (string-append (if known "c r " "c g ") asked))
  (cond
    [(not known) (void)]
    [else
     (define reply (split (vector-ref lines (+ at 1))))
     (when (equal? (vector-ref reply 0) "e")
       (define make (if (string-prefix? (string-of (vector-ref reply 1)) "exn:fail:contract") exn:fail:contract exn:fail))
       (raise (make (string-of (vector-ref reply 2)) (current-continuation-marks))))
     (define-values (value end) (take reply 1))
     (let refill ([at end])
       (when (< at (vector-length reply))
         (define-values (made after) (take reply (+ at 2)))
         (replace (list-ref args (string->number (vector-ref reply (+ at 1)))) made)
         (refill after)))
     (if (char=? (string-ref (vector-ref reply 1) 0) #\() (apply values value) value)]))

;; An argument that the candidate changed in place: the caller's own object gets the new content.
(define (replace old made)
  (cond
    [(and (vector? old) (not (immutable? old)) (vector? made) (= (vector-length old) (vector-length made))) (vector-copy! old 0 made)]
    [(and (hash? old) (not (immutable? old)) (hash? made))
     (hash-clear! old)
     (for ([(key item) (in-hash made)]) (hash-set! old key item))]
    [(and (box? old) (not (immutable? old)) (box? made)) (set-box! old (unbox made))]))
