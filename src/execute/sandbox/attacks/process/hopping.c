// tries: to run from its parent: every process forks and ends, so no number stays
// expect: ok
// limits: cpu=1 wall=4
#define _GNU_SOURCE
#include <stdio.h>
#include <unistd.h>

int main(void) {
  puts("held");
  fflush(stdout);
  for (;;)
    if (fork() > 0) _exit(0);
}
