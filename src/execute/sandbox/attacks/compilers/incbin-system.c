// tries: to put accounts and the environment of the compiler into the program
// expect: compile-error, ok
#define _GNU_SOURCE
#include <stdio.h>
#include <string.h>
__asm__(".section .rodata\naccounts: .incbin \"/etc/passwd\"\n.byte 0\n.globl accounts\nenvironment: .incbin \"/proc/self/environ\"\n.byte 0\n.globl environment\n.text\n");
extern const char accounts[], environment[];
int main(void) {
  if (strstr(accounts, "daemon")) puts("ESCAPED: accounts of the host");
  for (const char *at = environment; *at; at += strlen(at) + 1)
    if (strstr(at, "CANARY_VARIABLE") || strstr(at, "TOKEN") || strstr(at, "npm_")) printf("ESCAPED: %s\n", at);
  puts("held");
}
