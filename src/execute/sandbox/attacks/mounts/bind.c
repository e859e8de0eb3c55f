// tries: to put its own files over those of the system
// expect: ok
#define _GNU_SOURCE
#include <stdio.h>
#include <sys/mount.h>
#include <sys/stat.h>

int main(void) {
  const char *targets[] = {"/usr", "/bin/sh", "/etc/passwd", "/proc", "/proc/self/environ", "/dev/null", "/"};
  mkdir("mine", 0700);
  for (unsigned i = 0; i < sizeof targets / sizeof *targets; i++)
    if (mount("mine", targets[i], NULL, MS_BIND | MS_REC, NULL) == 0) printf("ESCAPED: over %s\n", targets[i]);
  if (mount("/", "mine", NULL, MS_BIND | MS_REC, NULL) == 0) puts("ESCAPED: the root in a folder of its own");
  if (mount(NULL, "/", NULL, MS_REC | MS_SHARED, NULL) == 0) puts("ESCAPED: shared mounts");
  puts("held");
}
