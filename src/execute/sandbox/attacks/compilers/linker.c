// tries: to command the linker from within the program, and to be started by a file of the host
// expect: runtime-error, compile-error, ok
#define _GNU_SOURCE
#include <stdio.h>
__asm__(".section .interp,\"a\"\n.asciz \"CANARY_FILE\"\n.text\n");
__asm__(".section .note.GNU-stack,\"x\",@progbits\n.text\n");
__asm__(".section .gnu.warning.puts\n.ascii \"ESCAPED\"\n.text\n");
int main(void) { puts("held"); }
