// tries: to kill or stop the first process of its pid namespace with every signal there is
// expect: ok
// needs: pid-ns or signal-scope
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

int main(void) {
  for (int number = 1; number <= 64; number++) kill(1, number);
  usleep(20000);
  puts("held");
}
