# tries: to make the assembler write without end
# expect: compile-error
    .globl main
main:
    ret
    .rept 2000000000
    .rept 2000000000
    .quad 1
    .endr
    .endr
