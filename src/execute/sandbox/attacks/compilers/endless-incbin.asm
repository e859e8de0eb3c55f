; tries: to put a file without an end into the program
; expect: compile-error, runtime-error
global _start
section .text
_start:
    ret
section .rodata
    incbin "/dev/zero"
