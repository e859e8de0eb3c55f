// tries: to outlive its limit by handling SIGXCPU and blocking the rest
// expect: time-limit
// limits: cpu=0.5 wall=4
#define _GNU_SOURCE
#include <signal.h>

static void nothing(int number) { (void)number; }

int main(void) {
  signal(SIGXCPU, nothing);
  sigset_t all;
  sigfillset(&all);
  sigprocmask(SIG_BLOCK, &all, 0);
  for (volatile long i = 0;; i++) {}
}
