// tries: to leave files that take no room and are enormous, that are locked away, and folders without an end
// expect: ok
// collect: yes
// limits: cpu=3 wall=10 disk=8
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

int main(void) {
  char name[16];
  signal(SIGXFSZ, SIG_IGN);
  for (int i = 0; i < 400; i++) {
    snprintf(name, sizeof name, "f%d", i);
    int fd = open(name, O_RDWR | O_CREAT, i % 3 ? 0600 : 0);
    if (ftruncate(fd, 8 << 20)) break;
    close(fd);
  }
  puts("held");
  fflush(stdout);
  for (int i = 0; i < 300 && mkdir("d", 0700) == 0 && chdir("d") == 0; i++) close(open("file", O_WRONLY | O_CREAT, 0600));
}
