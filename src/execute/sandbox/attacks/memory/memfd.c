// tries: to keep memory in files that have no name and belong to no address space
// expect: ok, memory-limit, runtime-error
// limits: cpu=2 wall=6 memory=64 disk=8
#define _GNU_SOURCE
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

int main(void) {
  static char megabyte[1 << 20];
  int mb = 0;
  for (int i = 0; i < 60; i++) {
    int fd = memfd_create("hidden", 0);
    if (fd < 0) break;
    for (int j = 0; j < 7; j++) mb += write(fd, megabyte, sizeof megabyte) == (ssize_t)sizeof megabyte;
  }
  usleep(200000);
  if (mb <= 160) puts("held");
  else printf("ESCAPED: %d MB\n", mb);
}
