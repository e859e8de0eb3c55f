; tries: to make the assembler write without end
; expect: compile-error
global _start
section .text
_start:
    ret
%rep 2000000000
    times 1000000 dq 1
%endrep
