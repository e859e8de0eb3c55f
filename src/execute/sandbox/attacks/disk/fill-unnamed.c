// tries: to fill the disk with files that never had a name
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
    int fd = open("/tmp", O_RDWR | O_TMPFILE, 0600);
    mb += fd >= 0 && write(fd, megabyte, sizeof megabyte) == (ssize_t)sizeof megabyte;
  }
  if (mb <= 8) puts("held");
  else printf("ESCAPED: %d MB\n", mb);
}
