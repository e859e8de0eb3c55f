; tries: to pass the filter with a 32-bit call, in assembly
; expect: runtime-error
global _start
section .text
_start:
    mov eax, 20
    int 0x80
    mov edi, 1
    lea rsi, [rel said]
    mov edx, 8
    mov eax, 1
    syscall
    mov eax, 60
    xor edi, edi
    syscall
section .rodata
said: db "ESCAPED", 10
