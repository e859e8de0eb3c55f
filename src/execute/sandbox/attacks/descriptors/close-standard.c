// tries: to crash whoever reads by closing its streams and going on
// expect: time-limit
// limits: cpu=1 wall=1
#define _GNU_SOURCE
#include <unistd.h>

int main(void) {
  close(0), close(1), close(2);
  for (;;) pause();
}
