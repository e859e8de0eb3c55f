// tries: to take away what hides the host
// expect: ok
#define _GNU_SOURCE
#include <stdio.h>
#include <sys/mount.h>

int main(void) {
  const char *targets[] = {"/tmp", "/proc", "/usr", "/dev/null", "/", "/etc/passwd"};
  for (unsigned i = 0; i < sizeof targets / sizeof *targets; i++)
    for (int flags = 0; flags < 16; flags++)
      if (umount2(targets[i], flags) == 0) printf("ESCAPED: unmounted %s\n", targets[i]);
  puts("held");
}
