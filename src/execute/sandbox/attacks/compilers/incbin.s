# tries: to put a file of the host into the program
# expect: compile-error
    .globl main
main:
    ret
    .section .rodata
    .include "CANARY_FILE"
    .incbin "CANARY_FILE"
