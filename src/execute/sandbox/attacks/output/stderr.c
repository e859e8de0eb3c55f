// tries: to fill standard error without end
// expect: output-limit
// limits: cpu=2 wall=6 output=65536
#define _GNU_SOURCE
#include <stdio.h>

int main(void) {
  for (;;) fputs("error: error: error: error: error: error: error: error\n", stderr);
}
