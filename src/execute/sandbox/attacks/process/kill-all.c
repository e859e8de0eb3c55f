// tries: to kill every process it may signal
// expect: ok
// needs: pid-ns or signal-scope
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>

int main(void) {
  for (int i = 0; i < 3; i++) kill(-1, SIGKILL);
  puts("held");
}
