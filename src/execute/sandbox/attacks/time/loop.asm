; tries: to compute for ever in one instruction
; expect: time-limit
; limits: cpu=0.5 wall=4
global _start
section .text
_start:
    jmp _start
