// tries: to pass the filter with the numbers of 32-bit calls
// expect: runtime-error, ok
#define _GNU_SOURCE
#include <stdio.h>
#include <unistd.h>

int main(void) {
#ifdef __x86_64__
  long answer;
  /* mount, by its 32-bit number, and socketcall */
  __asm__ volatile("int $0x80" : "=a"(answer) : "a"(310), "b"(0x10000000) : "memory");
  if (answer == 0) puts("ESCAPED: unshare");
  __asm__ volatile("int $0x80" : "=a"(answer) : "a"(20) : "memory");
  if (answer == getpid()) puts("ESCAPED: a 32-bit call");
#endif
  puts("held");
}
