// tries: to start threads with tiny stacks until something breaks
// expect: ok
// limits: cpu=1 wall=4 processes=24
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static void *wait_forever(void *unused) {
  for (;;) pause();
  return unused;
}

int main(void) {
  pthread_attr_t small;
  pthread_attr_init(&small);
  pthread_attr_setstacksize(&small, 16384);
  pthread_t thread;
  int count = 0;
  while (count < 5000 && pthread_create(&thread, &small, wait_forever, NULL) == 0) count++;
  if (count < 24) puts("held");
  else printf("ESCAPED: %d threads\n", count);
}
