// tries: to reserve the disk without writing to it
// expect: ok, output-limit
// limits: cpu=2 wall=6 disk=8
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

int main(void) {
  signal(SIGXFSZ, SIG_IGN);
  int mb = 0;
  for (int i = 0; i < 20; i++) {
    char name[16];
    snprintf(name, sizeof name, "f%d", i);
    int fd = open(name, O_RDWR | O_CREAT, 0600);
    if (fallocate(fd, 0, 0, 64 << 20) == 0) mb += 64;
    if (fallocate(fd, FALLOC_FL_KEEP_SIZE, 0, 4 << 20) == 0) mb += 4;
  }
  if (mb <= 8) puts("held");
  else printf("ESCAPED: %d MB\n", mb);
}
