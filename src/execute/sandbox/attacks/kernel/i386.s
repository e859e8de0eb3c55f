# tries: to pass the filter with a 32-bit call, in assembly
# expect: runtime-error
    .globl main
main:
    mov $20, %eax
    int $0x80
    mov $1, %edi
    lea said(%rip), %rsi
    mov $8, %edx
    mov $1, %eax
    syscall
    mov $60, %eax
    xor %edi, %edi
    syscall
    .section .rodata
said: .ascii "ESCAPED\n"
    .section .note.GNU-stack,"",@progbits
