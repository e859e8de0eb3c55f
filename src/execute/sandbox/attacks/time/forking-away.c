// tries: to be gone whenever somebody looks: each process computes a little, forks and ends
// expect: ok, time-limit
// limits: cpu=0.5 wall=4 processes=16
#define _GNU_SOURCE
#include <stdio.h>
#include <time.h>
#include <unistd.h>

int main(void) {
  /* The end of the first process is the end of the program, whatever its descendants do. */
  puts("held");
  fflush(stdout);
  for (;;) {
    struct timespec t;
    do clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    while (t.tv_nsec < 5000000);
    if (fork() > 0) _exit(0);
  }
}
