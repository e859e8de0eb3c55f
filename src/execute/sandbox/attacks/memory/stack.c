// tries: to use memory by endless recursion
// expect: runtime-error, memory-limit
// limits: cpu=2 wall=6 memory=64
#define _GNU_SOURCE
#include <stdio.h>
#include <string.h>

static int deeper(int depth) {
  volatile char room[65536];
  memset((char *)room, depth, sizeof room);
  return deeper(depth + 1) + room[depth & 1023];
}

int main(void) { return printf("ESCAPED: %d\n", deeper(0)); }
