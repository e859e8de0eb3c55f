// tries: to compute in orphans, so that nobody who is measured ever waits for them
// expect: time-limit
// because: CPU
// limits: cpu=0.5 wall=60 processes=16
#define _GNU_SOURCE
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void burn(long ms) {
  struct timespec t;
  do clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  while (t.tv_sec * 1000 + t.tv_nsec / 1000000 < ms);
}

int main(void) {
  for (;;) {
    pid_t pid = fork();
    if (pid == 0) {
      if (fork() == 0) burn(40);
      _exit(0);
    }
    waitpid(pid, NULL, 0);
    usleep(40000);
  }
}
