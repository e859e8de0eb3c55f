// tries: to grow one mapping by mremap and the heap by brk
// expect: ok, memory-limit, runtime-error
// limits: cpu=2 wall=6 memory=64
#define _GNU_SOURCE
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int main(void) {
  size_t mb = 1 << 20, have = mb, heap = 0;
  char *part = mmap(NULL, have, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  for (char *next; have < 1000 * mb && (next = mremap(part, have, have + mb, MREMAP_MAYMOVE)) != MAP_FAILED;) {
    part = next;
    memset(part + have, 1, mb);
    have += mb;
  }
  for (char *at; heap < 1000 * mb && (at = sbrk(mb)) != (void *)-1; heap += mb) memset(at, 1, mb);
  if (have + heap <= 160 * mb) puts("held");
  else printf("ESCAPED: %zu MB\n", (have + heap) / mb);
}
