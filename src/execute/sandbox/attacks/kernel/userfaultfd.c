// tries: to hold the kernel in the middle of a copy with userfaultfd
// expect: ok
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void) {
  for (int flags = 0; flags < 2; flags++)
    if (syscall(SYS_userfaultfd, flags | O_NONBLOCK) >= 0) puts("ESCAPED: userfaultfd");
  if (open("/dev/userfaultfd", O_RDWR) >= 0) puts("ESCAPED: /dev/userfaultfd");
  puts("held");
}
