; tries: to put a file of the host into the program
; expect: compile-error
global _start
section .text
_start:
    ret
section .rodata
%include "CANARY_FILE"
    incbin "CANARY_FILE"
