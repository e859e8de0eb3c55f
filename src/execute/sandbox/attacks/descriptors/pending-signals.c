// tries: to use up the signals and timers that the user of this machine may have waiting
// expect: ok
// limits: cpu=2 wall=6
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

int main(void) {
  sigset_t all;
  sigfillset(&all);
  sigprocmask(SIG_BLOCK, &all, NULL);
  union sigval value = {0};
  int waiting = 0, timers = 0;
  while (waiting < 200000 && sigqueue(getpid(), SIGRTMIN, value) == 0) waiting++;
  timer_t timer;
  while (timers < 200000 && timer_create(CLOCK_MONOTONIC, NULL, &timer) == 0) timers++;
  if (waiting + timers <= 8192) puts("held");
  else printf("ESCAPED: %d signals and %d timers\n", waiting, timers);
}
