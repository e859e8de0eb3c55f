// tries: to type into the terminal of whoever started Cupel
// expect: ok
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

int main(void) {
  char subcode = 3;
  for (int fd = 0; fd < 3; fd++) {
    if (ioctl(fd, TIOCSTI, "x") == 0) puts("ESCAPED: typed");
    if (ioctl(fd, TIOCLINUX, &subcode) == 0) puts("ESCAPED: pasted");
    if (ioctl(fd, TIOCSCTTY, 1) == 0) puts("ESCAPED: a terminal of its own");
  }
  if (open("/dev/tty", O_RDWR) >= 0) puts("ESCAPED: opened the terminal");
  if (open("/dev/ptmx", O_RDWR) >= 0) puts("ESCAPED: made a terminal");
  puts("held");
}
