// tries: to live in signal handlers that interrupt everything
// expect: time-limit
// because: CPU
// limits: cpu=0.5 wall=60
#define _GNU_SOURCE
#include <signal.h>
#include <sys/time.h>
#include <unistd.h>

static void nothing(int number) { (void)number; }

int main(void) {
  signal(SIGALRM, nothing), signal(SIGVTALRM, nothing), signal(SIGPROF, nothing), signal(SIGXCPU, nothing);
  struct itimerval often = {{0, 100}, {0, 100}};
  setitimer(ITIMER_REAL, &often, 0), setitimer(ITIMER_VIRTUAL, &often, 0), setitimer(ITIMER_PROF, &often, 0);
  for (;;) getppid();
}
