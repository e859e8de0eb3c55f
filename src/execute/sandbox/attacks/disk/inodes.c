// tries: to use up all inodes with empty files
// expect: ok
// limits: cpu=2 wall=6 disk=1
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

int main(void) {
  char name[32];
  int made = 0;
  for (int i = 0; i < 20000; i++) {
    snprintf(name, sizeof name, "f%d", i);
    int fd = open(name, O_WRONLY | O_CREAT, 0600);
    made += fd >= 0;
    close(fd);
  }
  if (made <= 1000) puts("held");
  else printf("ESCAPED: %d files\n", made);
}
