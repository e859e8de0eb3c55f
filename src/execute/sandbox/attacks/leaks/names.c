// tries: to find traces of earlier programs: process numbers, names, uptime of its namespace
// expect: ok
// repeat: 3
#define _GNU_SOURCE
#include <stdio.h>
#include <unistd.h>

int main(void) {
  if (getpid() > 100 && getppid() == 0) puts("ESCAPED: the process numbers go on");
  if (access("/tmp/work/out", F_OK) == 0 && access("/tmp/work/main.c", F_OK) == 0) puts("ESCAPED: the compiler's folder");
  puts("held");
}
