; tries: to move the end of the heap in assembly and to write to all of it
; expect: runtime-error, memory-limit
; limits: cpu=2 wall=6 memory=64
global _start
section .text
_start:
    mov eax, 12
    xor edi, edi
    syscall
    mov rbx, rax
grow:
    lea rdi, [rbx + 1048576]
    mov r12, rdi
    mov eax, 12
    syscall
    mov byte [rbx], 1
    mov byte [rbx + 524288], 1
    mov rbx, r12
    jmp grow
