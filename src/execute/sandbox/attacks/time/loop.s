# tries: to compute for ever in two instructions
# expect: time-limit
# limits: cpu=0.5 wall=4
    .globl main
main:
    jmp main
    .section .note.GNU-stack,"",@progbits
