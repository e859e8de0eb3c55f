// tries: to use up the kernel's memory with symbolic links, hard links, pipes and sockets in the file system
// expect: ok
// limits: cpu=2 wall=6 disk=1
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int main(void) {
  static char target[4000];
  char name[32];
  int made = 0;
  memset(target, 'x', sizeof target - 1);
  close(open("one", O_WRONLY | O_CREAT, 0600));
  for (int i = 0; i < 20000; i++) {
    snprintf(name, sizeof name, "s%d", i);
    made += symlink(target, name) == 0;
    snprintf(name, sizeof name, "p%d", i);
    made += mkfifo(name, 0600) == 0;
    snprintf(name, sizeof name, "h%d", i);
    made += link("one", name) == 0;
  }
  if (made <= 1000) puts("held");
  else printf("ESCAPED: %d entries\n", made);
}
