// tries: to put a file of the host into the program by the assembler
// expect: compile-error
#define _GNU_SOURCE
#include <stdio.h>
__asm__(".section .rodata\nsecret: .incbin \"CANARY_FILE\"\n.byte 0\n.globl secret\n.text\n");
extern const char secret[];
int main(void) { printf("ESCAPED: %s\n", secret); }
