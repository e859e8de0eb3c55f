// tries: to take the machine's reserve of huge pages, and memory far above its limit by ordinary huge ones
// expect: ok, memory-limit, runtime-error
// limits: cpu=2 wall=6 memory=64
#define _GNU_SOURCE
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

int main(void) {
  int mb = 0;
  for (int i = 0; i < 200; i++) {
    char *part = mmap(NULL, 2 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB, -1, 0);
    if (part == MAP_FAILED) part = mmap(NULL, 2 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (part == MAP_FAILED) break;
    madvise(part, 2 << 20, MADV_HUGEPAGE);
    memset(part, 1, 2 << 20);
    mb += 2;
  }
  if (mb <= 160) puts("held");
  else printf("ESCAPED: %d MB\n", mb);
}
