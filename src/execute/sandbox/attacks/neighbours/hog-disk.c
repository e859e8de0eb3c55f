// tries: to take the disk away from a program that runs at the same time
// expect: ok
// neighbour: yes
// limits: cpu=3 wall=8 disk=32
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

int main(void) {
  static char part[1 << 20];
  char name[32];
  signal(SIGXFSZ, SIG_IGN);
  for (int i = 0; i < 3000; i++) {
    snprintf(name, sizeof name, "/tmp/f%d", i);
    int fd = open(name, O_WRONLY | O_CREAT, 0600);
    for (int j = 0; j < 40 && write(fd, part, sizeof part) > 0; j++) {}
    close(fd);
  }
  usleep(300000);
  puts("held");
}
