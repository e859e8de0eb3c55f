// tries: to wait for what never happens: itself
// expect: time-limit
// limits: cpu=1 wall=1
#define _GNU_SOURCE
#include <pthread.h>

int main(void) {
  pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
  pthread_mutex_lock(&lock);
  pthread_mutex_lock(&lock);
}
