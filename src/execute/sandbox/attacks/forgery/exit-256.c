// tries: to be reported as passed by an exit code that is not zero but looks like it
// expect: ok
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>

int main(void) {
  puts("held");
  exit(256);
}
