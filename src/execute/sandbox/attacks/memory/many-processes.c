// tries: to stay below the limit in every single process, and far above it in all together
// expect: memory-limit
// limits: cpu=2 wall=6 memory=64 processes=16
#define _GNU_SOURCE
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int main(void) {
  for (int child = 0; child < 8; child++)
    if (fork() == 0) {
      volatile char *part = malloc(50 << 20);
      for (int i = 0; part && i < 50 << 20; i += 4096) part[i] = 1;
      sleep(4);
      _exit(0);
    }
  sleep(4);
}
