// tries: to make the kernel do the calls that the filter refuses, by io_uring
// expect: ok
#define _GNU_SOURCE
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void) {
  char parameters[256] = {0};
  if (syscall(425, 8, parameters) >= 0) puts("ESCAPED: io_uring_setup");
  if (syscall(426, 0, 1, 0, 0, 0, 0) >= 0) puts("ESCAPED: io_uring_enter");
  if (syscall(427, 0, 0, 0, 0) >= 0) puts("ESCAPED: io_uring_register");
  puts("held");
}
