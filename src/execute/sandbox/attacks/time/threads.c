// tries: to use the time of many processors at once
// expect: time-limit
// because: CPU
// limits: cpu=0.5 wall=60 processes=16
#define _GNU_SOURCE
#include <pthread.h>

static void *burn(void *unused) {
  for (volatile long i = 0;; i++) {}
  return unused;
}

int main(void) {
  pthread_attr_t small;
  pthread_t thread;
  pthread_attr_init(&small);
  pthread_attr_setstacksize(&small, 65536);
  for (int i = 0; i < 6; i++) pthread_create(&thread, &small, burn, 0);
  for (;;) {}
}
