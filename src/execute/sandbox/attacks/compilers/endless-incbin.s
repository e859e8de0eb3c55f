# tries: to put a file without an end into the program
# expect: compile-error
    .globl main
main:
    ret
    .section .rodata
    .incbin "/dev/zero"
