// tries: to switch off address randomisation and to become a process of an old system
// expect: ok
#define _GNU_SOURCE
#include <stdio.h>
#include <sys/personality.h>

int main(void) {
  unsigned long kinds[] = {ADDR_NO_RANDOMIZE, READ_IMPLIES_EXEC, PER_LINUX32, MMAP_PAGE_ZERO, PER_SVR4, 0x100000000ul | ADDR_NO_RANDOMIZE};
  for (unsigned i = 0; i < sizeof kinds / sizeof *kinds; i++)
    if (personality(kinds[i]) != -1 && (personality(0xffffffff) & (ADDR_NO_RANDOMIZE | READ_IMPLIES_EXEC | MMAP_PAGE_ZERO)) != 0) printf("ESCAPED: personality %lx\n", kinds[i]);
  puts("held");
}
