// tries: to touch memory first and to fork then, each child writing to its copy
// expect: memory-limit
// limits: cpu=2 wall=6 memory=64 processes=16
#define _GNU_SOURCE
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int main(void) {
  volatile char *part = malloc(40 << 20);
  for (int i = 0; part && i < 40 << 20; i += 4096) part[i] = 1;
  for (int child = 0; child < 10; child++)
    if (fork() == 0) {
      for (int i = 0; part && i < 40 << 20; i += 4096) part[i] = (char)child;
      sleep(4);
      _exit(0);
    }
  sleep(4);
}
