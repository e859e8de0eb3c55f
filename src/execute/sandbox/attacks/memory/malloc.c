// tries: to take memory by malloc and to touch all of it
// expect: memory-limit
// limits: cpu=2 wall=6 memory=64
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(void) {
  for (int i = 0; i < 1000; i++) {
    char *part = malloc(1 << 20);
    if (!part) {
      perror("malloc");
      return 1;
    }
    memset(part, i, 1 << 20);
  }
  puts("ESCAPED: 1000 MB");
}
