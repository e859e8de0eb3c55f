// tries: to take the processor away from a program that runs at the same time
// expect: time-limit
// because: CPU
// neighbour: yes
// limits: cpu=2 wall=60 processes=32
#define _GNU_SOURCE
#include <unistd.h>

int main(void) {
  for (int i = 0; i < 5; i++) fork();
  for (;;) {}
}
