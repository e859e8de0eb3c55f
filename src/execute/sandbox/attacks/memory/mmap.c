// tries: to take memory by mmap, in pieces, whatever the answer is
// expect: ok, memory-limit
// limits: cpu=2 wall=6 memory=64
#define _GNU_SOURCE
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

int main(void) {
  int mb = 0;
  for (int i = 0; i < 1000; i++) {
    char *part = mmap(NULL, 1 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (part == MAP_FAILED) continue;
    memset(part, 1, 1 << 20);
    mb++;
  }
  if (mb <= 160) puts("held");
  else printf("ESCAPED: %d MB\n", mb);
}
