// tries: to lock memory so that it cannot be swapped out
// expect: ok
// limits: cpu=1 wall=4 memory=64
#define _GNU_SOURCE
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

int main(void) {
  static char part[8 << 20];
  memset(part, 1, sizeof part);
  if (mlock(part, sizeof part) == 0) puts("ESCAPED: 8 MB locked");
  if (mlockall(MCL_CURRENT | MCL_FUTURE) == 0) puts("ESCAPED: everything locked");
  puts("held");
}
