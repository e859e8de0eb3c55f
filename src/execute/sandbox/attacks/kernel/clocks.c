// tries: to change the clocks of the machine
// expect: ok
#define _GNU_SOURCE
#include <stdio.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/timex.h>
#include <time.h>
#include <unistd.h>

int main(void) {
  struct timeval now;
  struct timespec moment = {0};
  struct timex nothing = {0};
  gettimeofday(&now, NULL);
  if (syscall(SYS_settimeofday, &now, NULL) == 0) puts("ESCAPED: settimeofday");
  if (syscall(SYS_clock_settime, CLOCK_REALTIME, &moment) == 0) puts("ESCAPED: clock_settime");
  if (syscall(SYS_adjtimex, &nothing) >= 0) puts("ESCAPED: adjtimex");
  if (syscall(SYS_clock_adjtime, CLOCK_REALTIME, &nothing) >= 0) puts("ESCAPED: clock_adjtime");
  puts("held");
}
