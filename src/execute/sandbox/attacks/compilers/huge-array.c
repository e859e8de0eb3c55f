// tries: to need more memory than there is before its first line runs
// expect: runtime-error, memory-limit, compile-error
// limits: cpu=1 wall=4 memory=64
#define _GNU_SOURCE
#include <stdio.h>
static volatile char room[1ul << 33];
int main(void) {
  for (unsigned long i = 0; i < sizeof room; i += 4096) room[i] = 1;
  puts("ESCAPED: 8 GB");
}
