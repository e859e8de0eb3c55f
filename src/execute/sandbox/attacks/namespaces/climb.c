// tries: to climb from a namespace to its parent and owner
// expect: ok
#define _GNU_SOURCE
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

int main(void) {
  const char *paths[] = {"/proc/self/ns/user", "/proc/self/ns/pid", "/proc/self/ns/mnt", "/proc/self/ns/net"};
  for (unsigned i = 0; i < sizeof paths / sizeof *paths; i++) {
    int fd = open(paths[i], O_RDONLY);
    for (int step = 0; fd >= 0 && step < 3; step++) {
      int up = ioctl(fd, _IO(0xb7, 2) /* NS_GET_PARENT */);
      if (up < 0) up = ioctl(fd, _IO(0xb7, 1) /* NS_GET_USERNS */);
      if (up >= 0 && setns(up, 0) == 0) printf("ESCAPED: joined the parent of %s\n", paths[i]);
      fd = up;
    }
  }
  puts("held");
}
