// tries: to fill the disk with files that are deleted and still open
// expect: ok
// limits: cpu=2 wall=6 disk=8
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

int main(void) {
  static char megabyte[1 << 20];
  int mb = 0;
  for (int i = 0; i < 40; i++) {
    int fd = open("file", O_RDWR | O_CREAT, 0600);
    unlink("file");
    mb += fd >= 0 && write(fd, megabyte, sizeof megabyte) == (ssize_t)sizeof megabyte;
  }
  if (mb <= 8) puts("held");
  else printf("ESCAPED: %d MB\n", mb);
}
