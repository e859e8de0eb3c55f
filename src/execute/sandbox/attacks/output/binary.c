// tries: to print bytes that are no text
// expect: output-limit
// limits: cpu=2 wall=6 output=65536
#define _GNU_SOURCE
#include <stdlib.h>
#include <unistd.h>

int main(void) {
  char part[4096];
  for (;;) {
    for (unsigned i = 0; i < sizeof part; i++) part[i] = (char)rand();
    if (write(1 + rand() % 2, part, sizeof part) < 0) return 1;
  }
}
