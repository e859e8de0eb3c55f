// tries: to leave timers, alarms and asynchronous signals behind that hit the next program
// expect: ok
// limits: cpu=1 wall=4
// repeat: 3
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static void hit(int number) { (void)number; puts("ESCAPED: a timer of an earlier program"); fflush(stdout); _exit(1); }

int main(void) {
  for (int number = 1; number < 32; number++) signal(number, hit);
  usleep(60000);
  for (int number = 1; number < 32; number++) signal(number, SIG_IGN);
  struct itimerval soon = {{0, 20000}, {0, 20000}};
  setitimer(ITIMER_REAL, &soon, NULL);
  setitimer(ITIMER_PROF, &soon, NULL);
  puts("held");
}
