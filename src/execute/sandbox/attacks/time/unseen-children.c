// tries: to compute in children that nobody waits for, so that their time is added to nobody's
// expect: time-limit
// because: CPU
// needs: exact-cpu
// limits: cpu=0.5 wall=60 processes=16
#define _GNU_SOURCE
#include <signal.h>
#include <time.h>
#include <unistd.h>

static void burn(long ms) {
  struct timespec t;
  do clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  while (t.tv_sec * 1000 + t.tv_nsec / 1000000 < ms);
}

int main(void) {
  signal(SIGCHLD, SIG_IGN);
  for (;;) {
    if (fork() == 0) {
      burn(15);
      _exit(0);
    }
    usleep(15000);
  }
}
