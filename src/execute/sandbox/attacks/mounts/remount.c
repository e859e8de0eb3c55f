// tries: to make read-only folders writable
// expect: ok
#define _GNU_SOURCE
#include <stdint.h>
#include <stdio.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void) {
  const char *targets[] = {"/", "/usr", "/dev/null", "/etc/alternatives", "/proc", "/tmp"};
  struct { uint64_t set, clear, propagation, userns; } writable = {0, 1, 0, 0};
  for (unsigned i = 0; i < sizeof targets / sizeof *targets; i++) {
    if (mount(NULL, targets[i], NULL, MS_REMOUNT, NULL) == 0) printf("ESCAPED: remounted %s\n", targets[i]);
    if (mount(NULL, targets[i], NULL, MS_REMOUNT | MS_BIND, NULL) == 0) printf("ESCAPED: remounted the bind %s\n", targets[i]);
    if (mount("tmpfs", targets[i], NULL, MS_REMOUNT, "size=10g") == 0) printf("ESCAPED: a larger %s\n", targets[i]);
    if (syscall(442 /* mount_setattr */, -100, targets[i], 0, &writable, sizeof writable) == 0) printf("ESCAPED: attributes of %s\n", targets[i]);
  }
  puts("held");
}
