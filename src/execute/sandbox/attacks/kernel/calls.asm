; tries: to use refused calls without any library: unshare, socket, ptrace, mount
; expect: ok
global _start
section .text
_start:
    mov eax, 272
    mov edi, 0x10000000
    syscall
    test rax, rax
    jns escaped
    mov eax, 41
    mov edi, 2
    mov esi, 1
    xor edx, edx
    syscall
    test rax, rax
    jns escaped
    mov eax, 101
    xor edi, edi
    xor esi, esi
    syscall
    test rax, rax
    jns escaped
    mov eax, 165
    xor edi, edi
    lea rsi, [rel place]
    lea rdx, [rel kind]
    xor r10d, r10d
    xor r8d, r8d
    syscall
    test rax, rax
    jns escaped
    lea rsi, [rel held]
    mov edx, 5
    jmp say
escaped:
    lea rsi, [rel out]
    mov edx, 8
say:
    mov eax, 1
    mov edi, 1
    syscall
    mov eax, 60
    xor edi, edi
    syscall
section .rodata
place: db "/tmp", 0
kind: db "tmpfs", 0
held: db "held", 10
out: db "ESCAPED", 10
