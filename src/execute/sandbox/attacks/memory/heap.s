# tries: to move the end of the heap in assembly and to write to all of it
# expect: runtime-error, memory-limit
# limits: cpu=2 wall=6 memory=64
    .globl main
main:
    mov $12, %eax
    xor %edi, %edi
    syscall
    mov %rax, %rbx
grow:
    lea 1048576(%rbx), %rdi
    mov %rdi, %r12
    mov $12, %eax
    syscall
    movb $1, (%rbx)
    movb $1, 524288(%rbx)
    mov %r12, %rbx
    jmp grow
    .section .note.GNU-stack,"",@progbits
