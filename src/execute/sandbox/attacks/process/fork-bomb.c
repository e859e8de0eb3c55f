// tries: to fork in a loop that no error stops
// expect: time-limit
// because: CPU
// limits: cpu=0.5 wall=60 processes=16
#define _GNU_SOURCE
#include <unistd.h>

int main(void) {
  for (;;) fork();
}
