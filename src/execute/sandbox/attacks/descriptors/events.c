// tries: to keep the kernel's memory in descriptors that are no files
// expect: ok
// limits: cpu=2 wall=6
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <time.h>

int main(void) {
  int made = 0;
  sigset_t all;
  sigfillset(&all);
  for (int i = 0; i < 2000; i++) {
    made += eventfd(0, 0) >= 0;
    made += timerfd_create(CLOCK_MONOTONIC, 0) >= 0;
    made += signalfd(-1, &all, 0) >= 0;
    made += epoll_create1(0) >= 0;
  }
  if (made <= 256) puts("held");
  else printf("ESCAPED: %d descriptors\n", made);
}
