// tries: to multiply through vfork and exec of itself
// expect: ok, time-limit, runtime-error
// limits: cpu=0.5 wall=2 processes=16
#define _GNU_SOURCE
#include <stdio.h>
#include <unistd.h>

int main(int argc, char **argv) {
  (void)argc;
  for (int i = 0; i < 1000; i++)
    if (vfork() == 0) {
      execl("/proc/self/exe", argv[0], NULL);
      _exit(1);
    }
  puts("held");
}
