// tries: to pin memory in pipes and to unmap it: each page of a pipe holds 2 MB
// expect: ok, memory-limit, runtime-error
// limits: cpu=2 wall=6 memory=64
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <unistd.h>

int main(void) {
  int mb = 0;
  for (int i = 0; i < 25; i++) {
    int p[2];
    if (pipe(p)) break;
    for (int j = 0; j < 16; j++) {
      char *map = mmap(NULL, 4 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
      if (map == MAP_FAILED) break;
      char *huge = (char *)(((uintptr_t)map + (2 << 20) - 1) & ~(uintptr_t)((2 << 20) - 1));
      madvise(huge, 2 << 20, 14 /* MADV_HUGEPAGE */);
      memset(huge, 1, 2 << 20);
      struct iovec page = {huge, 4096};
      if (vmsplice(p[1], &page, 1, SPLICE_F_GIFT) == 4096) mb += 2;
      munmap(map, 4 << 20);
    }
  }
  usleep(200000);
  if (mb <= 160) puts("held");
  else printf("ESCAPED: %d MB\n", mb);
}
