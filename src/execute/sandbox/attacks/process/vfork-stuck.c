// tries: to stand still in vfork, where a process does not listen to signals
// expect: time-limit
// limits: cpu=1 wall=1
#define _GNU_SOURCE
#include <unistd.h>

int main(void) {
  if (vfork() == 0)
    for (;;) pause();
  return 0;
}
